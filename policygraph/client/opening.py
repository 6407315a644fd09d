"""Opening a graph by its address."""

from typing import TYPE_CHECKING

from policygraph.client.graph import Graph
from policygraph.client.sources import StoreSource
from policygraph.stores import open_store

if TYPE_CHECKING:
    from httpx2 import BaseTransport

SERVERS = ("http://", "https://")


def open_graph(
    address: str | None = None,
    *,
    timeout_s: float = 30.0,
    wait_s: float = 600.0,
    transport: "BaseTransport | None" = None,
) -> Graph:
    """The graph at an address; `policygraph.open_graph` says more. `transport` carries requests in place of HTTP."""
    url = address or _default()
    if not url.lower().startswith(SERVERS):
        return Graph(StoreSource(open_store(url, create=False, read_only=True, timeout_s=timeout_s)))
    from policygraph.client.connection import Connection
    from policygraph.client.server import ServerSource

    connection = Connection(url, timeout_s=timeout_s, wait_s=wait_s, transport=transport)
    try:
        connection.check()
    except BaseException:
        connection.close()
        raise
    return Graph(ServerSource(connection))


def _default() -> str:
    from policygraph.settings import load_settings

    return load_settings().store
