"""Folding again what a transaction has touched: rows of nodes and edges from their claims."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from graph.encoding import to_json
from graph.facts import Attributed, BatchHeader, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.sqlite import index
from graph.sqlite.batches import headers_of
from graph.sqlite.rows import CLAIM, EDGE_ENDS, Row, edge_claim_of, fact_row, node_claim_of

_CHUNK = 2_000
_FACT_SET = "claims = ?, evidence_total = ?, inferred = ?, properties = ?, evidence = ?"

T = TypeVar("T")


@dataclass(slots=True)
class Touched:
    """Numbers of the facts to be folded again, and what is new.

    `new_nodes` and `new_edges` were not in the store; the batch with this header is the only one that claims them, and
    `node_numbers` has the numbers of all its nodes by id.
    """

    header: BatchHeader
    nodes: set[int] = field(default_factory=set)
    edges: set[int] = field(default_factory=set)
    new_nodes: dict[int, NodeClaim] = field(default_factory=dict)
    new_edges: dict[int, EdgeClaim] = field(default_factory=dict)
    node_numbers: dict[str, int] = field(default_factory=dict)


def fold_new(connection: sqlite3.Connection, touched: Touched) -> None:
    """Make the rows of the new nodes and edges: before those of their claims, which refer to them."""
    for new_nodes in _chunks(touched.new_nodes.items()):
        nodes = [(n, fold_node([Attributed(claim, touched.header)])) for n, claim in new_nodes]
        _insert_nodes(connection, nodes)
    for new_edges in _chunks(touched.new_edges.items()):
        edges = [(n, fold_edge([Attributed(claim, touched.header)])) for n, claim in new_edges]
        _insert_edges(connection, edges, touched.node_numbers)


def fold_touched(connection: sqlite3.Connection, touched: Touched) -> None:
    """Bring the other nodes and edges that were touched up to their claims; facts without claims go."""
    for numbers in _chunks(sorted(touched.nodes)):
        _refold_nodes(connection, numbers)
    for numbers in _chunks(sorted(touched.edges)):
        _refold_edges(connection, numbers)


def node_claims_of(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, list[Attributed[NodeClaim]]]:
    """Claims of nodes by their numbers; nodes that nobody claims are left out."""
    rows = connection.execute(
        f"""SELECT c.fact, c.batch, f.id, {CLAIM} FROM json_each(?) j
            CROSS JOIN node_claims c ON c.fact = j.value JOIN nodes f ON f.n = c.fact ORDER BY c.fact""",
        [to_json(list(numbers))],
    ).fetchall()
    headers = headers_of(connection, {row[1] for row in rows})
    return {
        fact: [Attributed(node_claim_of(row[2], row[3:]), headers[row[1]]) for row in group]
        for fact, group in groupby(rows, key=itemgetter(0))
    }


def edge_claims_of(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, list[Attributed[EdgeClaim]]]:
    """Claims of edges by their numbers; edges that nobody claims are left out."""
    rows = connection.execute(
        f"""SELECT c.fact, c.batch, e.id, e.type, s.id, t.id, e.discriminator, {CLAIM} FROM json_each(?) j
            CROSS JOIN edge_claims c ON c.fact = j.value JOIN edges e ON e.n = c.fact {EDGE_ENDS} ORDER BY c.fact""",
        [to_json(list(numbers))],
    ).fetchall()
    headers = headers_of(connection, {row[1] for row in rows})
    return {
        fact: [Attributed(edge_claim_of(row[2:7], row[7:]), headers[row[1]]) for row in group]
        for fact, group in groupby(rows, key=itemgetter(0))
    }


def _refold_nodes(connection: sqlite3.Connection, numbers: list[int]) -> None:
    claims = node_claims_of(connection, numbers)
    nodes = [(n, fold_node(stated)) for n, stated in claims.items()]
    rows: Iterable[Row] = ((node.label, *fact_row(node), n) for n, node in nodes)
    connection.executemany(f"UPDATE nodes SET label = ?, {_FACT_SET} WHERE n = ?", rows)
    index.replace(connection, nodes)
    gone = [n for n in numbers if n not in claims]
    index.remove(connection, gone)
    connection.executemany("DELETE FROM nodes WHERE n = ?", [(n,) for n in gone])


def _refold_edges(connection: sqlite3.Connection, numbers: list[int]) -> None:
    claims = edge_claims_of(connection, numbers)
    rows: Iterable[Row] = ((*fact_row(fold_edge(stated)), n) for n, stated in claims.items())
    connection.executemany(f"UPDATE edges SET {_FACT_SET} WHERE n = ?", rows)
    connection.executemany("DELETE FROM edges WHERE n = ?", [(n,) for n in numbers if n not in claims])


def _insert_nodes(connection: sqlite3.Connection, nodes: list[tuple[int, Node]]) -> None:
    rows: Iterable[Row] = ((n, node.id, node.label, *fact_row(node)) for n, node in nodes)
    connection.executemany(
        """INSERT INTO nodes (n, id, label, claims, evidence_total, inferred, properties, evidence)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )
    index.add(connection, nodes)


def _insert_edges(connection: sqlite3.Connection, edges: list[tuple[int, Edge]], node_numbers: dict[str, int]) -> None:
    rows: Iterable[Row] = (
        (n, e.id, e.type, node_numbers[e.source], node_numbers[e.target], e.discriminator, *fact_row(e))
        for n, e in edges
    )
    connection.executemany(
        """INSERT INTO edges (n, id, type, source, target, discriminator,
                              claims, evidence_total, inferred, properties, evidence)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
