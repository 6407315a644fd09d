"""Stores of older versions of the program: brought up to date when they are opened for writing."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from benchmarks.synthetic import batches
from graph.errors import StoreUnusable
from graph.facts import Batch
from graph.open import open_store
from graph.queries.chain_rows import ChainQuery, Gap
from graph.queries.chains import chains
from graph.sqlite.schema import INDEXED_PROPERTIES, SCHEMA_VERSION
from tests import small_graph as small
from tests.graph.making import dump, full_dump

CHAIN_INDEXES = ("search_text_policies", "edges_roles")


def store_of_version_4(path: Path, batches: Iterable[Batch]) -> None:
    """A store as it was when triggers counted its rows, and no fact remembered the standing of its claims."""
    with open_store(str(path)) as store:
        for batch in batches:
            store.write(batch)
    with changed(path) as connection:
        for table in ("nodes", "edges"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN standing")
        for what, table, name in (
            ("nodes", "nodes", "NEW.label"),
            ("edges", "edges", "NEW.type"),
            ("batches", "batches", "NEW.kind"),
            ("claims", "node_claims", "''"),
            ("claims", "edge_claims", "''"),
        ):
            connection.execute(
                f"""CREATE TRIGGER {table}_come AFTER INSERT ON {table} BEGIN
                    INSERT INTO tallies VALUES ('{what}', {name}, 1)
                    ON CONFLICT (what, name) DO UPDATE SET number = number + 1; END"""
            )
        connection.execute("PRAGMA user_version = 4")


def store_of_version_3(path: Path, batches: Iterable[Batch]) -> None:
    """A store as it was without the indexes for chains."""
    store_of_version_4(path, batches)
    with changed(path) as connection:
        for index in CHAIN_INDEXES:
            connection.execute(f"DROP INDEX {index}")
        connection.execute("PRAGMA user_version = 3")


def store_of_version_1(path: Path, batches: Iterable[Batch]) -> None:
    """A store as the first version made it."""
    store_of_version_3(path, batches)
    with changed(path) as connection:
        made = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (trigger,) in made:
            connection.execute(f"DROP TRIGGER {trigger}")
        for table in ("tallies", "search_names", "search_texts"):
            connection.execute(f"DROP TABLE {table}")
        for name in INDEXED_PROPERTIES:
            connection.execute(f"DROP INDEX nodes_{name}")
        connection.execute("DROP INDEX nodes_ends")
        for index, end in (("edges_out", "source"), ("edges_in", "target")):
            connection.execute(f"DROP INDEX {index}")
            connection.execute(f"CREATE INDEX {index} ON edges ({end}, type, id)")
        connection.execute("CREATE VIRTUAL TABLE search_index USING fts5(names, text, content='')")
        connection.execute("PRAGMA user_version = 1")


@contextmanager
def changed(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file, whose changes are kept."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def test_an_older_store_answers_as_a_new_one_does(tmp_path: Path) -> None:
    store_of_version_1(tmp_path / "old.db", [small.plan(), small.report()])
    with open_store(str(tmp_path / "old.db")) as old, open_store(str(tmp_path / "new.db")) as new:
        new.write(small.plan())
        new.write(small.report())
        for _ in range(2):
            assert old.counts() == new.counts()
            assert dump(old) == dump(new)
            ids = [found.id for found in new.list_nodes()]
            assert old.steps(ids) == new.steps(ids)
            for query in ("学院", "云", "教师 占比"):
                assert old.search(query) == new.search(query)
            for store in (old, new):
                store.retract(small.report().header.id)


def test_a_store_without_the_indexes_for_chains_gets_them_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    store_of_version_3(path, [small.plan()])
    with open_store(str(path)) as store, open_store(str(tmp_path / "new.db")) as new:
        new.write(small.plan())
        for query in (ChainQuery(), ChainQuery(gaps=(Gap.ACTOR,))):
            assert chains(store, query) == chains(new, query)
    with closing(sqlite3.connect(path)) as connection:
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        assert made >= {*CHAIN_INDEXES}
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_facts_that_an_older_store_shares_grow_as_in_a_new_one(tmp_path: Path) -> None:
    documents = [*batches(1_000)]
    store_of_version_4(tmp_path / "old.db", documents[:2])
    with open_store(str(tmp_path / "old.db")) as old, open_store(str(tmp_path / "new.db")) as new:
        old.write(documents[2])
        for document in documents[:3]:
            new.write(document)
        assert old.retract(documents[0].header.id) and new.retract(documents[0].header.id)
        for document in (documents[3], documents[0]):
            old.write(document)
            new.write(document)
        assert full_dump(old) == full_dump(new)
        assert dump(old) == dump(new)
        assert old.counts() == new.counts()
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall() == []


def test_an_older_store_that_may_only_be_read_says_what_to_do(tmp_path: Path) -> None:
    store_of_version_1(tmp_path / "old.db", [small.plan()])
    with pytest.raises(StoreUnusable, match="made by an older policygraph; open it once for writing"):
        open_store(str(tmp_path / "old.db"), read_only=True)
