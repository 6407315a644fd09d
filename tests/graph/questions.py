"""Every question with many filters, orders and pages, so that two stores can be asked and compared."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

from graph.errors import PolicygraphError
from graph.facts import Edge, Node
from graph.queries.chain_rows import Actors, ChainQuery, Closeness, Gap
from graph.queries.chains import chains
from graph.queries.evidence import evidence_of
from graph.queries.network_rows import NetworkKind, NetworkQuery
from graph.queries.networks import network
from graph.queries.node import neighbours, node_detail
from graph.queries.paths import PathQuery, paths
from graph.queries.search import search
from graph.queries.subgraph import subgraph
from graph.store import Direction, Store
from ontology.values import PartnershipKind, Role

WORDS = ("云", "州市", "海棠职业", "A", "占比 60", "发展规划（2021", "NOT")
LABELS = ((), ("Organization",), ("Goal", "Passage"))
Filter = dict[str, list[str | int | float]]
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
    ChainQuery(actors=Actors.ALL, year_from=2021, year_to=2030),
    ChainQuery(indicator=("教师",), unit=("%",)),
    ChainQuery(role=(Role.LEAD,)),
    ChainQuery(tags=("要点",)),
    ChainQuery(policy=("policy:p1",)),
    ChainQuery(region=("place:330300",)),
    ChainQuery(measure=("measure:m1",), parts=True),
)
NETWORKS = (
    NetworkQuery(),
    NetworkQuery(activity="培养", min_weight=1),
    NetworkQuery(kind=(PartnershipKind.RESEARCH,), year_from=2020),
    NetworkQuery(ego="organization:o1"),
)


def answers(store: Store) -> Iterator[tuple[str, object]]:
    """Each question and its answer; a refusal is an answer too."""
    for name, ask in _questions(store):
        try:
            yield name, ask()
        except PolicygraphError as error:
            yield name, (type(error), str(error))


def _questions(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    ids = [node.id for node in store.list_nodes(limit=200)]
    edges = [edge.id for edge in store.list_edges(limit=200)]
    yield "counts", store.counts
    yield "batches", store.batches
    yield "evidence", partial(store.all_evidence, [*ids, *edges])
    yield from _of_sets(store, ids)
    yield from _of_words(store)
    for number, query in enumerate(CHAINS):
        yield f"chains {number}", partial(_paged, partial(chains, store, query, limit=3))
    for kind, ties in product(NetworkKind, NETWORKS):
        yield f"network {kind} {ties}", partial(network, store, kind, ties)
    for id_ in ids[:12]:
        yield f"node {id_}", partial(node_detail, store, id_)
        yield f"neighbours {id_}", partial(_paged, partial(neighbours, store, id_, limit=2))
        yield f"evidence of {id_}", partial(_paged, partial(evidence_of, store, id_, limit=2))
        yield f"subgraph of {id_}", partial(subgraph, store, [id_], depth=2, limit=6)
        ends = partial(paths, store, ids[0], id_, PathQuery(max_hops=4), limit=2)
        yield f"path to {id_}", partial(_paged, ends)


def _of_sets(store: Store, ids: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    for label, filters, limit in product((None, "Organization", "Goal"), FILTERS, (2, 100)):
        yield f"nodes {label} {filters} {limit}", partial(_listed, store, label, filters, limit=limit)
    for year, value in ((2027, 60), (2030, "18:1")):
        asked: Filter = {"year": [year, year + 1], "value": [value, 7, 0]}
        yield f"goals {asked}", partial(store.list_nodes, "Goal", filters=asked)
    for type_, limit in product((None, "INVOLVES"), (3, 100)):
        yield f"edges {type_} {limit}", partial(_edges, store, type_, limit)
    for direction, limit_each, types in product(Direction, (None, 0, 1, 3), (None, ["SETS", "INVOLVES"])):
        expand = partial(store.expand, ids, types, direction=direction, limit_each=limit_each)
        yield f"expand {direction} {limit_each} {types}", expand


def _of_words(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    for word, labels, limit in product(WORDS, LABELS, (2, 50)):
        yield (
            f"search {word} {labels} {limit}",
            partial(_paged, partial(search, store, word, labels=labels, limit=limit)),
        )
        for offset in (0, 1, 3, 40):
            hits = partial(store.search, word, labels or None, offset=offset, limit=limit)
            yield f"hits {word} {labels} {offset} {limit}", hits


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
