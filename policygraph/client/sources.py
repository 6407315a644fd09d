"""Where answers come from: a store that is open in this process, or a server."""

import json
from io import BytesIO
from typing import Protocol, TypeVar

from pydantic import BaseModel

from api.forms.networks import NetworkParameters, Table, network_table
from api.parameters import SubgraphParameters
from graph.formats.registry import export
from graph.queries.network_rows import Network
from graph.queries.subgraph import subgraph
from graph.store import Store
from policygraph.client.answers import Tabled
from policygraph.client.parts import Part, part_of
from policygraph.client.questions import Question

P = TypeVar("P", bound=BaseModel)
R = TypeVar("R")


class Source(Protocol):
    """What a graph asks."""

    @property
    def url(self) -> str:
        """Where it is, without secrets."""
        ...

    def ask(self, question: Question[P, R], parameters: P, about: str = "") -> R:
        """The answer to a question; `about` is what the question is about, where its route names it."""
        ...

    def part(self, parameters: SubgraphParameters) -> Part:
        """The part of the graph around some nodes."""
        ...

    def network_table(self, found: Network, parameters: NetworkParameters, table: Table) -> Tabled:
        """A network's table; ties have their first quote, which the network itself has not."""
        ...

    def close(self) -> None:
        """Let go of it; closing twice does nothing."""
        ...


class StoreSource:
    """A store, which is closed with it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def url(self) -> str:
        """Where the store is."""
        return self._store.url

    def ask(self, question: Question[P, R], parameters: P, about: str = "") -> R:
        """The answer of the query."""
        return question.ask(self._store, parameters, about)

    def part(self, parameters: SubgraphParameters) -> Part:
        """The part of the graph around some nodes, by way of its node-link form, which a server sends."""
        scope, is_cut = subgraph(
            self._store, parameters.seed, depth=parameters.depth, types=parameters.types, limit=parameters.limit
        )
        written = BytesIO()
        export(self._store, written, format="json", scope=scope)
        return part_of(json.loads(written.getvalue()), truncated=is_cut)

    def network_table(self, found: Network, parameters: NetworkParameters, table: Table) -> Tabled:
        """A network's table."""
        return network_table(self._store, found, table)

    def close(self) -> None:
        """Close the store."""
        self._store.close()
