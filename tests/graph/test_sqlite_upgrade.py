"""Stores of older versions of the program: brought up to date when they are opened for writing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import StoreUnusable
from graph.open import open_store
from graph.queries.chain_rows import ChainQuery, Gap
from graph.queries.chains import chains
from graph.sqlite.schema import INDEXED_PROPERTIES, SCHEMA_VERSION
from tests import small_graph as small
from tests.graph.making import dump

CHAIN_INDEXES = ("search_text_policies", "edges_roles")


def old_store(path: Path) -> None:
    """A store as the first version made it."""
    with open_store(str(path)) as store:
        store.write(small.plan())
        store.write(small.report())
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (trigger,) in made:
            connection.execute(f"DROP TRIGGER {trigger}")
        for table in ("tallies", "search_names", "search_texts"):
            connection.execute(f"DROP TABLE {table}")
        for name in INDEXED_PROPERTIES:
            connection.execute(f"DROP INDEX nodes_{name}")
        for index in ("nodes_ends", *CHAIN_INDEXES):
            connection.execute(f"DROP INDEX {index}")
        for index, end in (("edges_out", "source"), ("edges_in", "target")):
            connection.execute(f"DROP INDEX {index}")
            connection.execute(f"CREATE INDEX {index} ON edges ({end}, type, id)")
        connection.execute("CREATE VIRTUAL TABLE search_index USING fts5(names, text, content='')")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def test_an_older_store_answers_as_a_new_one_does(tmp_path: Path) -> None:
    old_store(tmp_path / "old.db")
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
    with open_store(str(path)) as store:
        store.write(small.plan())
    with closing(sqlite3.connect(path)) as connection:
        for index in CHAIN_INDEXES:
            connection.execute(f"DROP INDEX {index}")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    with open_store(str(path)) as store, open_store(str(tmp_path / "new.db")) as new:
        new.write(small.plan())
        for query in (ChainQuery(), ChainQuery(gaps=(Gap.ACTOR,))):
            assert chains(store, query) == chains(new, query)
    with closing(sqlite3.connect(path)) as connection:
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        assert made >= {*CHAIN_INDEXES}
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_an_older_store_that_may_only_be_read_says_what_to_do(tmp_path: Path) -> None:
    old_store(tmp_path / "old.db")
    with pytest.raises(StoreUnusable, match="made by an older policygraph; open it once for writing"):
        open_store(str(tmp_path / "old.db"), read_only=True)
