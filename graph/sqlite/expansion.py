"""One hop from a set of nodes of any size."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pydantic_core import from_json

from graph.encoding import to_json
from graph.facts import Edge, Properties
from graph.sqlite.rows import EDGE, EDGE_ENDS, Row, edge_of
from graph.sqlite.schema import property_of
from graph.store import Direction, Leg, Step
from ontology import registry

_OTHER = {"source": "target", "target": "source"}
_ENDS = {Direction.OUT: ("source", "target"), Direction.IN: ("target", "source")}
_SIDES = {Direction.OUT: ("source",), Direction.IN: ("target",), Direction.BOTH: ("source", "target")}


def expand(
    connection: sqlite3.Connection,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None = None,
) -> list[Edge]:
    """Edges at any node of the set, each once, by id; the first `limit_each` by id of each node of the set."""
    hop = _Hop(connection, types, direction, has_ends=False)
    numbers = sorted(number for _, number in hop.rows(ids, limit_each))  # in order, which is that of their rows
    rows = connection.execute(
        f"SELECT {EDGE} FROM json_each(?) j CROSS JOIN edges e ON e.n = j.value {EDGE_ENDS}", [to_json(numbers)]
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
    """The same edges, without what is said of them: of that, and of the edges' own rows, nothing is read."""
    hop = _Hop(connection, types, direction, has_ends=True)
    return sorted(map(Step._make, hop.rows(ids, limit_each)))


def steps_between(
    connection: sqlite3.Connection,
    ids: Collection[str],
    others: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
) -> list[Step]:
    """The steps from the nodes of the set to the others; of the edges that lead elsewhere only the index is read."""
    hop = _Hop(connection, types, direction, has_ends=True, others=to_json(sorted(set(others))))
    return sorted(map(Step._make, hop.rows(ids, None)))


def reach(
    connection: sqlite3.Connection, ids: Collection[str], ways: Sequence[Sequence[Leg]], *, lacking: Leg | None
) -> set[str]:
    """The nodes that one of the ways leads to, from any node of the set, and that do not have what they should lack.

    On the way nodes are numbers, and all of it is read from indexes.
    """
    values = {"ids": to_json(sorted(set(ids)))}
    found = " UNION ".join([_way(way, values) for way in ways])
    without = ""
    if lacking:
        without = f" WHERE NOT EXISTS (SELECT 1 FROM edges x WHERE {_follows(lacking, 'x', 'w.n', values)})"
    rows = connection.execute(
        f"SELECT o.id FROM ({found}) w CROSS JOIN nodes o INDEXED BY nodes_ends ON o.n = w.n{without}", values
    )
    return {id_ for (id_,) in rows}


def properties_at(
    connection: sqlite3.Connection, ids: Collection[str], ways: Sequence[Sequence[Leg]]
) -> dict[str, Properties]:
    """The properties of the nodes that one of the ways leads to, from any node of the set."""
    values = {"ids": to_json(sorted(set(ids)))}
    found = " UNION ".join([_way(way, values) for way in ways])
    rows = connection.execute(f"SELECT o.id, o.properties FROM ({found}) w CROSS JOIN nodes o ON o.n = w.n", values)
    return {id_: from_json(properties) for id_, properties in rows}


def _way(legs: Sequence[Leg], values: dict[str, str]) -> str:
    """SQL for the numbers of the nodes at the end of a way from the nodes of `:ids`."""
    at, joined = "k.n", ""
    for number, leg in enumerate(legs):
        joined += f" CROSS JOIN edges e{number} ON {_follows(leg, f'e{number}', at, values)}"
        at = f"e{number}.{_ENDS[leg.direction][1]}"
    return f"SELECT {at} AS n FROM json_each(:ids) j CROSS JOIN nodes k ON k.id = j.value{joined}"


