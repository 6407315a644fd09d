"""Every question with many filters, orders and pages, so that two stores can be asked and compared."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice, product
from typing import Any

from graph.errors import PolicygraphError
from graph.facts import Edge, Node
from graph.queries.alignment import ValueAxis, YearAxis
from graph.queries.cascade import cascade
from graph.queries.cascade_rows import CascadeQuery, Finding
from graph.queries.chain_groups import GroupBy, chain_groups
from graph.queries.chain_rows import Actors, ChainQuery, Closeness, Gap
from graph.queries.chains import chains
from graph.queries.compare import compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.counts import CountBy, counts
from graph.queries.evidence import evidence_of
from graph.queries.facets import Facet
from graph.queries.network_rows import Figure, NetworkKind, NetworkQuery
from graph.queries.networks import network
from graph.queries.node import neighbours, node_detail
from graph.queries.path_search import Passable
from graph.queries.paths import PathQuery, paths
from graph.queries.progress import progress
from graph.queries.progress_rows import ProgressQuery
from graph.queries.search import search
from graph.queries.subgraph import subgraph
from graph.queries.way_done import Status
from graph.store import Direction, Hit, Rank, Store
from ontology.values import Comparator, PartnershipKind, PolicyKind, PolicyLevel, Role

Question = tuple[str, Callable[[], object]]
Filter = dict[str, list[str | int | float]]

P1, P2 = "policy:p1", "policy:p2"
ORGANIZATIONS = ("organization:o1", "organization:o2")
CITY = "place:330300"
WORDS = ("云", "州市", "海棠职业", "A", "占比 60", "发展规划（2021", "NOT", '"云州 市"', "海棠*")
LABELS = ((), ("Organization",), ("Goal", "Passage"))
FACETS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {Facet.CLASS: ("City", "Goal")},
    {Facet.REGION: (CITY,)},
    {Facet.YEAR: ("2021", "2027")},
)
FILTERS: tuple[Filter, ...] = (
    {"origin": ["document", "curated"]},
    {"review": ["confirmed"], "tags": ["要点"]},
    {"aliases": ["云州市", "A"]},
    {"name": ["云州市", "雲州市"]},
)
CHAINS = (
    ChainQuery(),
    ChainQuery(closeness=(Closeness.SENTENCE, Closeness.PASSAGE)),
    ChainQuery(gaps=(Gap.GOAL, Gap.MEASURE)),
    ChainQuery(gaps=(Gap.ACTOR,)),
    ChainQuery(actors=Actors.ALL, year_from=2021, year_to=2030),
    ChainQuery(indicator=("教师",), unit=("%",)),
    ChainQuery(comparator=(Comparator.AT_LEAST,)),
    ChainQuery(role=(Role.LEAD,)),
    ChainQuery(tags=("要点",)),
    ChainQuery(policy=(P1,)),
    ChainQuery(policy=(P1,), actor=ORGANIZATIONS[:1]),
    ChainQuery(policy=(P1, P2), year_from=2022),
    ChainQuery(goal=("goal:g1", "goal:g2")),
    ChainQuery(actor=ORGANIZATIONS),
    ChainQuery(issuer=ORGANIZATIONS[:1]),
    ChainQuery(region=(CITY,)),
    ChainQuery(policy_kind=(PolicyKind.PLAN,), policy_level=(PolicyLevel.MUNICIPAL,)),
    ChainQuery(measure=("measure:m1",)),
    ChainQuery(measure=("measure:m1",), parts=True),
)
NETWORKS = (
    NetworkQuery(),
    NetworkQuery(activity="培养", min_weight=1),
    NetworkQuery(kind=(PartnershipKind.RESEARCH,), year_from=2020),
    NetworkQuery(ego=ORGANIZATIONS[0]),
    NetworkQuery(region=(CITY,), year_to=2030),
)
PATHS = (
    PathQuery(max_hops=4),
    PathQuery(use=("SETS", "ADVANCES", "INVOLVES"), max_hops=3),
    PathQuery(avoid=("CITES", "BASED_ON"), through=tuple(Passable)),
)
CASCADES = (
    CascadeQuery(P1),
    CascadeQuery(P2, depth=1, policies=1),
    CascadeQuery(P1, findings=(Finding.ALIGNED, Finding.NEW), indicator=("教师",)),
    CascadeQuery(P2, values=(ValueAxis.TIGHTER, ValueAxis.SAME), years=(YearAxis.LATER,)),
    CascadeQuery(P1, tags=("要点",)),
)
COMPARISONS = (
    CompareQuery(policy=(P1, P2), min_columns=1),
    CompareQuery(policy=(P1,), region=(CITY,), issuer=ORGANIZATIONS),
    CompareQuery(policy=(P1, P2), indicator=("教师",), year=2027, min_columns=1),
    CompareQuery(policy=(P2, P1), tags=("要点",), min_columns=1),
)
PROGRESSES = (
    ProgressQuery(),
    ProgressQuery(policy=(P1,), report=(P2,)),
    ProgressQuery(region=(CITY,), indicator=("教师",)),
    ProgressQuery(issuer=ORGANIZATIONS[:1], year=2027),
    ProgressQuery(statuses=(Status.REACHED, Status.NO_FIGURE), tags=("要点",)),
)


def answers(store: Store, *, every: int = 1) -> Iterator[tuple[str, object]]:
    """Each question, or one of so many, and its answer; a refusal is an answer too."""
    for name, ask in islice(_questions(store), 0, None, every):
        try:
            yield name, ask()
        except PolicygraphError as error:
            yield name, (type(error), str(error))


def _questions(store: Store) -> Iterator[Question]:
    ids = [node.id for node in store.list_nodes(limit=200)]
    edges = [edge.id for edge in store.list_edges(limit=200)]
    yield "counts", store.counts
    yield "batches", store.batches
    yield "evidence", partial(store.all_evidence, [*ids, *edges])
    yield from _of_sets(store, ids)
    yield from _of_words(store)
    yield from _of_policies(store)
    for kind, ties in product(NetworkKind, NETWORKS):
        yield f"network {kind} {ties}", partial(network, store, kind, ties)
    for by in Figure:
        yield f"network by {by}", partial(network, store, NetworkKind.PARTNERSHIP, by=by, limit=3)
    for id_ in ids[:12]:
        yield f"node {id_}", partial(node_detail, store, id_)
        yield f"neighbours {id_}", partial(_paged, partial(neighbours, store, id_, limit=2))
        yield f"evidence of {id_}", partial(_paged, partial(evidence_of, store, id_, limit=2))
        yield f"subgraph of {id_}", partial(subgraph, store, [id_], depth=2, limit=6)
    for id_, query in zip(ids[1:25], PATHS * 8, strict=False):
        yield f"path to {id_}", partial(_paged, partial(paths, store, ids[0], id_, query, limit=2))


def _of_policies(store: Store) -> Iterator[Question]:
    for number, query in enumerate(CHAINS):
        yield f"chains {number}", partial(_paged, partial(chains, store, query, limit=3))
    for group, chained in product(GroupBy, (ChainQuery(), ChainQuery(role=(Role.LEAD,)))):
        yield f"chains by {group} {chained}", partial(_paged, partial(chain_groups, store, group, chained, limit=2))
    for one in CASCADES:
        yield str(one), partial(_paged, partial(cascade, store, one, limit=2))
    for other in COMPARISONS:
        yield str(other), partial(_paged, partial(compare, store, other, limit=2))
    for goals in PROGRESSES:
        yield str(goals), partial(_paged, partial(progress, store, goals, limit=2))
    for by in CountBy:
        yield f"counts by {by}", partial(_paged, partial(counts, store, by, limit=2))


def _of_sets(store: Store, ids: list[str]) -> Iterator[Question]:
    for label, filters, limit in product((None, "Organization", "Goal"), FILTERS, (2, 100)):
        yield f"nodes {label} {filters} {limit}", partial(_listed, store, label, filters, limit=limit)
    for year, value in ((2027, 60), (2030, "18:1")):
        asked: Filter = {"year": [year, year + 1], "value": [value, 7, 0]}
        yield f"goals {asked}", partial(store.list_nodes, "Goal", filters=asked)
    for label, name in (("Goal", "value"), ("Organization", "aliases"), ("Policy", "issued_on"), ("Region", "name")):
        yield f"values {label} {name}", partial(store.values, label, name)
        yield f"values {label} {name} of some", partial(store.values, label, name, filters=FILTERS[0], limit=2)
        yield f"different {label} {name}", partial(_different, store, label, name)
    for type_, limit in product((None, "INVOLVES"), (3, 100)):
        yield f"edges {type_} {limit}", partial(_edges, store, type_, limit)
    for direction, limit_each, types in product(Direction, (None, 0, 1, 3), (None, ["SETS", "INVOLVES"])):
        how: dict[str, Any] = {"direction": direction, "limit_each": limit_each}
        yield f"expand {how} {types}", partial(store.expand, ids, types, **how)
        yield f"steps {how} {types}", partial(store.steps, ids, types, **how)


def _of_words(store: Store) -> Iterator[Question]:
    for word, labels in product(WORDS, LABELS):
        asked = partial(search, store, word, labels=labels)
        yield f"search {word} {labels}", partial(_paged, partial(asked, limit=2, has_facets=True))
        yield f"hits {word} {labels}", partial(_hits, store, word, list(labels) or None)
        for worst in Rank:
            number = partial(store.count_hits, word, labels or None, most=4, worst=worst)
            yield f"number {word} {labels} {worst}", number
    for word, filters in product(WORDS[:3], FACETS):
        yield f"search {word} {filters}", partial(_paged, partial(search, store, word, filters=filters, limit=2))


def _hits(store: Store, text: str, labels: list[str] | None) -> list[Hit]:
    found: list[Hit] = []
    while page := store.search(text, labels, after=found[-1].place if found else None, limit=3):
        assert len(page) <= 3
        found += page
    assert found == store.search(text, labels, limit=len(found) + 1)
    return found


def _different(store: Store, label: str, name: str) -> list[str]:
    return sorted(map(repr, store.distinct(label, name)))


def _listed(store: Store, label: str | None, filters: Filter, *, limit: int) -> list[Node]:
    found: list[Node] = []
    while page := store.list_nodes(label, filters=filters, after=found[-1].id if found else "", limit=limit):
        assert len(page) <= limit
        found += page
    return found


def _edges(store: Store, type_: str | None, limit: int) -> list[Edge]:
    found: list[Edge] = []
    while page := store.list_edges(type_, after=found[-1].id if found else "", limit=limit):
        assert len(page) <= limit
        found += page
    return found


def _paged(ask: Callable[..., Any]) -> list[Any]:
    """All pages of an answer, with their cursors."""
    pages = [ask()]
    while cursor := pages[-1].next:
        pages.append(ask(cursor=cursor))
    return pages
