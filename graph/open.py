"""Opening a store by its address."""

from pathlib import Path

from graph.errors import StoreUnusable
from graph.sqlite.store import SqliteStore
from graph.store import Store

SUPPORTED = "an SQLite file, for instance policygraph.db"


def open_store(url: str, *, create: bool = True, read_only: bool = False, timeout_s: float = 30.0) -> Store:
    """The store at an address; a file is made if it may be and is not there yet.

    Who writes waits `timeout_s` at most for others who write.

    Raises StoreUnusable or StoreBusy, with one line that says why.
    """
    if not url:
        raise StoreUnusable(f"no store is given; stores that are supported: {SUPPORTED}")
    scheme, divider, _ = url.partition("://")
    if divider:
        raise StoreUnusable(f"{scheme}:// stores are not supported; what is: {SUPPORTED}")
    return SqliteStore.open(Path(url), create=create, read_only=read_only, timeout_s=timeout_s)
