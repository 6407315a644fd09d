"""The ties of a network: what joins two nodes, as one line with a weight."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations

from graph.errors import RefusedInput
from graph.facts import BatchKind, Edge, Evidence, Node
from graph.ids import digest, document_id
from graph.normal import fold
from graph.queries.chain_filters import policies_in
from graph.queries.find import find_node
from graph.queries.listing import iter_edges
from graph.queries.network_rows import NetworkKind, NetworkQuery, Tie
from graph.queries.parts import with_parts
from graph.queries.tags import is_tagged
from graph.store import Direction, Store
from ontology.values import PartnershipKind, PolicyKind

CITING = ("BASED_ON", "CITES", "ISSUES", "REPLACES", "AMENDS")
"""Relations by which a policy names another that there is."""


def find_ties(store: Store, kind: NetworkKind, query: NetworkQuery) -> list[Tie]:
    """The ties that fit all but the ego of a question, by their ends.

    Raises RefusedInput for a filter that the network does not have, AmbiguousName or NotFound for a region.
    """
    _check(kind, query)
    places = frozenset(find_node(store, region, labels=("Region",)).id for region in query.region)
    ties = _FINDERS[kind](store, query, with_parts(store, places))
    heavy = [tie for tie in ties if tie.weight >= query.min_weight]
    return _tagged(store, heavy, query.tags) if query.tags else heavy


def _tagged(store: Store, ties: Iterable[Tie], tags: Collection[str]) -> list[Tie]:
    """The ties of which an end has one of the tags."""
    ties = list(ties)
    ends = store.nodes({end for tie in ties for end in (tie.source, tie.target)})
    marked = {node.id for node in ends.values() if is_tagged((node,), tags)}
    return [tie for tie in ties if tie.source in marked or tie.target in marked]


def _check(kind: NetworkKind, query: NetworkQuery) -> None:
    words = [str(word) for word in (PartnershipKind if kind is NetworkKind.PARTNERSHIP else PolicyKind)]
    for word in query.kind:
        if word not in words:
            raise RefusedInput(f"kind {word}: of a network of {kind} it is one of {', '.join(words)}")
    if query.activity and kind is not NetworkKind.PARTNERSHIP:
        raise RefusedInput(f"activity: a network of {kind} has none; leave it out")
    if query.year_from is not None and query.year_to is not None and query.year_from > query.year_to:
        raise RefusedInput(f"year_from {query.year_from} is later than year_to {query.year_to}; swap them")


def _partnerships(store: Store, query: NetworkQuery, places: frozenset[str]) -> Iterator[Tie]:
    edges = [edge for edge in iter_edges(store, "PARTNERS_WITH") if _is_wanted(edge, query)]
    edges = _within(edges, query, _issue_years(store) if _has_years(query) else {})
    if query.region:
        there = _seated_in(store, places)
        edges = [edge for edge in edges if edge.source in there or edge.target in there]
    yield from _joined(store, edges, kinds=lambda edge: edge.properties.get("kind"))


def _is_wanted(edge: Edge, query: NetworkQuery) -> bool:
    properties = edge.properties
    if query.kind and properties.get("kind") not in query.kind:
        return False
    return not query.activity or fold(query.activity) in fold(str(properties.get("activity", "")))


def _within(edges: Iterable[Edge], query: NetworkQuery, issued: Mapping[str, int]) -> list[Edge]:
    """The edges of the years: their own, else those in which the documents that state them were issued."""

    def years(edge: Edge) -> list[object]:
        own = edge.properties.get("year")
        return [own] if own is not None else [issued.get(piece.document) for piece in edge.evidence]

    return [edge for edge in edges if not _has_years(query) or any(_is_in(year, query) for year in years(edge))]


def _issuers(store: Store, query: NetworkQuery, places: frozenset[str]) -> Iterator[Tie]:
    by_policy: dict[str, list[Edge]] = defaultdict(list)
    for edge in iter_edges(store, "ISSUED_BY"):
        by_policy[edge.source].append(edge)
    joint = {policy: edges for policy, edges in by_policy.items() if len(edges) > 1}
    policies = _fitting(store, joint, query)
    there = _seated_in(store, places) if query.region else frozenset()
    pairs: dict[tuple[str, str], list[tuple[Edge, Edge]]] = defaultdict(list)
    for policy in sorted(policies):
        for one, other in combinations(sorted(joint[policy], key=lambda edge: edge.target), 2):
            if not query.region or one.target in there or other.target in there:
                pairs[one.target, other.target].append((one, other))
    for (source, target), both in sorted(pairs.items()):
        issued = tuple(dict.fromkeys(one.source for one, _ in both))
        yield Tie(
            id=f"tie:{digest('issuers', source, target)}",
            source=source,
            target=target,
            weight=len(issued),
            kinds=_sorted(policies[policy].properties.get("kind") for policy in issued),
            activities=(),
            platforms=(),
            edges=tuple(dict.fromkeys(edge.id for pair in both for edge in pair)),
            policies=issued,
        )


def _citations(store: Store, query: NetworkQuery, places: frozenset[str]) -> Iterator[Tie]:
    edges = [edge for type_ in CITING for edge in iter_edges(store, type_)]
    policies = _fitting(store, {edge.source for edge in edges}, query)
    there = policies_in(store, places) if query.region else frozenset()
    fitting = [
        edge
        for edge in edges
        if edge.source in policies and (not query.region or edge.source in there or edge.target in there)
    ]
    yield from _joined(store, fitting, kinds=lambda edge: edge.type)


def _fitting(store: Store, ids: Collection[str], query: NetworkQuery) -> dict[str, Node]:
    """The policies of the kinds and years, by id."""
    return {
        id_: node
        for id_, node in store.nodes(ids).items()
        if (not query.kind or node.properties.get("kind") in query.kind)
        and (not _has_years(query) or _is_in(_year(node.properties.get("issued_on")), query))
    }


def _joined(store: Store, edges: Iterable[Edge], *, kinds: Callable[[Edge], object]) -> Iterator[Tie]:
    """A tie for each two nodes that edges join."""
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.source != edge.target:
            pairs[edge.source, edge.target].append(edge)
    cut = [edge.id for group in pairs.values() for edge in group if edge.evidence_total > len(edge.evidence)]
    all_of = store.all_evidence(cut) if cut else {}
    for (source, target), group in sorted(pairs.items()):
        evidence: list[Evidence] = [piece for edge in group for piece in all_of.get(edge.id, edge.evidence)]
        yield Tie(
            id=f"tie:{digest(source, target)}",
            source=source,
            target=target,
            weight=max(1, len({(piece.document, piece.start, piece.end) for piece in evidence})),
            kinds=_sorted(map(kinds, group)),
            activities=_sorted(edge.properties.get("activity") for edge in group),
            platforms=_sorted(edge.properties.get("platform") for edge in group),
            edges=tuple(edge.id for edge in sorted(group, key=lambda edge: edge.id)),
        )


_FINDERS: Mapping[NetworkKind, Callable[[Store, NetworkQuery, frozenset[str]], Iterator[Tie]]] = {
    NetworkKind.PARTNERSHIP: _partnerships,
    NetworkKind.ISSUERS: _issuers,
    NetworkKind.CITATIONS: _citations,
}


def _seated_in(store: Store, places: frozenset[str]) -> frozenset[str]:
    """The places, and the organizations that have their seat there."""
    return places | {step.source for step in store.steps(places, ["LOCATED_IN"], direction=Direction.IN)}


def _issue_years(store: Store) -> dict[str, int]:
    """The year of issue of each document that has one, by the document's id."""
    headers = (header for header in store.batches() if header.kind is BatchKind.DOCUMENT)
    found = {document_id(header.content): _year(header.issued_on) for header in headers}
    return {document: year for document, year in found.items() if year is not None}


def _has_years(query: NetworkQuery) -> bool:
    return query.year_from is not None or query.year_to is not None


def _is_in(year: object, query: NetworkQuery) -> bool:
    return isinstance(year, int) and (query.year_from or year) <= year <= (query.year_to or year)


def _year(date: object) -> int | None:
    """The year of a date as it is written in the graph."""
    return int(date[:4]) if isinstance(date, str) and date[:4].isdecimal() else None


def _sorted(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted({str(value) for value in values if value}))
