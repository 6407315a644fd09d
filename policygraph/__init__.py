"""Settings, the command line, and the client: `with open_graph("policygraph.db") as g: g.chains(region="云州市")`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.client.graph import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open_graph"]


def open_graph(address: str | None = None, *, timeout_s: float = 30.0, wait_s: float = 600.0) -> "Graph":
    """The graph at an address, to ask: a file, neo4j://HOST:PORT, or http://HOST:PORT of a server of policygraph.

    Without an address it is the store of the settings (`POLICYGRAPH_STORE`). Nothing is written to it. A request to a
    server takes `timeout_s` at most; where the server is busy, or its answer is being made, it is asked again, for
    `wait_s` at most. Use it in a `with` statement, or close it.

    Raises StoreUnusable, StoreAway or StoreBusy (`graph.errors`), with one line that says why.
    """
    from policygraph.client.opening import (
        open_graph as opened,
    )  # what it takes along, the command line need not wait for

    return opened(address, timeout_s=timeout_s, wait_s=wait_s)
