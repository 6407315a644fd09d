"""Opening a store by its address."""

from pathlib import Path

from graph.errors import StoreUnusable
from graph.neo4j.access import Neo4jAccess
from graph.sqlite.store import SqliteStore
from graph.store import Store

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
SUPPORTED = "an SQLite file, for instance policygraph.db, and a Neo4j server, for instance neo4j://localhost:7687"


def open_store(
    url: str,
    *,
    create: bool = True,
    read_only: bool = False,
    timeout_s: float = 30.0,
    access: Neo4jAccess | None = None,
) -> Store:
    """The store at an address; it is made if it may be and is not there yet.

    Who writes waits `timeout_s` at most for others who write. `access` says who asks a server, and for which database.

    Raises StoreUnusable, StoreAway or StoreBusy, with one line that says why.
    """
    if not url:
        raise StoreUnusable(f"no store is given; stores that are supported: {SUPPORTED}")
    if is_server(url):
        from graph.neo4j.store import (
            Neo4jStore,  # the driver takes a quarter of a second, which files need not wait for
        )

        chosen = access or Neo4jAccess()
        return Neo4jStore.open(url, access=chosen, create=create, read_only=read_only, timeout_s=timeout_s)
    scheme, divider, _ = url.partition("://")
    word, colon, _ = url.partition(":")
    if colon and not divider and word in SERVERS:
        raise StoreUnusable(f"{url}: not the address of a server; give {word}://HOST:PORT")
    if divider:
        raise StoreUnusable(f"{scheme}:// stores are not supported; what is: {SUPPORTED}")
    return SqliteStore.open(Path(url), create=create, read_only=read_only, timeout_s=timeout_s)


def is_server(url: str) -> bool:
    """Whether it is the address of a server rather than of a file."""
    scheme, divider, _ = url.partition("://")
    return bool(divider) and scheme in SERVERS
