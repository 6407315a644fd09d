"""Reading nodes, edges, claims and evidence from an open connection."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from heapq import merge
from itertools import chain, islice

from pydantic_core import from_json

from graph.asked import Filters
from graph.encoding import evidence_of, to_json
from graph.facts import Attributed, Edge, EdgeClaim, Evidence, Node, NodeClaim, Value
from graph.fold import fold_evidence
from graph.sqlite.batches import headers_of
from graph.sqlite.claims import edge_claims_of, node_claims_of
from graph.sqlite.rows import (
    CLAIM,
    EDGE,
    EDGE_ENDS,
    NODE,
    Row,
    edge_claim_of,
    edge_of,
    node_claim_of,
    node_of,
)
from graph.sqlite.schema import FIRST_NAME, INDEXED_PROPERTIES, property_of
from graph.store import EVIDENCE_SHOWN, Counts


def nodes_by_id(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Node]:
    """The nodes of these ids that are there."""
    rows = connection.execute(
        f"SELECT {NODE} FROM json_each(?) j CROSS JOIN nodes n ON n.id = j.value", [to_json(sorted(set(ids)))]
    )
    return {row[0]: node_of(row) for row in rows}


def edges_by_id(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Edge]:
    """The edges of these ids that are there."""
    rows = connection.execute(
        f"SELECT {EDGE} FROM json_each(?) j CROSS JOIN edges e ON e.id = j.value {EDGE_ENDS}",
        [to_json(sorted(set(ids)))],
    )
    return {row[0]: edge_of(row) for row in rows}


def list_nodes(
    connection: sqlite3.Connection, labels: Sequence[str], filters: Filters, *, after: str, limit: int
) -> list[Node]:
    """Nodes of just these classes that fit every filter, by id."""
    selected = next((name for name in INDEXED_PROPERTIES if len(filters.get(name, ())) == 1), None)
    condition, values = _fitting({name: wanted for name, wanted in filters.items() if name != selected})
    if selected:  # asked for by an equal sign, the index has its nodes by their ids
        condition += f" AND {property_of(selected, 'n.')} = ?"
        values.append(filters[selected][0])
    statement = f"SELECT {NODE} FROM nodes n WHERE n.label = ? AND n.id > ?{condition} ORDER BY n.id LIMIT ?"
    pages = (connection.execute(statement, [label, after, *values, limit]) for label in labels)
    return [node_of(row) for row in islice(merge(*pages), limit)]


def values(
    connection: sqlite3.Connection, labels: Sequence[str], property_: str, *, filters: Filters, limit: int | None
) -> dict[str, Value | None]:
    """A property of the nodes of just these classes that fit every filter, by their ids."""
    condition, wanted = _fitting(filters)
    is_indexed = property_ in filters and property_ in INDEXED_PROPERTIES  # then no row of a node need be read
    value = property_of(property_, "n.") if is_indexed else f"n.properties -> '$.{property_}'"
    statement = f"SELECT n.id, {value} FROM nodes n WHERE n.label = ?{condition} LIMIT ?"
    pages = (connection.execute(statement, [label, *wanted, -1 if limit is None else limit]) for label in labels)
    found = sorted(islice(chain.from_iterable(pages), limit))
    return {id_: value if is_indexed or value is None else from_json(value) for id_, value in found}


def policies_by_name(connection: sqlite3.Connection, *, after: tuple[str, str], limit: int) -> list[tuple[str, str]]:
    """Folded names and ids of policies, in order, behind these."""
    rows = connection.execute(
        f"""SELECT {FIRST_NAME}, id FROM search_text INDEXED BY search_text_policies
            WHERE label = 'Policy' AND {FIRST_NAME} >= ?1 AND ({FIRST_NAME} > ?1 OR id > ?2)
            ORDER BY {FIRST_NAME}, id LIMIT ?3""",
        [*after, limit],
    )
    return rows.fetchall()


def distinct(connection: sqlite3.Connection, labels: Sequence[str], property_: str) -> list[Value | None]:
    """The different values of a property in just these classes, members of lists apart, None where it is missing."""
    wanted = to_json(list(labels))
    if property_ not in INDEXED_PROPERTIES:
        rows = connection.execute(
            """SELECT DISTINCT p.value FROM nodes n LEFT JOIN json_each(n.properties, ?) p
               WHERE n.label IN (SELECT value FROM json_each(?))""",
            [f"$.{property_}", wanted],
        )
        return [value for (value,) in rows]
    value = property_of(property_)
    found: set[Value] = set()
    number = 0
    for label in labels:  # one by one, or the index would not be used
        known = f"FROM nodes WHERE label = ?1 AND {value}"
        # from one value to the next: of the many nodes between nothing is read
        rows = connection.execute(
            f"""WITH RECURSIVE v (value) AS (
                    SELECT min({value}) {known} IS NOT NULL
                    UNION ALL SELECT (SELECT min({value}) {known} > v.value) FROM v WHERE v.value IS NOT NULL)
                SELECT value FROM v WHERE value IS NOT NULL""",
            [label],
        )
        found.update(one for (one,) in rows)
        number += connection.execute(f"SELECT count(*) {known} IS NOT NULL", [label]).fetchone()[0]
    (total,) = connection.execute(
        "SELECT sum(number) FROM tallies WHERE what = 'nodes' AND name IN (SELECT value FROM json_each(?))", [wanted]
    ).fetchone()
    return [*found, *([None] if number < (total or 0) else [])]


def _fitting(filters: Filters) -> tuple[str, list[str | int | float]]:
    """SQL that leaves the nodes that fit every filter, and its values."""
    conditions: list[str] = []
    values: list[str | int | float] = []
    for name, wanted in filters.items():
        if name in INDEXED_PROPERTIES:  # never lists
            conditions.append(f" AND {property_of(name, 'n.')} IN (SELECT value FROM json_each(?))")
            values.append(to_json(list(wanted)))
        else:  # a filter's value stands in a property as itself or within a list; json_each walks over both
            conditions.append(
                """ AND EXISTS (SELECT 1 FROM json_each(n.properties, ?) p
                                WHERE p.value IN (SELECT value FROM json_each(?)))"""
            )
            values += [f"$.{name}", to_json(list(wanted))]
    return "".join(conditions), values


def list_edges(connection: sqlite3.Connection, type_: str | None, *, after: str, limit: int) -> list[Edge]:
    """Edges of the type or of all types, by id."""
    condition, values = ("e.type = ? AND", [type_]) if type_ else ("", [])
    rows = connection.execute(
        f"SELECT {EDGE} FROM edges e {EDGE_ENDS} WHERE {condition} e.id > ? ORDER BY e.id LIMIT ?",
        [*values, after, limit],
    )
    return [edge_of(row) for row in rows]


def claims_of_node(connection: sqlite3.Connection, node: str, *, after: str, limit: int) -> list[Attributed[NodeClaim]]:
    """Claims of a node by the id of their batch."""
    rows = connection.execute(
        f"""SELECT c.batch, {CLAIM} FROM nodes f JOIN node_claims c ON c.fact = f.n JOIN batches b ON b.n = c.batch
            WHERE f.id = ? AND b.id > ? ORDER BY b.id LIMIT ?""",
        [node, after, limit],
    ).fetchall()
    headers = headers_of(connection, [row[0] for row in rows])
    return [Attributed(node_claim_of(node, row[1:]), headers[row[0]]) for row in rows]


def claims_of_edge(connection: sqlite3.Connection, edge: str, *, after: str, limit: int) -> list[Attributed[EdgeClaim]]:
    """Claims of an edge by the id of their batch."""
    rows = connection.execute(
        f"""SELECT c.batch, e.id, e.type, s.id, t.id, e.discriminator, {CLAIM} FROM edges e {EDGE_ENDS}
            JOIN edge_claims c ON c.fact = e.n JOIN batches b ON b.n = c.batch
            WHERE e.id = ? AND b.id > ? ORDER BY b.id LIMIT ?""",
        [edge, after, limit],
    ).fetchall()
    headers = headers_of(connection, [row[0] for row in rows])
    return [Attributed(edge_claim_of(row[1:6], row[6:]), headers[row[0]]) for row in rows]


def all_evidence(connection: sqlite3.Connection, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
    """All evidence of nodes and edges of these ids, in the order of the fold."""
    found: dict[str, tuple[Evidence, ...]] = {}
    ids = to_json(sorted(set(facts)))
    for table in ("nodes", "edges"):
        rows = connection.execute(
            f"""SELECT f.id, f.n, f.evidence_total, f.evidence
                FROM json_each(?) j CROSS JOIN {table} f ON f.id = j.value""",
            [ids],
        ).fetchall()
        found |= {id_: evidence_of(shown) for id_, _, total, shown in rows if total <= EVIDENCE_SHOWN}
        cut = [n for _, n, total, _ in rows if total > EVIDENCE_SHOWN]
        if table == "nodes":
            found |= {some[0].claim.id: fold_evidence(some) for some in node_claims_of(connection, cut).values()}
        else:
            found |= {some[0].claim.id: fold_evidence(some) for some in edge_claims_of(connection, cut).values()}
    return {id_: found[id_] for id_ in sorted(found)}


def iter_claims(connection: sqlite3.Connection, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
    """Claims of a batch: nodes by id, then edges by id."""
    rows: Iterator[Row] = connection.execute(
        f"""SELECT f.id, {CLAIM} FROM batches b JOIN node_claims c ON c.batch = b.n JOIN nodes f ON f.n = c.fact
            WHERE b.id = ? ORDER BY f.id""",
        [batch],
    )
    for row in rows:
        yield node_claim_of(row[0], row[1:])
    rows = connection.execute(
        f"""SELECT e.id, e.type, s.id, t.id, e.discriminator, {CLAIM} FROM batches b
            JOIN edge_claims c ON c.batch = b.n JOIN edges e ON e.n = c.fact {EDGE_ENDS}
            WHERE b.id = ? ORDER BY e.id""",
        [batch],
    )
    for row in rows:
        yield edge_claim_of(row[:5], row[5:])


def counts(connection: sqlite3.Connection) -> Counts:
    """Numbers of nodes by label, edges by type, claims, batches by kind."""
    found: dict[str, dict[str, int]] = {"nodes": {}, "edges": {}, "claims": {}, "batches": {}}
    for what, name, number in connection.execute("SELECT what, name, number FROM tallies WHERE number > 0"):
        found[what][name] = number
    return Counts(
        nodes=found["nodes"], edges=found["edges"], claims=sum(found["claims"].values()), batches=found["batches"]
    )
