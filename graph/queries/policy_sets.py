"""Policies by what they bind and who issued them."""

from collections.abc import Collection, Sequence

from graph.facts import Node
from graph.queries.find import find_node
from graph.store import Direction, Store
from ontology.values import PolicyLevel

MOST_POLICIES = 100
"""Policies of one place or issuer that an answer looks at."""


def is_of_institution(policy: Node) -> bool:
    """Whether an institution issued the policy for itself; the place that it applies to is then where that is."""
    return policy.properties.get("level") == PolicyLevel.INSTITUTIONAL


def policies_that_bind(store: Store, region: str) -> tuple[frozenset[str], bool]:
    """Policies that apply to the place itself, and whether there are more; those of institutions there are left out."""
    edges = store.expand([region], ["APPLIES_TO"], direction=Direction.IN, limit_each=MOST_POLICIES + 1)
    nodes = store.nodes({edge.source for edge in edges}).values()
    found = [node.id for node in nodes if node.label == "Policy" and not is_of_institution(node)]
    return frozenset(sorted(found)[:MOST_POLICIES]), len(edges) > MOST_POLICIES


def policies_issued_by(store: Store, issuer: str) -> tuple[frozenset[str], bool]:
    """Policies that the organization issued, and whether there are more."""
    edges = store.expand([issuer], ["ISSUED_BY"], direction=Direction.IN, limit_each=MOST_POLICIES + 1)
    return frozenset(edge.source for edge in edges[:MOST_POLICIES]), len(edges) > MOST_POLICIES


def with_printed(store: Store, policies: Collection[str]) -> frozenset[str]:
    """The policies, and those that they print as notices."""
    edges = store.expand(policies, ["ISSUES"], direction=Direction.OUT)
    return frozenset(policies) | {edge.target for edge in edges}


def find_each(store: Store, texts: Sequence[str], label: str) -> list[Node]:
    """The node of each id or text, each once, in the order given; raises as `find_node` does."""
    found = {node.id: node for node in (find_node(store, text, labels=(label,)) for text in texts)}
    return list(found.values())