def _follows(leg: Leg, edge: str, node: str, values: dict[str, str]) -> str:
    """SQL for whether an edge leads on from a node; `values` grows by what it refers to.

    The type stands in it as a word, or the index on roles, which has one type alone, would not be used.
    """
    condition = f"{edge}.{_ENDS[leg.direction][0]} = {node} AND {edge}.type = '{registry.relation_of(leg.type).type}'"
    if not leg.roles:
        return condition
    names = [f"role{len(values) + number}" for number in range(len(leg.roles))]
    values.update(zip(names, leg.roles, strict=True))
    return f"{condition} AND {property_of('role', f'{edge}.')} IN ({', '.join(f':{name}' for name in names)})"


@dataclass(frozen=True, slots=True)
class _Hop:
    """Edges of these types at nodes: their id and number, or their id, type, ends and classes of the ends.

    With `others`, the JSON text of ids, only edges that lead to one of these nodes.
    """

    connection: sqlite3.Connection
    types: Sequence[str] | None
    direction: Direction
    has_ends: bool
    others: str | None = None

    def rows(self, ids: Collection[str], limit_each: int | None) -> Iterable[Row]:
        """Each edge once; at most so many a node."""
        nodes = sorted(set(ids))
        hubs = [] if limit_each is None else self._hubs(nodes, limit_each)
        found: dict[str, Row] = {}
        for side in _SIDES[self.direction]:
            found.update((row[0], row) for row in self._all([id_ for id_ in nodes if id_ not in hubs], side))
        for hub in hubs:
            found.update((row[0], row) for row in self._first(hub, limit_each or 0))
        return found.values()

    def _select(self, side: str) -> str:
        if not self.has_ends:
            return f"SELECT e.id, e.n FROM {{nodes}} CROSS JOIN edges e ON e.{side} = k.n"
        source, target = ("k", "o") if side == "source" else ("o", "k")
        return f"""SELECT e.id, e.type, {source}.id, {target}.id, {source}.label, {target}.label FROM {{nodes}}
            CROSS JOIN edges e ON e.{side} = k.n
            CROSS JOIN nodes o INDEXED BY nodes_ends ON o.n = e.{_OTHER[side]}"""

    def _all(self, nodes: Sequence[str], side: str) -> sqlite3.Cursor:
        select = self._select(side).format(nodes="json_each(?) j CROSS JOIN nodes k ON k.id = j.value")
        values, conditions = [to_json(nodes)], ["TRUE"]
        if self.types is not None:
            conditions.append("e.type IN (SELECT value FROM json_each(?))")
            values.append(to_json(list(self.types)))
        if self.others is not None:
            known = "SELECT n FROM nodes WHERE id IN (SELECT value FROM json_each(?))"
            conditions.append(f"e.{_OTHER[side]} IN ({known})")
            values.append(self.others)
        return self.connection.execute(f"{select} WHERE {' AND '.join(conditions)}", values)

    def _hubs(self, nodes: Sequence[str], limit_each: int) -> list[str]:
        """Those of the nodes that have more edges of any type; the others need no limit."""
        counted = " + ".join(
            f"(SELECT count(*) FROM (SELECT 1 FROM edges x WHERE x.{side} = k.n LIMIT :more))"
            for side in _SIDES[self.direction]
        )
        rows = self.connection.execute(
            f"SELECT k.id FROM json_each(:nodes) j CROSS JOIN nodes k ON k.id = j.value WHERE {counted} > :most",
            {"nodes": to_json(nodes), "most": limit_each, "more": limit_each + 1},
        )
        return [id_ for (id_,) in rows]

    def _first(self, hub: str, limit: int) -> list[Row]:
        """The first edges of a hub; its others are not even looked at: an index has those of a type by id."""
        found: dict[str, Row] = {}
        for type_ in registry.relation_types() if self.types is None else dict.fromkeys(self.types):
            for side in _SIDES[self.direction]:
                select = self._select(side).format(nodes="nodes k")
                rows = self.connection.execute(
                    f"{select} WHERE k.id = ? AND e.type = ? ORDER BY e.id LIMIT ?", [hub, type_, limit]
                )
                found.update((row[0], row) for row in rows)
        return [found[id_] for id_ in sorted(found)[:limit]]
