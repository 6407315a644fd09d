"""Which nodes have which tags."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.facts import Node
from graph.review.decisions import Verdict
from graph.review.listing import all_decisions
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag on a node."""

    tag: str
    node: Node


def tagged(store: Store, tags: Collection[str] = ()) -> list[Tagged]:
    """The nodes with any of these tags, or with any at all, by tag, then by id."""
    decided = {one.attached for one in all_decisions(store) if one.decision.verdict is Verdict.TAG and one.attached}
    nodes = store.nodes(decided).values()
    found = [Tagged(tag, node) for node in nodes for tag in tags_of(node) if not tags or tag in tags]
    return sorted(found, key=lambda one: (one.tag, one.node.id))


def tags_of(node: Node) -> list[str]:
    """The tags of a node, sorted."""
    found = node.properties.get("tags")
    return found if isinstance(found, list) else []
