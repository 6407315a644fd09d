"""One hop from a set of nodes of any size."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from graph.encoding import to_json
from graph.facts import Edge
from graph.sqlite.rows import EDGE, EDGE_ENDS, edge_of
from graph.store import Direction
from ontology import registry

_SIDES = {Direction.OUT: ("source",), Direction.IN: ("target",), Direction.BOTH: ("source", "target")}


def expand(
    connection: sqlite3.Connection, ids: Collection[str], types: Sequence[str] | None, *, direction: Direction
) -> list[Edge]:
    """Edges at any node of the set, each once, by id."""
    nodes = to_json(sorted(set(ids)))
    condition, values = ("", []) if types is None else ("AND e.type IN (SELECT value FROM json_each(?))", [types])
    found: dict[str, Edge] = {}
    for side in _SIDES[direction]:
        rows = connection.execute(
            f"""SELECT {EDGE} FROM json_each(?) j CROSS JOIN nodes k ON k.id = j.value
                CROSS JOIN edges e ON e.{side} = k.n {condition} {EDGE_ENDS}""",
            [nodes, *map(to_json, values)],
        )
        found |= {row[0]: edge_of(row) for row in rows if row[0] not in found}
    return [found[id_] for id_ in sorted(found)]


def expand_limited(
    connection: sqlite3.Connection,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int,
) -> list[Edge]:
    """Edges at any node of the set, each once, by id; the first `limit_each` by id of each node of the set.

    A hub's other edges are not even looked at: an index has the edges of a node and type by id.
    """
    nodes = to_json(sorted(set(ids)))
    wanted = registry.relation_types() if types is None else dict.fromkeys(types)
    at: dict[str, set[str]] = {}
    for type_ in wanted:
        for side in _SIDES[direction]:
            for node, edge in _first(connection, nodes, side, type_=type_, limit=limit_each):
                at.setdefault(node, set()).add(edge)
    kept = {edge for edges in at.values() for edge in sorted(edges)[:limit_each]}
    rows = connection.execute(
        f"SELECT {EDGE} FROM json_each(?) j CROSS JOIN edges e ON e.id = j.value {EDGE_ENDS}", [to_json(sorted(kept))]
    )
    return sorted(map(edge_of, rows), key=lambda edge: edge.id)


def _first(
    connection: sqlite3.Connection, nodes: str, side: str, *, type_: str, limit: int
) -> Iterator[tuple[str, str]]:
    """The first edges of a type at each of the nodes: pairs of node id and edge id."""
    return connection.execute(
        f"""SELECT k.id, e.id FROM json_each(?) j CROSS JOIN nodes k ON k.id = j.value
            CROSS JOIN edges e ON e.n IN (SELECT x.n FROM edges x WHERE x.{side} = k.n AND x.type = ?
                                          ORDER BY x.id LIMIT ?)""",
        [nodes, type_, limit],
    )
