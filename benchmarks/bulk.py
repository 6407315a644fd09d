"""A new SQLite store out of many batches, each shared fact folded once at the end instead of once for each batch."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from graph.door import admit
from graph.facts import Batch
from graph.open import open_store
from graph.sqlite.adding import Touched, add_claims
from graph.sqlite.connections import Connections
from graph.sqlite.refold import fold_touched

_COMMIT_EACH = 100


def write_bulk(path: Path, batches: Iterable[Batch], *, on_batch: Callable[[int], None] = lambda done: None) -> None:
    """Make a store of batches that have no sources in common: the same as writing them one by one.

    A store of a million nodes is made in minutes and not in hours, since what thousands of documents name is not
    folded thousands of times. A crash leaves half a store.
    """
    open_store(str(path)).close()
    connections = Connections(path, url=str(path), read_only=False, timeout_s=30.0)
    with closing(connections.open()) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA cache_size = -2000000")
        connection.execute("BEGIN")
        everything: Touched | None = None
        written = 0
        for written, batch in enumerate(map(admit, batches), 1):
            touched = Touched(batch.header)
            add_claims(connection, touched, batch=batch)
            everything = everything or Touched(batch.header)
            everything.nodes |= touched.nodes
            everything.edges |= touched.edges
            if written % _COMMIT_EACH == 0:
                connection.execute("COMMIT")
                connection.execute("BEGIN")
                on_batch(written)
        if everything:
            fold_touched(connection, everything)
        for index in ("search_names", "search_texts"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        connection.execute("UPDATE counters SET value = value + ? WHERE name = 'store_version'", [written])
        connection.execute("COMMIT")
