"""Bringing a file of an older version of the program up to this one's tables: what is derived is made again."""

import sqlite3

from graph.errors import StoreUnusable
from graph.sqlite.index import index_again
from graph.sqlite.schema import (
    CHAIN_INDEXES,
    HOP_INDEXES,
    INDEXED_PROPERTIES,
    PROPERTY_INDEXES,
    SCHEMA_VERSION,
    SEARCH_INDEXES,
)
from graph.sqlite.tallies import TALLIES, tally_again

_WITH_TALLIES = 3
_WITH_CHAIN_INDEXES = 4
"""Versions from which on there are tables of counts and hits in order, and the indexes that chains are read by."""


def upgrade(connection: sqlite3.Connection, *, url: str, read_only: bool) -> None:
    """Bring an older store up to this version, in one transaction; a newer connection finds it done.

    Raises StoreUnusable if the store may not be written.
    """
    if _version(connection) == SCHEMA_VERSION:
        return
    if read_only:
        raise StoreUnusable(
            f"{url}: made by an older policygraph; open it once for writing, for instance with `policygraph stats`,"
            " which brings it up to date"
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version < SCHEMA_VERSION:
            _drop_triggers(connection)
            _add_standing(connection)
        if version < _WITH_TALLIES:
            _make_derived(connection)
        if version < _WITH_CHAIN_INDEXES:
            for statement in CHAIN_INDEXES:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.rollback()


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def _drop_triggers(connection: sqlite3.Connection) -> None:
    """Until version 4 triggers counted what `graph.sqlite.tallies` counts now."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def _add_standing(connection: sqlite3.Connection) -> None:
    for table in ("nodes", "edges"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN standing TEXT")


def _make_derived(connection: sqlite3.Connection) -> None:
    for table in ("search_index", "search_names", "search_texts", "tallies"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for index in ("edges_out", "edges_in", "nodes_ends", *(f"nodes_{name}" for name in INDEXED_PROPERTIES)):
        connection.execute(f"DROP INDEX IF EXISTS {index}")
    for statement in (*HOP_INDEXES, *SEARCH_INDEXES, TALLIES, *PROPERTY_INDEXES):
        connection.execute(statement)
    index_again(connection)
    tally_again(connection)
