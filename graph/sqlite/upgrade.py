"""Bringing a file of an older version of the program up to this one's tables: what is derived is made again."""

import sqlite3

from graph.errors import StoreUnusable
from graph.sqlite.index import index_again
from graph.sqlite.schema import (
    HOP_INDEXES,
    INDEXED_PROPERTIES,
    PROPERTY_INDEXES,
    SCHEMA_VERSION,
    SEARCH_INDEXES,
    TALLIES,
)

_TALLY = """INSERT INTO tallies
    SELECT 'nodes', label, count(*) FROM nodes GROUP BY label
    UNION ALL SELECT 'edges', type, count(*) FROM edges GROUP BY type
    UNION ALL SELECT 'batches', kind, count(*) FROM batches GROUP BY kind
    UNION ALL SELECT 'claims', '', (SELECT count(*) FROM node_claims) + (SELECT count(*) FROM edge_claims)"""


def upgrade(connection: sqlite3.Connection, *, url: str, read_only: bool) -> None:
    """Bring an older store up to this version, in one transaction; a newer connection finds it done.

    Raises StoreUnusable if the store may not be written.
    """
    if not _is_old(connection):
        return
    if read_only:
        raise StoreUnusable(
            f"{url}: made by an older policygraph; open it once for writing, for instance with `policygraph stats`,"
            " which brings it up to date"
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_old(connection):
            _make_derived(connection)
        connection.execute("COMMIT")
    finally:
        connection.rollback()


def _is_old(connection: sqlite3.Connection) -> bool:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found < SCHEMA_VERSION


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
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
