"""Questions to a store in Neo4j beside one statement written by hand, and beside the same graph in a file."""

import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from neo4j import Driver, ManagedTransaction

from graph.queries.at_once import ReadsChains
from graph.queries.chain_filters import look_up
from graph.queries.chain_frame import load_frame
from graph.queries.chain_rows import ChainQuery
from graph.queries.chains import chains
from graph.queries.path_search import Bounds, shortest_web
from graph.queries.paths import paths
from graph.store import Store
from ontology import registry
from policygraph.interpreter import collect_seldom

EACH = 60
SET = 20
MOST_HOPS = 6
CHAINS_SHOWN, PATHS_SHOWN = 50, 20
"""Rows of a first page."""
Ask = Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Question:
    """One question in its ways: by the store, by hand, in a file, and by hand with all that the store's answer has."""

    name: str
    ways: Sequence[Ask]


def ask(driver: Driver, store: Store, embedded: Store, *, label: str, database: str) -> None:
    """Ask everything in every way, in turn, and print medians and 95th percentiles; the first third only warms up.

    Every other time the turn goes backwards: who asks first warms up what the others find. The collector of garbage is
    set as `policygraph serve` sets it.
    """
    collect_seldom()
    assert isinstance(store, ReadsChains)
    by_hand = _ByHand(driver, label, database)
    times: dict[str, list[list[float]]] = {}
    for question in _questions(store, embedded, by_hand):
        taken = times.setdefault(question.name, [])
        turn = range(len(question.ways))
        each = {at: _timed(question.ways[at]) for at in (turn if len(taken) % 2 else reversed(turn))}
        taken.append([each[at] for at in turn])
    print("milliseconds, median / 95th percentile: store, by hand, SQLite (by hand with the same rows and quotes);")
    print("store / by hand (store / by hand with the same)")
    for name, taken in times.items():
        columns = [sorted(column) for column in zip(*taken[len(taken) // 3 :], strict=True)]
        middles = [column[len(column) // 2] for column in columns]
        shown = [f"{column[len(column) // 2]:.1f} / {column[int(len(column) * 0.95)]:.1f}" for column in columns]
        ratios = [f"{middles[0] / middle:.2f}" for middle in (middles[1], *middles[3:])]
        print(f"   {name}: {', '.join(shown)}; {', '.join(ratios)}")


def _questions(store: Store, embedded: Store, by_hand: "_ByHand") -> Iterator[_Question]:
    chosen = random.Random(5)
    policies = [node.id for node in store.list_nodes("Policy", filters={"loaded": [True]})]
    some = [node.id for label in ("Policy", "Goal", "Measure", "Institution") for node in store.list_nodes(label)]
    for _ in range(EACH):
        ids = chosen.sample(some, SET)
        for name, most in ((f"edges of {SET} nodes", None), (f"edges of {SET} nodes, 5 of each", 5)):
            hand = partial(by_hand.expand, ids, most)
            ways: list[Ask] = [
                partial(store.expand, ids, limit_each=most),
                hand,
                partial(embedded.expand, ids, limit_each=most),
            ]
            yield _Question(name, ways)
    for id_ in chosen.sample(policies, min(EACH, len(policies) // 2)):
        query = ChainQuery(policy=(id_,))
        hand = partial(by_hand.chains, id_)
        yield _Question("what chains of a policy lie in", _in_both(_frame, store, embedded, hand, query))
        ways = [*_in_both(_chains, store, embedded, hand, query), partial(by_hand.page_of_chains, id_)]
        yield _Question("chains of a policy, first page with quotes", ways)
    for _ in range(EACH):
        ends = (chosen.choice(some), chosen.choice(some))
        if ends[0] != ends[1]:
            hand = partial(by_hand.ways, *ends)
            yield _Question("shortest ways", _in_both(_web, store, embedded, hand, ends))
            ways = [*_in_both(_paths, store, embedded, hand, ends), partial(by_hand.page_of_ways, *ends)]
            yield _Question("paths, first page with quotes", ways)


def _in_both(question: Callable[..., object], store: Store, embedded: Store, hand: Ask, asked: object) -> list[Ask]:
    return [partial(question, store, asked), hand, partial(question, embedded, asked)]


def _frame(store: Store, query: ChainQuery) -> object:
    return load_frame(store, look_up(store, query))


def _chains(store: Store, query: ChainQuery) -> object:
    return chains(store, query)


def _web(store: Store, ends: tuple[str, str]) -> object:
    return shortest_web(store, ends, Bounds(registry.relation_types(), through=(), max_hops=MOST_HOPS))


def _paths(store: Store, ends: tuple[str, str]) -> object:
    return paths(store, *ends)


def _timed(question: Ask) -> float:
    gc.collect(1)  # what the answer before has left, nodes of the driver's that hold each other, counts for that one
    began = time.perf_counter()
    question()
    return (time.perf_counter() - began) * 1000


class _ByHand:
    """Statements as somebody writes them who knows what is in the database, one for each question."""

    def __init__(self, driver: Driver, label: str, database: str) -> None:
        self._driver = driver
        self._label = label
        self._database = database

    def expand(self, ids: Sequence[str], most: int | None) -> list[Any]:
        """Edges with all that is said of them, and their ends."""
        b, types = self._label, "|".join(registry.relation_types())
        hop = f"MATCH (n)-[r:{types}]-(:{b})"
        if most is not None:
            hop = f"CALL (n) {{ {hop} RETURN r ORDER BY r.id LIMIT {most} }}"
        ends = "RETURN DISTINCT r, startNode(r).id AS source, endNode(r).id AS target"
        return self._rows(f"UNWIND $ids AS id MATCH (n:{b} {{id: id}}) {hop} {ends}", ids=[*ids])

    def chains(self, policy: str) -> list[Any]:
        """Rows of policy, goal, measure and actor, with all that is said of the nodes and the edges between them."""
        return self._rows(
            f"MATCH (p:{self._label} {{id: $id}})-[s:SETS]->(g:Goal)<-[a:ADVANCES]-(m:Measure)-[i:INVOLVES]->(x)"
            " WHERE i.role IN ['lead', 'partner', 'supporter'] RETURN p, s, g, a, m, i, x",
            id=policy,
        )

    def page_of_chains(self, policy: str) -> list[Any]:
        """The first rows, the nearest first, with quotes, and how many there are, gaps and issuers among them.

        Near is what stands in one passage: from places in JSON no statement makes sentences.
        """
        acting = "i.role IN ['lead', 'partner', 'supporter']"
        involved = f"-[i:INVOLVES]->(x) WHERE {acting} RETURN x, i"
        nobody = f"m IS NOT NULL AND NOT EXISTS {{ (m)-[i:INVOLVES]->() WHERE {acting} }}"
        return self._rows(
            f"MATCH (p:{self._label} {{id: $id}}) CALL (p) {{"
            " MATCH (p)-[s:SETS]->(g:Goal) OPTIONAL MATCH (g)<-[a:ADVANCES]-(m:Measure) RETURN s, g, a, m"
            " UNION ALL MATCH (p)-[s:CONTAINS]->(m:Measure) WHERE NOT EXISTS { (m)-[:ADVANCES]->(:Goal) }"
            " RETURN s, null AS g, null AS a, m }"
            f" OPTIONAL CALL (p, m) {{ MATCH (m){involved}, 0 AS far"
            f" UNION ALL MATCH (m)-[:PART_OF*]->(:Measure){involved}, 1 AS far"
            f" UNION ALL MATCH (m)<-[:PART_OF*]-(:Measure){involved}, 2 AS far"
            f" UNION ALL MATCH (p)-[i:ISSUED_BY]->(x) WHERE {nobody} RETURN x, i, 3 AS far }}"
            " WITH p, s, g, a, m, x, collect(i) AS leading, min(far) AS far"
            " WITH *, CASE WHEN far > 0 OR g IS NULL THEN far + 2"
            f" WHEN any(x IN {_stated('a')} WHERE x STARTS WITH 'passage:' AND leading[0]._evidence CONTAINS x) THEN 1"
            " ELSE 2 END AS place ORDER BY place, m.order, g.id, x.name"
            " WITH collect([p, s, g, a, m, leading, x]) AS rows"
            f" WITH size(rows) AS total, rows[..{CHAINS_SHOWN}] AS page"
            f" CALL (page) {{ UNWIND page AS row UNWIND [row[0], row[1], row[3]] + row[5] AS fact {self._quoted()} }}"
            " RETURN total, page, stated",
            id=policy,
        )

    def ways(self, one: str, other: str) -> list[Any]:
        """All shortest paths that lead through nothing that ties together what has nothing to do with each other."""
        return self._rows(f"{self._shortest()} RETURN way LIMIT 1000", one=one, other=other)

    def page_of_ways(self, one: str, other: str) -> list[Any]:
        """The first of them with the quotes of their edges, and how many there are."""
        return self._rows(
            f"{self._shortest()} WITH way ORDER BY [n IN nodes(way) | n.id] LIMIT 1000"
            f" WITH collect(way) AS ways WITH size(ways) AS total, ways[..{PATHS_SHOWN}] AS page"
            f" CALL (page) {{ UNWIND page AS way UNWIND relationships(way) AS fact {self._quoted()} }}"
            " RETURN total, page, stated",
            one=one,
            other=other,
        )

    def _shortest(self) -> str:
        b, types = self._label, "|".join(registry.relation_types())
        return (
            f"MATCH (a:{b} {{id: $one}}), (z:{b} {{id: $other}})"
            f" MATCH way = allShortestPaths((a)-[:{types}*..{MOST_HOPS}]-(z))"
            " WHERE none(n IN nodes(way) WHERE n.id <> $one AND n.id <> $other AND"
            " (n:Document OR n:Passage OR n:ActorGroup OR n:Indicator"
            " OR n:Region AND n.level IN ['country', 'province']))"
        )

    def _quoted(self) -> str:
        """The passages and documents that a `fact` is from, of all facts together."""
        return (
            f"WITH DISTINCT fact UNWIND {_stated('fact')} AS id WITH DISTINCT id MATCH (n:{self._label} {{id: id}})"
            " RETURN collect(n{.id, .name, .text, .start, .section, .page}) AS stated"
        )

    def _rows(self, statement: str, **parameters: object) -> list[Any]:
        def read(transaction: ManagedTransaction) -> list[Any]:
            return list(transaction.run(statement, parameters))

        with self._driver.session(database=self._database) as session:
            return session.execute_read(read)


def _stated(fact: str) -> str:
    """Ids of the documents and passages of its evidence, which is kept as JSON."""
    ids = f"split(coalesce({fact}._evidence, ''), '\"')"
    return f"[x IN {ids} WHERE x STARTS WITH 'passage:' OR x STARTS WITH 'document:']"
