"""Networks of who works with whom.

Partnerships of the same two nodes are one tie, weighed by the number of distinct sentences behind it. Communities are
those of the Louvain method (networkx, weighed, fixed seed) on the whole answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graph.errors import RefusedInput
from graph.facts import Edge, Evidence, Node
from graph.ids import digest
from graph.normal import fold, sort_key
from graph.queries.find import find_node
from graph.queries.listing import iter_edges
from graph.queries.partnership_rows import Network, Partner, PartnershipQuery, Tie
from graph.queries.parts import with_parts
from graph.store import Direction, Store

SEED = 20220518
"""Seed of the community detection; any fixed number would do."""
EVERY_PARTNERSHIP = PartnershipQuery()


def partnership(store: Store, query: PartnershipQuery = EVERY_PARTNERSHIP, *, limit: int = 2000) -> Network:
    """The partnership network that answers the question, cut to `limit` nodes by the weight of their ties.

    Raises AmbiguousName or NotFound for a text that stands for several nodes or none.
    """
    if limit < 2:
        raise RefusedInput(f"limit {limit}: a network has at least two nodes; give a limit of 2 or more")
    ties = _around(_ties(store, _wanted_edges(store, query)), store, query)
    ties = [tie for tie in ties if tie.weight >= query.min_weight]
    degree, weight = _degrees(ties)
    shown = _heaviest(ties, weight, limit)
    community = _communities(ties)
    nodes = store.nodes({end for tie in shown for end in (tie.source, tie.target)})
    regions = _regions(store, nodes)
    partners = [
        Partner(
            id=node.id,
            label=node.label,
            name=node.name,
            kind=_kind(node),
            region=regions.get(node.id),
            degree=degree[node.id],
            weight=weight[node.id],
            community=community[node.id],
        )
        for node in nodes.values()
    ]
    return Network(
        nodes=tuple(sorted(partners, key=lambda one: (-one.weight, sort_key(one.name), one.id))),
        edges=tuple(sorted(shown, key=lambda tie: (-tie.weight, tie.source, tie.target))),
        total_nodes=len(degree),
        total_edges=len(ties),
        truncated=len(shown) < len(ties),
    )


def _wanted_edges(store: Store, query: PartnershipQuery) -> list[Edge]:
    found = [edge for edge in iter_edges(store, "PARTNERS_WITH") if _fits(edge, query)]
    if query.region:
        there = _seated_in(store, query.region)
        found = [edge for edge in found if edge.source in there or edge.target in there]
    return found


def _fits(edge: Edge, query: PartnershipQuery) -> bool:
    properties = edge.properties
    if query.kind and properties.get("kind") not in query.kind:
        return False
    if query.activity and fold(query.activity) not in fold(str(properties.get("activity", ""))):
        return False
    if query.year_from is None and query.year_to is None:
        return True
    year = properties.get("year")
    return isinstance(year, int) and (query.year_from or year) <= year <= (query.year_to or year)


def _seated_in(store: Store, regions: Sequence[str]) -> frozenset[str]:
    """The places, those below them, and the organizations that have their seat there."""
    places = with_parts(store, {find_node(store, region, labels=("Region",)).id for region in regions})
    seats = store.expand(places, ["LOCATED_IN"], direction=Direction.IN)
    return places | {edge.source for edge in seats}


def _ties(store: Store, edges: Iterable[Edge]) -> list[Tie]:
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.source != edge.target:
            pairs[(edge.source, edge.target)].append(edge)
    cut = [edge.id for group in pairs.values() for edge in group if edge.evidence_total > len(edge.evidence)]
    all_of = store.all_evidence(cut) if cut else {}
    return [_tie(source, target, group, all_of) for (source, target), group in sorted(pairs.items())]


def _tie(source: str, target: str, edges: Sequence[Edge], all_of: Mapping[str, Sequence[Evidence]]) -> Tie:
    evidence = [piece for edge in edges for piece in all_of.get(edge.id, edge.evidence)]
    return Tie(
        id=f"tie:{digest(source, target)}",
        source=source,
        target=target,
        weight=max(1, len({(piece.document, piece.start, piece.end) for piece in evidence})),
        kinds=_values(edges, "kind"),
        activities=_values(edges, "activity"),
        platforms=_values(edges, "platform"),
        edges=tuple(edge.id for edge in edges),
    )


def _values(edges: Iterable[Edge], name: str) -> tuple[str, ...]:
    return tuple(sorted({str(edge.properties[name]) for edge in edges if edge.properties.get(name)}))


def _around(ties: list[Tie], store: Store, query: PartnershipQuery) -> list[Tie]:
    """The ties of the node that is asked for, and those between its partners; all if none is asked for."""
    if query.ego is None:
        return ties
    ego = find_node(store, query.ego, labels=("Organization", "Region")).id
    near = {end for tie in ties if ego in (tie.source, tie.target) for end in (tie.source, tie.target)}
    return [tie for tie in ties if tie.source in near and tie.target in near]


def _degrees(ties: Iterable[Tie]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Number of partners and sum of weights, by node."""
    degree: dict[str, int] = defaultdict(int)
    weight: dict[str, int] = defaultdict(int)
    for tie in ties:
        for end in (tie.source, tie.target):
            degree[end] += 1
            weight[end] += tie.weight
    return degree, weight


def _heaviest(ties: Iterable[Tie], weight: Mapping[str, int], limit: int) -> list[Tie]:
    """The heaviest ties that at most `limit` nodes have between them; of equals, those of the heavier nodes."""

    def heaviness(tie: Tie) -> tuple[int, int, str, str]:
        return -tie.weight, -(weight[tie.source] + weight[tie.target]), tie.source, tie.target

    inside: set[str] = set()
    shown: list[Tie] = []
    for tie in sorted(ties, key=heaviness):
        if len(inside | {tie.source, tie.target}) <= limit:
            inside |= {tie.source, tie.target}
            shown.append(tie)
    return shown


def _communities(ties: Sequence[Tie]) -> dict[str, int]:
    """Community of each node, numbered from the largest (of equals, that with the smallest id).

    The method works on positions and not on ids, since the order of a set of texts changes from process to process.
    """
    ids = sorted({end for tie in ties for end in (tie.source, tie.target)})
    position = {id_: at for at, id_ in enumerate(ids)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    graph.add_weighted_edges_from((position[tie.source], position[tie.target], tie.weight) for tie in ties)
    if not ids:
        return {}
    found = [sorted(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=SEED)]
    ordered = sorted(found, key=lambda group: (-len(group), group[0]))
    return {ids[at]: number for number, group in enumerate(ordered) for at in group}


def _regions(store: Store, nodes: Mapping[str, Node]) -> dict[str, str]:
    """Name of the place of each node: where it has its seat, or its own if it is a place."""
    seats = store.expand(list(nodes), ["LOCATED_IN"], direction=Direction.OUT) if nodes else []
    places = store.nodes({edge.target for edge in seats})
    found = {node.id: node.name for node in nodes.values() if "Region" in node.labels}
    for edge in seats:
        if edge.target in places:
            found.setdefault(edge.source, places[edge.target].name)
    return found


def _kind(node: Node) -> str | None:
    if node.label == "Enterprise":
        return "enterprise"
    value = node.properties.get("level" if "Region" in node.labels else "kind")
    return str(value) if value else None
