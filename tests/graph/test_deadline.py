"""Questions end at their deadline, and what was read until then is not lost."""

from contextvars import copy_context
from pathlib import Path
from threading import Thread

import pytest

from graph.deadline import check_deadline, deadline
from graph.errors import StoreAway, TooLong
from graph.facts import Edge, edge_claim
from graph.open import open_store
from graph.queries.chains import chains, iter_chains
from graph.sqlite.connections import Connections
from graph.sqlite.store import SqliteStore
from graph.store import Direction, Store
from tests.graph.making import curated, node

ENDLESS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) FROM numbers"
POLICIES = 12


def filled(store: Store) -> Store:
    policies = [node(f"policy:{n}", "Policy", f"计划{n}") for n in range(POLICIES)]
    goals = [node(f"goal:{n}", "Goal", f"目标{n}") for n in range(POLICIES)]
    sets = [edge_claim("SETS", policy.id, goal.id) for policy, goal in zip(policies, goals, strict=True)]
    store.write(curated(*policies, *goals, *sets))
    return store


def test_nothing_is_read_after_the_deadline(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as store:
        filled(store)
        with deadline(0), pytest.raises(TooLong, match="stopped after 0 s"):
            store.nodes(["policy:1"])
        assert store.nodes(["policy:1"])


def test_a_lifted_deadline_counts_no_more(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.db")) as store, deadline(0) as limit:
        limit.lift()
        check_deadline()
        assert store.version == 0


def test_a_statement_that_runs_is_stopped(tmp_path: Path) -> None:
    open_store(str(tmp_path / "a.db")).close()
    connections = Connections(tmp_path / "a.db", url="a.db", read_only=True, timeout_s=1)
    with pytest.raises(TooLong), deadline(0.05), connections.reading() as connection:
        connection.execute(ENDLESS).fetchone()
    with connections.reading() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    connections.close()


def test_the_deadline_goes_with_the_context_and_with_nothing_else() -> None:
    found: list[str] = []

    def look() -> None:
        try:
            check_deadline()
            found.append("free")
        except TooLong:
            found.append("over")

    with deadline(0):
        bound = copy_context()
        for thread in (Thread(target=look), Thread(target=lambda: bound.run(look))):
            thread.start()
            thread.join()
    look()
    assert found == ["free", "over", "free"]


class Failing(SqliteStore):
    """A store whose server goes away in the middle of a question."""

    works = 10_000

    def expand(
        self,
        ids: object,
        types: object = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Edge]:
        """Edges, as often as it works."""
        self.works -= 1
        if self.works < 0:
            raise StoreAway("away")
        return super().expand(ids, types, direction=direction, limit_each=limit_each)  # type: ignore[arg-type]


def test_no_row_is_lost_when_reading_fails_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(str(path)) as store:
        whole = list(iter_chains(filled(store)))
    assert len(whole) == POLICIES
    with Failing.open(path) as failing:
        assert isinstance(failing, Failing)
        for works in range(0, 40, 3):
            failing.works = works
            try:
                chains(failing, limit=3)
            except StoreAway:
                continue
        failing.works = 10_000
        assert list(iter_chains(failing)) == whole
