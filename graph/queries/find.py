"""One node by its id or by text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from graph.errors import AmbiguousName, Candidate, NotFound, RefusedInput
from graph.facts import STATED, Node
from graph.normal import fold
from graph.queries.at_once import names
from graph.review.merged import merged_nodes
from graph.store import Direction, Store
from ontology import registry

STATING = ("SETS", "CONTAINS", "REPORTS")
"""Relations by which a policy states what it alone has."""
_CANDIDATES = 50
_NEAREST = 5


def find_node(store: Store, wanted: str, *, labels: Sequence[str] | None = None) -> Node:
    """The node of this id, else the one node of this name or alias, else the one whose name holds the text.

    The id of a merged node is that of its survivor. `labels` are the classes that may answer (subclasses included).
    Raises AmbiguousName with the candidates when the text fits several, NotFound with the nearest names when it fits
    none, RefusedInput for an id of another class.
    """
    return find_nodes(store, (wanted,), labels=labels)[0]


def find_nodes(
    store: Store,
    wanted: Sequence[str],
    *,
    labels: Sequence[str] | None = None,
    known: Mapping[str, Node] | None = None,
) -> list[Node]:
    """For each of these ids and texts the node that `find_node` finds; ids are looked up at once.

    `known` are the nodes of those that are ids, where the caller has looked them up.
    """
    known = store.nodes(wanted) if known is None else known
    return [_found(store, one, known.get(one), labels) for one in wanted]


def _found(store: Store, wanted: str, known: Node | None, labels: Sequence[str] | None) -> Node:
    node = known or _survivor(store, wanted)
    if node is not None:
        return _checked(node, labels)
    named = find_named(store, wanted, labels=labels)
    if len(named) == 1:
        return named[0]
    if named:
        found = _candidates(store, wanted, named[:_CANDIDATES])
        raise AmbiguousName(wanted, found, is_whole=len(named) <= _CANDIDATES)
    raise NotFound(_nothing(store, wanted, labels))


def _candidates(store: Store, text: str, nodes: Sequence[Node]) -> list[Candidate]:
    stated = [node.id for node in nodes if node.label in STATED]
    steps = store.steps(stated, STATING, direction=Direction.IN, limit_each=1) if stated else []
    policies = names(store, {step.source for step in steps})
    stating = {step.target: policies[step.source] for step in steps if step.source in policies}
    return [Candidate(one.id, one.label, one.name, _alias(one, text), stating.get(one.id, "")) for one in nodes]


def _survivor(store: Store, wanted: str) -> Node | None:
    """The node that stands for the merged one of this id."""
    id_ = merged_nodes(store).get(wanted) if ":" in wanted else None
    return store.nodes([id_]).get(id_) if id_ else None


def find_named(store: Store, text: str, *, labels: Sequence[str] | None = None) -> list[Node]:
    """Nodes with exactly this name or alias; if there are none, those whose name or alias holds the text.

    At most 51, in the order of a search.
    """
    if not text.strip():
        return []
    hits = store.search(text, labels, limit=_CANDIDATES + 1)  # one more tells whether 50 are all
    named = [hit.node for hit in hits if hit.matched == "name"]
    folded = fold(text).strip()
    exact = [node for node in named if folded in {fold(name).strip() for name in _names(node)}]
    return exact or named


def _names(node: Node) -> list[str]:
    aliases = node.properties.get("aliases")
    return [node.name, *(aliases if isinstance(aliases, list) else [])]


def _alias(node: Node, text: str) -> str:
    """The alias that holds the text, empty where the name does."""
    folded = fold(text).strip()
    held = next((name for name in _names(node) if folded in fold(name)), node.name)
    return "" if held == node.name else held


def _checked(node: Node, labels: Sequence[str] | None) -> Node:
    allowed = {name for label in labels or registry.class_names() for name in registry.descendants_of(label)}
    if node.label not in allowed:
        raise RefusedInput(f"{node.id} is of class {node.label}; give one of class {_classes(labels)}")
    return node


def _nothing(store: Store, wanted: str, labels: Sequence[str] | None) -> str:
    near = "; ".join(f"{node.name} ({node.id})" for node in _nearest(store, wanted, labels))
    what = _classes(labels) if labels else "node"
    return f"no {what} with the id or name “{_short(wanted)}”; " + (
        f"nearest: {near}" if near else "try `search` with a part of its name"
    )


def _classes(labels: Sequence[str] | None) -> str:
    return " or ".join(labels or ())


def _nearest(store: Store, wanted: str, labels: Sequence[str] | None) -> list[Node]:
    """Nodes that share pairs of characters with the text, the most alike first; only made when nothing was found."""
    folded = fold(wanted)[:40]
    found: dict[str, Node] = {}
    shared: Counter[str] = Counter()
    for pair in _pairs(folded):
        for hit in store.search(pair, labels, limit=_CANDIDATES):
            if hit.matched == "name":
                found[hit.node.id] = hit.node
                shared[hit.node.id] += 1

    def likeness(node: Node) -> tuple[float, str, str]:
        return -SequenceMatcher(None, folded, fold(node.name)).ratio(), node.name, node.id

    best = [found[id_] for id_, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
    return sorted(best, key=likeness)[:_NEAREST]


def _pairs(text: str) -> Iterable[str]:
    return dict.fromkeys(text[at : at + 2] for at in range(0, len(text) - 1, 2) if text[at : at + 2].isalnum())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
