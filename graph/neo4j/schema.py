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
    version = schema_version(connections)
    if version is None and not create:
        raise StoreUnusable(
            f"{connections.url}: there is no store; load something into it first, or give another --store"
        )
    missing = missing_indexes(connections)
    if missing and connections.is_read_only:
        raise StoreUnusable(f"{connections.url}: its indexes are not made yet; `policygraph stats` makes them")
    if missing:
        connections.change_schema(
            [statement for name, statement in connections.cypher.schema.items() if name in missing]
        )
        connections.read(lambda tx: many(tx, AWAIT_INDEXES, names=missing))
    if version is None:
        connections.change_schema([connections.cypher.make_store], schema=SCHEMA_VERSION)


def missing_indexes(connections: Connections) -> list[str]:
    """Names of the indexes that are to be made."""
    wanted = [*connections.cypher.schema]
    there = {record["name"] for record in connections.read(lambda tx: many(tx, INDEXES, names=wanted))}
    return [name for name in wanted if name not in there]


def schema_version(connections: Connections) -> int | None:
    """Version of the store's schema, None where there is no store; raises StoreUnusable for one that is not ours."""
    found = connections.read(lambda tx: many(tx, connections.cypher.find_store))
    if not found:
        return None
    version = found[0]["schema"]
    if version != SCHEMA_VERSION:
        raise StoreUnusable(f"{connections.url}: {_other_version(connections.cypher.base, version)}")
    return SCHEMA_VERSION


def is_new_enough(version: str) -> bool:
    """Whether a server of this version knows all that the statements use."""
    return tuple(int(part) for part in version.replace("-", ".").split(".")[:2] if part.isdigit()) >= NEEDED


def _check_server(connections: Connections) -> None:
    (found,) = connections.read(lambda tx: many(tx, SERVER))
    if not is_new_enough(found["version"]):
        raise StoreUnusable(
            f"{connections.url}: Neo4j {found['version']}; policygraph needs {'.'.join(map(str, NEEDED))} or newer"
        )


def _other_version(label: str, version: object) -> str:
    if not isinstance(version, int):
        return (
            f"the node of the store, (:{label} {{id: 'store'}}), has no version, so it is damaged or somebody else's;"
            " give another POLICYGRAPH_NEO4J_LABEL"
        )
    if version > SCHEMA_VERSION:
        return (
            f"made by a newer policygraph (schema {version}, this one knows up to {SCHEMA_VERSION});"
            " upgrade policygraph, or give another --store"
        )
    return (
        f"made by an older policygraph (schema {version}, this one needs {SCHEMA_VERSION}); export it with that one"
        " (`--format jsonl`), and load the file under another POLICYGRAPH_NEO4J_LABEL"
    )
