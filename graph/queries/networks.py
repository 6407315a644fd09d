"""Networks of who works with whom, who issues with whom, and which policy names which.

The figures of a network (betweenness, PageRank, communities) are made in the background, once for each version of the
store and each set of filters; parts of it (an ego, the heaviest nodes) are cut out of the whole afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from heapq import nsmallest

import numpy as np

from graph.errors import RefusedInput
from graph.facts import Node
from graph.ids import digest
from graph.normal import sort_key
from graph.queries import network_figures as figures
from graph.queries.find import find_node
from graph.queries.kept import KeptAnswers
from graph.queries.network_rows import Figure, Member, Network, NetworkKind, NetworkQuery, Tie
from graph.queries.network_ties import find_ties
from graph.queries.pages import question_of
from graph.queries.prepared import PreparedAnswers
from graph.store import Direction, Store
from ontology import registry

EVERY_TIE = NetworkQuery()
BROKERS = 10
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a node."""

    degree: int
    weight: int
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class _Whole:
    """All ties that fit, the heaviest first, with the figures of their nodes; `brokers` and `communities` of all."""

    ties: tuple[Tie, ...]
    at: Mapping[str, Sequence[Tie]]
    figures: Mapping[str, _Figures]
    brokers: Sequence[str]
    communities: int
    is_sampled: bool


_prepared: PreparedAnswers[_Whole] = PreparedAnswers(6)
_kept: KeptAnswers[Network] = KeptAnswers(32)


def network(
    store: Store,
    kind: NetworkKind,
    query: NetworkQuery = EVERY_TIE,
    *,
    by: Figure = Figure.WEIGHT,
    limit: int = 2000,
    wait_s: float | None = None,
) -> Network:
    """The network that answers the question, cut to `limit` nodes by the weight of their ties, nodes sorted by `by`.

    Raises AmbiguousName or NotFound for a text that stands for several nodes or none, RefusedInput for a filter that
    the network does not have, StillBeingMade if the figures are not ready in `wait_s` (without it they are waited for).
    """
    if limit < 2:
        raise RefusedInput(f"limit {limit}: a network has at least two nodes; give a limit of 2 or more")
    open_query = replace(query, ego=None)
    question = question_of(open_query, "network", kind)
    ego = None if query.ego is None else _ego(store, kind, query.ego)

    def make() -> _Whole:
        return _measured(find_ties(store, kind, open_query), is_directed=kind is NetworkKind.CITATIONS)

    whole = _prepared.get(store, question, make, wait_s=wait_s)
    cut = digest(question, ego or "", by, str(limit))
    return _kept.get(store, cut, lambda: _cut(store, kind, whole, ego=ego, by=by, limit=limit))


def _ego(store: Store, kind: NetworkKind, text: str) -> str:
    labels = {NetworkKind.CITATIONS: ("Policy",), NetworkKind.ISSUERS: ("Organization",)}
    return find_node(store, text, labels=labels.get(kind, ("Organization", "Region"))).id


def _measured(ties: Sequence[Tie], *, is_directed: bool) -> _Whole:
    """The ties with the figures of their nodes.

    Figures work on positions and not on ids, since the order of a set of texts changes from process to process.
    """
    at: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        at[tie.source].append(tie)
        at[tie.target].append(tie)
    ids = sorted(at)
    position = {id_: n for n, id_ in enumerate(ids)}
    sources = np.array([position[tie.source] for tie in ties], dtype=np.int64)
    targets = np.array([position[tie.target] for tie in ties], dtype=np.int64)
    weights = np.array([tie.weight for tie in ties], dtype=np.float64)
    between, is_sampled = figures.betweenness(len(ids), sources, targets)
    ranks = _ranks(len(ids), (sources, targets), weights, is_directed=is_directed)
    community = figures.communities(len(ids), sources, targets, weights)
    measured = {
        id_: _Figures(
            degree=len({end for tie in at[id_] for end in (tie.source, tie.target)}) - 1,
            weight=sum(tie.weight for tie in at[id_]),
            betweenness=round(float(between[n]), _DIGITS),
            pagerank=round(float(ranks[n]), _DIGITS),
            community=community[n],
        )
        for n, id_ in enumerate(ids)
    }

    return _Whole(
        ties=tuple(sorted(ties, key=_heaviness(measured))),
        at=at,
        figures=measured,
        brokers=_brokers(measured, ids),
        communities=len(set(community)),
        is_sampled=is_sampled,
    )


def _brokers(measured: Mapping[str, _Figures], ids: Iterable[str]) -> list[str]:
    return nsmallest(BROKERS, ids, key=lambda id_: (-measured[id_].betweenness, id_))


