"""One hop from a set of nodes of any size."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from graph.encoding import to_json
from graph.facts import Edge
from graph.sqlite.rows import EDGE, EDGE_ENDS, edge_of
from graph.store import Direction, Step
from ontology import registry

_SIDES = {Direction.OUT: ("source",), Direction.IN: ("target",), Direction.BOTH: ("source", "target")}
_STEP = "e.id, e.type, s.id, t.id, s.label, t.label"


def expand(
    connection: sqlite3.Connection,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None = None,
) -> list[Edge]:
    """Edges at any node of the set, each once, by id; the first `limit_each` by id of each node of the set."""
    numbers = _numbers(connection, ids, types, direction=direction, limit_each=limit_each)
    rows = connection.execute(
        f"SELECT {EDGE} FROM json_each(?) j CROSS JOIN edges e ON e.n = j.value {EDGE_ENDS}", [numbers]
    )
    return sorted(map(edge_of, rows), key=lambda edge: edge.id)


def steps(
    connection: sqlite3.Connection,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None = None,
) -> list[Step]:
    """The same edges, without what is said of them."""
    numbers = _numbers(connection, ids, types, direction=direction, limit_each=limit_each)
    rows = connection.execute(
        f"SELECT {_STEP} FROM json_each(?) j CROSS JOIN edges e ON e.n = j.value {EDGE_ENDS}", [numbers]
    )
    return sorted(map(Step._make, rows))


def _numbers(
    connection: sqlite3.Connection,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None,
) -> str:
    """Numbers of the edges, in order, which is that of their rows."""
    nodes = sorted(set(ids))
    if limit_each is None:
        return to_json(sorted(_all(connection, nodes, types, direction=direction)))
    hubs = _hubs(connection, nodes, direction=direction, limit_each=limit_each)
    found = _all(connection, [id_ for id_ in nodes if id_ not in hubs], types, direction=direction)
    found |= _limited(connection, sorted(hubs), types, direction=direction, limit_each=limit_each)
    return to_json(sorted(found))


def _all(
    connection: sqlite3.Connection, nodes: Sequence[str], types: Sequence[str] | None, *, direction: Direction
) -> set[int]:
    condition, values = ("", []) if types is None else ("AND e.type IN (SELECT value FROM json_each(?))", [types])
    found: set[int] = set()
    for side in _SIDES[direction]:
        rows = connection.execute(
            f"""SELECT e.n FROM json_each(?) j CROSS JOIN nodes k ON k.id = j.value
                CROSS JOIN edges e ON e.{side} = k.n {condition}""",
            [to_json(nodes), *map(to_json, values)],
        )
        found.update(n for (n,) in rows)
    return found


def _hubs(connection: sqlite3.Connection, nodes: Sequence[str], *, direction: Direction, limit_each: int) -> set[str]:
    """Those of the nodes that have more edges of any type; the others need no limit."""
    counted = " + ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM edges x WHERE x.{side} = k.n LIMIT :more))" for side in _SIDES[direction]
    )
    rows = connection.execute(
        f"SELECT k.id FROM json_each(:nodes) j CROSS JOIN nodes k ON k.id = j.value WHERE {counted} > :most",
        {"nodes": to_json(nodes), "most": limit_each, "more": limit_each + 1},
    )
    return {id_ for (id_,) in rows}


def _limited(
    connection: sqlite3.Connection,
    nodes: Sequence[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int,
) -> set[int]:
    """The first edges of each node; a hub's others are not even looked at: an index has those of a type by id."""
    at: dict[int, set[tuple[str, int]]] = {}
    for type_ in registry.relation_types() if types is None else dict.fromkeys(types):
        for side in _SIDES[direction]:
            for node, edge, number in _first(connection, nodes, side, type_=type_, limit=limit_each):
                at.setdefault(node, set()).add((edge, number))
    return {number for edges in at.values() for _, number in sorted(edges)[:limit_each]}


def _first(
    connection: sqlite3.Connection, nodes: Sequence[str], side: str, *, type_: str, limit: int
) -> Iterator[tuple[int, str, int]]:
    """The first edges of a type at each of the nodes: number of the node, id and number of the edge."""
    return connection.execute(
        f"""SELECT k.n, e.id, e.n FROM json_each(?) j CROSS JOIN nodes k ON k.id = j.value
            CROSS JOIN edges e ON e.n IN (SELECT x.n FROM edges x WHERE x.{side} = k.n AND x.type = ?
                                          ORDER BY x.id LIMIT ?)""",
        [to_json(nodes), type_, limit],
    )
