"""Opening a store as the settings say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.open import is_server
from graph.open import open_store as open_with
from graph.store import Store

if TYPE_CHECKING:
    from graph.neo4j.access import Neo4jAccess


def open_store(url: str, *, create: bool = True, read_only: bool = False, timeout_s: float = 30.0) -> Store:
    """The store at an address; a server is asked with user, password, database and label of the settings.

    Raises StoreUnusable, StoreAway or StoreBusy, with one line that says why.
    """
    if not is_server(url):
        return open_with(url, create=create, read_only=read_only, timeout_s=timeout_s)
    return open_with(url, create=create, read_only=read_only, timeout_s=timeout_s, access=access_of_settings())


@contextmanager
def open_asked(url: str, *, rejected: bool = False) -> Iterator[Store]:
    """The store as answers show it, without merged nodes and, unless they are wanted, rejected facts."""
    from graph.review.shown import Shown, shown

    with open_store(url, create=False) as store:
        yield shown(store, Shown.ALL if rejected else Shown.STANDING)


def access_of_settings() -> "Neo4jAccess":
    """User, password, database and label that the settings say."""
    from graph.neo4j.access import Neo4jAccess
    from policygraph.settings import load_settings

    settings = load_settings()
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    return Neo4jAccess(settings.neo4j_user, password, settings.neo4j_database, settings.neo4j_label)
