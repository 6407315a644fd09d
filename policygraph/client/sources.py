"""Where answers come from: a store that is open in this process, or a server."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Protocol, TypeVar

from pydantic import BaseModel

from api.forms.networks import NetworkParameters, Table, network_table
from api.parameters import SubgraphParameters
from graph.formats.registry import export
from graph.queries.network_rows import Network
from graph.queries.subgraph import subgraph
from graph.review.merged import merged_nodes
from graph.review.shown import Views
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
        self._views = Views(store)

    @property
    def url(self) -> str:
        """Where the store is."""
        return self._store.url

    def ask(self, question: Question[P, R], parameters: P, about: str = "") -> R:
        """The answer of the query; ids of merged nodes stand for those that they were merged into, as on a server."""
        merged = merged_nodes(self._store)
        return question.ask(self._views.get(), _led_on(parameters, merged), merged.get(about, about))

    def part(self, parameters: SubgraphParameters) -> Part:
        """The part of the graph around some nodes, by way of its node-link form, which a server sends."""
        asked = _led_on(parameters, merged_nodes(self._store))
        shown = self._views.get()
        scope, is_cut = subgraph(
            shown, asked.seed, tags=asked.tag, depth=asked.depth, types=asked.types, limit=asked.limit
        )
        written = BytesIO()
        export(shown, written, format="json", scope=scope)
        return part_of(json.loads(written.getvalue()), truncated=is_cut)

    def network_table(self, found: Network, parameters: NetworkParameters, table: Table) -> Tabled:
        """A network's table."""
        return network_table(self._views.get(), found, table)

    def close(self) -> None:
        """Close the store."""
        self._store.close()


def _led_on(parameters: P, merged: Mapping[str, str]) -> P:
    """The parameters with the ids of the nodes that stand for merged ones."""
    if not merged:
        return parameters
    changed: dict[str, object] = {}
    for name, value in parameters:
        if isinstance(value, str):
            changed[name] = merged.get(value, value)
        elif isinstance(value, tuple):
            changed[name] = tuple(merged.get(one, one) for one in value)
    return parameters.model_copy(update=changed)
