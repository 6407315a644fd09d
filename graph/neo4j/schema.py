"""Constraints, indexes and the node of the store: made on first use, versioned, checked when a store is opened."""

from graph.errors import StoreUnusable
from graph.neo4j.connections import Connections, many
from graph.neo4j.cypher import AWAIT_INDEXES, INDEXES, SERVER

SCHEMA_VERSION = 1
NEEDED = (5, 26)  # dynamic labels, which came as the last of what the statements use


def prepare(connections: Connections, *, create: bool) -> None:
    """Check that there is a store that this program can use; make it if it may be and is not there.

    Raises StoreUnusable, with one line that says why.
    """
    _check_server(connections)
    version = _version(connections)
    if version is None and not create:
        raise StoreUnusable(
            f"{connections.url}: there is no store; load something into it first, or give another --store"
        )
    if version is not None and version != SCHEMA_VERSION:
        raise StoreUnusable(f"{connections.url}: {_other_version(version)}")
    missing = _missing_indexes(connections)
    if missing:
        connections.change_schema(
            [statement for name, statement in connections.cypher.schema.items() if name in missing]
        )
        connections.read(lambda tx: many(tx, AWAIT_INDEXES, names=missing))
    if version is None:
        connections.change_schema([connections.cypher.make_store], schema=SCHEMA_VERSION)


def _missing_indexes(connections: Connections) -> list[str]:
    wanted = [*connections.cypher.schema]
    there = {record["name"] for record in connections.read(lambda tx: many(tx, INDEXES, names=wanted))}
    return [name for name in wanted if name not in there]


def _check_server(connections: Connections) -> None:
    (found,) = connections.read(lambda tx: many(tx, SERVER))
    number = tuple(int(part) for part in found["version"].replace("-", ".").split(".")[:2] if part.isdigit())
    if number < NEEDED:
        raise StoreUnusable(
            f"{connections.url}: Neo4j {found['version']}; policygraph needs {'.'.join(map(str, NEEDED))} or newer"
        )


def _version(connections: Connections) -> int | None:
    found = connections.read(lambda tx: many(tx, connections.cypher.find_store))
    return int(found[0]["schema"]) if found else None


def _other_version(version: int) -> str:
    if version > SCHEMA_VERSION:
        return (
            f"made by a newer policygraph (schema {version}, this one knows up to {SCHEMA_VERSION});"
            " upgrade policygraph, or give another --store"
        )
    return f"made by an older policygraph (schema {version}, this one needs {SCHEMA_VERSION}); load the documents anew"
