"""What is to be known of a server and a database before one works with them."""

import secrets
import time
from typing import NamedTuple, Self

from graph.neo4j.access import Neo4jAccess
from graph.neo4j.connections import Connections, many
from graph.neo4j.cypher import SERVER
from graph.neo4j.schema import is_new_enough, missing_indexes, schema_version

_CLOCK = "RETURN datetime.realtime().epochMillis AS milliseconds"


class ServerVersion(NamedTuple):
    """What runs on the server, and whether policygraph can work with it."""

    number: str
    edition: str
    is_new_enough: bool


class Diagnosis:
    """Questions about a server that answers and one of its databases; none of them leaves anything behind.

    Each raises StoreError, with one line that says why it has no answer.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    def open(cls, url: str, *, access: Neo4jAccess, timeout_s: float = 5.0) -> "Diagnosis":
        """A connection to the server; raises StoreUnusable or StoreAway."""
        return cls(Connections.open(url, access=access, read_only=False, timeout_s=timeout_s))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._connections.close()

    def version(self) -> ServerVersion:
        """Version and edition of the server."""
        (found,) = self._connections.read(lambda tx: many(tx, SERVER))
        return ServerVersion(found["version"], found["edition"], is_new_enough(found["version"]))

    def clock_ahead_s(self) -> float:
        """How far the server's clock is before ours, in seconds."""
        before = time.time()
        (found,) = self._connections.read(lambda tx: many(tx, _CLOCK))
        return float(found["milliseconds"]) / 1000 - (before + time.time()) / 2

    def try_write(self) -> bool:
        """Whether a node is read back that is written in a transaction; raises StoreReadOnly if none may be."""
        id_ = f"trial:{secrets.token_hex(8)}"
        base = self._connections.cypher.base
        statement = f"CREATE (:{base} {{id: $id}}) WITH * MATCH (n:{base} {{id: $id}}) RETURN n.id AS id"
        return [record["id"] for record in self._connections.try_out(statement, id=id_)] == [id_]

    def schema(self) -> int | None:
        """Version of the store's schema, None if there is no store; raises StoreUnusable for one that is not ours."""
        return schema_version(self._connections)

    def missing_indexes(self) -> list[str]:
        """Names of the indexes that are to be made."""
        return missing_indexes(self._connections)
