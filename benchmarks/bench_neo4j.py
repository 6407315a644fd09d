"""Neo4j: loading beside a bare loop of the same statements, and questions beside statements written by hand.

usage: python benchmarks/bench_neo4j.py [NODES [ROUNDS]]

A server is started for it; where POLICYGRAPH_TEST_NEO4J_URL is set that one is used, with the POLICYGRAPH_NEO4J_*
settings, under labels that are emptied first. The graph has about 40,000 nodes and 200,000 edges unless said, in
documents that share organizations, places and indicators. Ways of loading take turns of some documents each, so that a
server that is busy with itself for a while, as it is after much was deleted, is so for all of them.

The bare loop sends what the store wrote: the same statements with the same rows, made before, in one transaction a
document. It reads, checks, folds and locks nothing. Its rows are plain lists, of which the driver makes texts for its
log; the store's spare it that (`graph/neo4j/sending.py`). Both run with the collector of Python as `load` has it.
"""

import gc
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Result

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.neo4j_questions import ask  # found only after the line above
from benchmarks.synthetic import batches
from graph.door import admit
from graph.facts import Batch
from graph.neo4j import change
from graph.neo4j.access import Neo4jAccess
from graph.neo4j.connections import Turn, done
from graph.neo4j.cypher import Cypher
from graph.neo4j.last_written import LastWritten
from graph.neo4j.prepared import Prepared
from graph.neo4j.store import Neo4jStore
from graph.open import open_store
from policygraph.interpreter import loading
from tests.neo4j.server import USER, Server, running

Statement = tuple[str, dict[str, Any]]
STORE, BARE = "PolicyGraphBenchStore", "PolicyGraphBenchBare"
AT_A_TIME = 10
"""Documents."""
SETTINGS = {"server.memory.pagecache.size": "512m", "dbms.cypher.min_replan_interval": "10s"}
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE)\b")


def main() -> None:
    """Load, ask, and print the figures."""
    nodes, rounds = (int(text) for text in (*sys.argv[1:], "40000", "5")[:2])
    made = [admit(batch) for batch in batches(nodes)]
    with _server() as (url, access), tempfile.TemporaryDirectory() as folder:
        access = replace(access, label=STORE)
        driver = GraphDatabase.driver(url, auth=(access.user, access.password), notifications_min_severity="OFF")
        with driver, Neo4jStore.open(url, access=access) as store:
            file = Path(folder, "bench.db")
            with loading():
                _load(driver, store, made, access=access, rounds=rounds, file=file)
            with open_store(str(file)) as embedded:
                ask(driver, store, embedded, label=STORE, database=access.database)
        for label in (STORE, BARE):
            with GraphDatabase.driver(url, auth=(access.user, access.password)) as again:
                _empty(again, access.database, label)


@contextmanager
def _server() -> Iterator[tuple[str, Neo4jAccess]]:
    if url := os.environ.get("POLICYGRAPH_TEST_NEO4J_URL"):
        told = {name: os.environ.get(f"POLICYGRAPH_NEO4J_{name.upper()}") for name in ("user", "password", "database")}
        yield url, Neo4jAccess(**{name: value for name, value in told.items() if value})
        return
    with tempfile.TemporaryDirectory() as home, running(Server(Path(home), heap="2g", java=()), SETTINGS) as server:
        yield server.url, Neo4jAccess(USER, server.password)


def _load(
    driver: Driver, store: Neo4jStore, made: Sequence[Batch], *, access: Neo4jAccess, rounds: int, file: Path
) -> None:
    """Load the batches in every way, so many times; the store keeps them at the end."""
    Neo4jStore.open(store.url, access=replace(access, label=BARE)).close()  # which makes its indexes
    bare = _Bare(driver, access.database)
    recorded = bare.record(made)
    gc.collect()
    gc.freeze()  # what was made before is not for either way to look through

    times: dict[str, list[float]] = {"store": [], "bare loop": [], "SQLite": []}
    for round_ in range(-1, rounds):
        for label in (STORE, BARE):
            _empty(driver, access.database, label)
        for part in file.parent.glob(file.name + "*"):
            part.unlink()
        with Neo4jStore.open(store.url, access=access) as shared, open_store(str(file)) as embedded:
            ways = {
                "store": shared.write_all(made),
                "bare loop": bare.run(recorded),
                "SQLite": embedded.write_all(made),
            }
            for name, seconds in _in_turn(ways, len(made)).items():
                if round_ >= 0:  # the one before warms up
                    times[name].append(seconds)
    counted = store.counts()
    print(f"{sum(counted.nodes.values()):,} nodes, {sum(counted.edges.values()):,} edges, {counted.claims:,} claims")
    print(f"in {len(made):,} documents; seconds, medians of {rounds} rounds")
    for name, taken in times.items():
        print(f"   {name}: {median(taken):.1f} ({min(taken):.1f} to {max(taken):.1f})")
    ratios = [one / other for one, other in zip(times["store"], times["bare loop"], strict=True)]
    print(
        f"   store / bare loop: {median(ratios):.2f} (of the rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)})"
    )


def _in_turn(ways: Mapping[str, Iterator[object]], documents: int) -> dict[str, float]:
    """Seconds that each way takes for all documents, some at a time; who begins changes from turn to turn."""
    taken = dict.fromkeys(ways, 0.0)
    for turn in range(-(-documents // AT_A_TIME)):
        for name in (*ways,) if turn % 2 else reversed((*ways,)):
            began = time.perf_counter()
            for _ in islice(ways[name], AT_A_TIME):
                pass
            taken[name] += time.perf_counter() - began
    return taken


class _Recorder:
    """A transaction that notes what it writes."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self.written: list[Statement] = []

    def run(self, statement: str, parameters: Mapping[str, Any]) -> Result:
        if _WRITES.search(statement):
            # As anybody would have them, also where the store sends lists of its own.
            plain = {name: [*value] if isinstance(value, list) else value for name, value in parameters.items()}
            self.written.append((statement, plain))
        return self._transaction.run(statement, parameters)  # type: ignore[arg-type]  # the store's own, no literals


class _Bare:
    """The loop: statements and rows as they were noted."""

    def __init__(self, driver: Driver, database: str) -> None:
        self._driver = driver
        self._database = database
        self._cypher = Cypher(BARE)

    def record(self, made: Sequence[Batch]) -> list[list[Statement]]:
        """What the store writes of each batch."""
        _empty(self._driver, self._database, BARE)
        return [self._recorded(batch) for batch in made]

    def _recorded(self, batch: Batch) -> list[Statement]:
        def write(transaction: ManagedTransaction) -> list[Statement]:
            recorder = _Recorder(transaction)
            turn = Turn(cast(ManagedTransaction, recorder), version=0, is_reviewed=False, headers=())
            change.write(turn, self._cypher, Prepared(batch), LastWritten())
            return recorder.written

        with self._driver.session(database=self._database) as session:
            return session.execute_write(write)

    def run(self, recorded: Sequence[Sequence[Statement]]) -> Iterator[None]:
        """Send what belongs to one document after the other."""
        with self._driver.session(database=self._database) as session:
            for statements in recorded:
                session.execute_write(_send, statements)
                yield


def _send(transaction: ManagedTransaction, statements: Sequence[Statement]) -> None:
    for text, parameters in statements:
        done(transaction, text, **parameters)


def _empty(driver: Driver, database: str, label: str) -> None:
    """Delete what carries the label."""
    with driver.session(database=database) as session:
        all_of_it = f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS"
        session.run(all_of_it).consume()


if __name__ == "__main__":
    main()