def _ranks(
    count: int, ends: tuple[figures.Numbers, figures.Numbers], weights: figures.Figures, *, is_directed: bool
) -> figures.Figures:
    """PageRank along the ties; those without a direction are followed both ways."""
    sources, targets = ends
    if is_directed:
        return figures.pagerank(count, sources, targets, weights)
    both = np.concatenate([sources, targets]), np.concatenate([targets, sources])
    return figures.pagerank(count, *both, np.concatenate([weights, weights]))


def _heaviness(measured: Mapping[str, _Figures]) -> Callable[[Tie], tuple[int, int, str, str]]:
    """Sort key: weight of the tie, then of its two nodes, the heaviest first."""

    def key(tie: Tie) -> tuple[int, int, str, str]:
        return -tie.weight, -(measured[tie.source].weight + measured[tie.target].weight), tie.source, tie.target

    return key


def _cut(store: Store, kind: NetworkKind, whole: _Whole, *, ego: str | None, by: Figure, limit: int) -> Network:
    ties: Sequence[Tie]
    if ego is None:
        ties, total, brokers, communities = whole.ties, len(whole.figures), whole.brokers, whole.communities
    else:
        ties = _around(whole, ego)
        inside = {end for tie in ties for end in (tie.source, tie.target)}
        total, brokers = len(inside), _brokers(whole.figures, inside)
        communities = len({whole.figures[id_].community for id_ in inside})
    shown = _heaviest(ties, limit, at=whole.at, must=ego)
    members = _members(store, whole, {end for tie in shown for end in (tie.source, tie.target)})
    return Network(
        kind=kind,
        nodes=tuple(sorted(members.values(), key=lambda one: (-getattr(one, by), sort_key(one.name), one.id))),
        edges=tuple(sorted(shown, key=lambda tie: (-tie.weight, tie.source, tie.target))),
        total_nodes=total,
        total_edges=len(ties),
        truncated=len(shown) < len(ties),
        brokers=tuple(one for one in _members(store, whole, brokers).values() if one.betweenness > 0),
        communities=communities,
        is_sampled=whole.is_sampled,
    )


def _around(whole: _Whole, ego: str) -> list[Tie]:
    """The ties of a node, and those between its neighbours, the heaviest first."""
    near = {end for tie in whole.at.get(ego, ()) for end in (tie.source, tie.target)}
    found = {tie for one in near for tie in whole.at[one] if tie.source in near and tie.target in near}
    return sorted(found, key=_heaviness(whole.figures))


def _heaviest(ties: Sequence[Tie], limit: int, *, at: Mapping[str, Sequence[Tie]], must: str | None) -> list[Tie]:
    """The heaviest ties that at most `limit` nodes have between them, those of the ego before others; in no order."""
    inside: set[str] = set()
    shown: list[Tie] = []
    for tie in sorted(ties, key=lambda tie: must not in (tie.source, tie.target)) if must else ties:
        ends = {tie.source, tie.target}
        if len(inside) + len(ends - inside) <= limit:
            inside |= ends
            shown.append(tie)
        if len(inside) == limit:  # what else there is lies between these: no need to look at millions of others
            return list({one for id_ in inside for one in at[id_] if one.source in inside and one.target in inside})
    return shown


def _members(store: Store, whole: _Whole, ids: Collection[str]) -> dict[str, Member]:
    """The nodes of these ids with their figures, in the order of the ids that were given."""
    nodes = store.nodes(ids)
    regions = _regions(store, nodes)
    return {
        id_: Member(
            id=id_,
            label=nodes[id_].label,
            name=nodes[id_].name,
            kind=_kind(nodes[id_]),
            region=regions.get(id_),
            **asdict(whole.figures[id_]),
        )
        for id_ in ids
        if id_ in nodes
    }


def _regions(store: Store, nodes: Mapping[str, Node]) -> dict[str, str]:
    """Name of the place of each node: where it has its seat or that it is for, or its own if it is a place."""
    steps = store.steps(nodes, ["LOCATED_IN", "APPLIES_TO"], direction=Direction.OUT) if nodes else []
    places = store.nodes({step.target for step in steps if "Region" in registry.line_of(step.target_label)})
    found = {node.id: node.name for node in nodes.values() if "Region" in node.labels}
    for step in steps:
        if step.target in places:
            found.setdefault(step.source, places[step.target].name)
    return found


def _kind(node: Node) -> str | None:
    if node.label == "Enterprise":
        return "enterprise"
    value = node.properties.get("level" if "Region" in node.labels else "kind")
    return str(value) if value else None
