"""A server of policygraph as the source of answers."""

import csv
import io
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from api.forms.networks import NetworkParameters, Table
from api.origins import CUT
from api.parameters import SubgraphParameters
from graph.errors import RefusedInput, StoreUnusable
from graph.formats.shield import unshielded
from graph.queries.network_rows import Network
from policygraph.client.answers import Tabled
from policygraph.client.connection import Connection
from policygraph.client.parts import Part, part_of
from policygraph.client.questions import Question

P = TypeVar("P", bound=BaseModel)
R = TypeVar("R")
_INTEGERS = ("weight", "degree", "community")
_FRACTIONS = ("betweenness", "pagerank")


class ServerSource:
    """A server, asked over HTTP."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def url(self) -> str:
        """Where the server is, without user and password."""
        return self._connection.url

    def ask(self, question: Question[P, R], parameters: P, about: str = "") -> R:
        """The answer of the question's route, read as the query's result."""
        body = self._connection.get_json(_route(question.route, about), _sent(parameters))
        try:
            return question.read(body)
        except (ValidationError, KeyError, TypeError) as error:
            raise StoreUnusable(
                f"{self.url}: its answer to {question.name} can't be read; are server and client of one version?"
            ) from error

    def part(self, parameters: SubgraphParameters) -> Part:
        """The part of the graph around some nodes."""
        answer = self._connection.get("/subgraph", _sent(parameters) | {"format": "json"})
        return part_of(answer.json(), truncated=answer.headers.get(CUT) == "true")

    def network_table(self, found: Network, parameters: NetworkParameters, table: Table) -> Tabled:
        """A network's table, read from its CSV."""
        asked = _sent(parameters) | {"as": "csv", "table": str(table)}
        text = self._connection.get(_route("/networks/{about}", found.kind), asked).content.decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        return head, [[_cell(name, cell) for name, cell in zip(head, row, strict=True)] for row in rows]

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _route(route: str, about: str) -> str:
    """The route with what it is about; a slash or dots alone would lead elsewhere, whichever way they are written."""
    if "/" in about or about in (".", ".."):
        raise RefusedInput(f"“{about[:60]}” can't stand in an address; give the id, as `search` says it")
    return route.format(about=quote(about, safe=""))


def _sent(parameters: BaseModel) -> dict[str, Any]:
    return parameters.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _cell(name: str, text: str) -> str | int | float | None:
    if name in _INTEGERS:
        return int(text)
    if name in _FRACTIONS:
        return float(text)
    return unshielded(text) or None
