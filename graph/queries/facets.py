"""What a node is sorted by in a search: class and tags, and level, year, kind and place, its own or its policy's."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from graph.facts import STATED, Node
from graph.queries.at_once import names
from graph.queries.find import STATING
from graph.queries.tags import tags_of
from graph.store import Direction, Store
from ontology import registry


class Facet(StrEnum):
    """Facets of a search. Goals, measures and observations have the level and places of their policy."""

    CLASS = "class"
    REGION = "region"
    LEVEL = "level"
    YEAR = "year"
    KIND = "kind"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the hits that were looked at have a value; `id` is that of a region."""

    facet: Facet
    value: str
    count: int
    id: str | None = None


Values: TypeAlias = Mapping[Facet, Sequence[str]]


def values_of(store: Store, nodes: Collection[Node]) -> dict[str, Values]:
    """The values of each node by facet, by the node's id; regions by their ids."""
    owners = _owners(store, nodes)
    policies = store.nodes(set(owners.values()))
    regions = _regions(store, {*(node.id for node in nodes), *owners.values()})
    found: dict[str, Values] = {}
    for node in nodes:
        policy = policies.get(owners.get(node.id, ""))
        found[node.id] = {
            Facet.CLASS: (node.label,),
            Facet.REGION: _own_region(node) or regions.get(node.id) or regions.get(owners.get(node.id, ""), ()),
            Facet.LEVEL: _word(node, "level") or (_text(policy, "level") if policy else ()),
            Facet.YEAR: tuple(date[:4] for date in _text(node, "year") or _text(policy or node, "issued_on")),
            Facet.KIND: _text(node, "kind"),
            Facet.TAG: tuple(tags_of(node)),
        }
    return found


def count_facets(store: Store, values: Iterable[Values]) -> tuple[FacetCount, ...]:
    """The values of all nodes counted, by facet, the most frequent first, then by value."""
    counted = Counter((facet, value) for one in values for facet, given in one.items() for value in given)
    known = names(store, [value for facet, value in counted if facet is Facet.REGION])
    rows = [
        FacetCount(facet, known.get(value, value), count, value if facet is Facet.REGION else None)
        for (facet, value), count in counted.items()
    ]
    return tuple(sorted(rows, key=lambda row: (list(Facet).index(row.facet), -row.count, row.value, row.id or "")))


def _owners(store: Store, nodes: Iterable[Node]) -> dict[str, str]:
    """The policy of each goal, measure and observation; of several the one with the smallest id."""
    owned = [node.id for node in nodes if node.label in STATED]
    steps = store.steps(owned, STATING, direction=Direction.IN) if owned else []
    return {step.target: step.source for step in sorted(steps, key=lambda step: step.source, reverse=True)}


def _regions(store: Store, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The places where organizations have their seat and that policies and goals are for."""
    found: dict[str, list[str]] = defaultdict(list)
    for step in store.steps(ids, ["LOCATED_IN", "APPLIES_TO"], direction=Direction.OUT):
        if "Region" in registry.line_of(step.target_label):
            found[step.source].append(step.target)
    return {id_: tuple(sorted(set(regions))) for id_, regions in found.items()}


def _own_region(node: Node) -> tuple[str, ...]:
    return (node.id,) if "Region" in node.labels else ()


def _word(node: Node, name: str) -> tuple[str, ...]:
    """A word of the ontology; of measures `level` is a number, which is another thing."""
    value = node.properties.get(name)
    return (value,) if isinstance(value, str) else ()


def _text(node: Node, name: str) -> tuple[str, ...]:
    value = node.properties.get(name)
    return (str(value),) if isinstance(value, str | int) else ()
