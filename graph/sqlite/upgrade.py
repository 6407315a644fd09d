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
    TALLIES,
)

_ALL_BUT_CHAINS = 3
"""The version that has everything but the indexes for chains."""
_TALLY = """INSERT INTO tallies
    SELECT 'nodes', label, count(*) FROM nodes GROUP BY label
    UNION ALL SELECT 'edges', type, count(*) FROM edges GROUP BY type
    UNION ALL SELECT 'batches', kind, count(*) FROM batches GROUP BY kind
    UNION ALL SELECT 'claims', '', (SELECT count(*) FROM node_claims) + (SELECT count(*) FROM edge_claims)"""


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
        if version < _ALL_BUT_CHAINS:
            _make_derived(connection)
        if version < SCHEMA_VERSION:
            for statement in CHAIN_INDEXES:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.rollback()


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def _make_derived(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for table in ("search_index", "search_names", "search_texts", "tallies"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for index in ("edges_out", "edges_in", "nodes_ends", *(f"nodes_{name}" for name in INDEXED_PROPERTIES)):
        connection.execute(f"DROP INDEX IF EXISTS {index}")
    for statement in (*HOP_INDEXES, *SEARCH_INDEXES, *TALLIES, *PROPERTY_INDEXES):
        connection.execute(statement)
    index_again(connection)
    connection.execute(_TALLY)
