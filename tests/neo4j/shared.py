"""The one server of a test run, whatever the number of its processes, and empty stores on it.

If POLICYGRAPH_TEST_NEO4J_URL is set, that server is used, with the usual POLICYGRAPH_NEO4J_* settings.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase

from graph.neo4j.access import BASE_LABEL, Neo4jAccess
from graph.neo4j.connections import Connections
from graph.neo4j.schema import SCHEMA_VERSION, prepare
from graph.neo4j.store import Neo4jStore
from tests.neo4j.server import USER, Server

GIVEN = {name: os.environ.get(f"POLICYGRAPH_{name}", "") for name in ("TEST_NEO4J_URL", "NEO4J_USER", "NEO4J_PASSWORD")}
DATABASE = os.environ.get("POLICYGRAPH_NEO4J_DATABASE") or "neo4j"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is, and who may use it."""

    url: str
    access: Neo4jAccess

    def open(self, **options: Any) -> Neo4jStore:
        """The store there."""
        return Neo4jStore.open(self.url, access=self.access, **options)

    def run(self, statement: str, **parameters: object) -> list[dict[str, Any]]:
        """What a statement of somebody else gives."""
        auth = (self.access.user, self.access.password)
        with GraphDatabase.driver(self.url, auth=auth, notifications_min_severity="OFF") as driver:
            found = driver.execute_query(statement, parameters, database_=self.access.database)
        return [record.data() for record in found.records]


@contextmanager
def shared_place(folder: Path) -> Iterator[Place]:
    """The server of the test run whose processes share this folder; the first starts it, the last stops it."""
    if GIVEN["TEST_NEO4J_URL"]:
        access = Neo4jAccess(GIVEN["NEO4J_USER"] or USER, GIVEN["NEO4J_PASSWORD"], DATABASE)
        yield Place(GIVEN["TEST_NEO4J_URL"], access)
        return
    with _state(folder) as state:
        server = Server(folder / "neo4j", **state.get("server", {}))
        if not state:
            server.start()
        state["server"] = {"port": server.port, "password": server.password, "pid": server.pid}
        state["users"] = state.get("users", 0) + 1
    try:
        yield Place(server.url, Neo4jAccess(USER, server.password))
    finally:
        with _state(folder) as state:
            state["users"] -= 1
            if not state["users"]:
                server.kill()  # its home goes with the test run
                state.clear()


class LentStores:
    """Empty stores in one database, each under a label of its own, which it gives back when it is closed.

    Connections, indexes and plans of a label are kept: to make them takes longer than most tests.
    """

    def __init__(self, place: Place, worker: str) -> None:
        self._place = place
        self._worker = worker
        self._opened: list[Connections] = []
        self._free: list[Connections] = []

    def new(self) -> Neo4jStore:
        """An empty store; a new object each time, since answers are kept by the store."""
        connections = self._free.pop() if self._free else self._open()
        cypher = connections.cypher
        connections.change_schema(
            [f"MATCH (n:{cypher.base}) DETACH DELETE n", cypher.make_store], schema=SCHEMA_VERSION
        )
        free = self._free

        class Lent(Neo4jStore):
            def close(self) -> None:
                if connections not in free:
                    free.append(connections)

        return Lent(connections)

    def close(self) -> None:
        """Close all connections."""
        for connections in self._opened:
            connections.close()

    def _open(self) -> Connections:
        label = f"{BASE_LABEL}{self._worker}n{len(self._opened)}"
        access = replace(self._place.access, label=label)
        connections = Connections.open(self._place.url, access=access, read_only=False, timeout_s=30)
        self._opened.append(connections)
        prepare(connections, create=True)
        return connections


@contextmanager
def _state(folder: Path) -> Iterator[dict[str, Any]]:
    """What the processes of the test run know together; nobody else reads or changes it meanwhile."""
    with (folder / "neo4j.json").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        state = json.loads(file.read() or "{}")
        yield state
        file.truncate(0)
        file.write(json.dumps(state))
        file.flush()
