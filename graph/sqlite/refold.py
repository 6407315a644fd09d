"""Folding again what a transaction has touched: rows of nodes and edges from their claims.

Where a batch only adds to what is there, a fact that remembers the standing of its claims grows by the new one, and the
others are not read.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from graph.encoding import standing_from, to_json
from graph.facts import Attributed, ClaimT, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import FactT, Standing, grow_edge, grow_node, standing_of
from graph.sqlite import index
from graph.sqlite.adding import Touched, chunks
from graph.sqlite.claims import edge_claims_of, node_claims_of
from graph.sqlite.rows import EDGE, EDGE_ENDS, NODE, Row, edge_of, fact_row, node_of
from graph.sqlite.tallies import tally

_FACT_SET = "claims = ?, evidence_total = ?, inferred = ?, properties = ?, evidence = ?, standing = ?"


@dataclass(frozen=True, slots=True)
class _Kind(Generic[ClaimT, FactT]):
    """How nodes, or edges, with a standing are read and grow, and how the others are folded from their claims."""

    with_standing: str
    fact_of: Callable[[Row], FactT]
    grow: Callable[[FactT, Standing, Attributed[ClaimT]], tuple[FactT, Standing] | None]
    claims_of: Callable[[sqlite3.Connection, Collection[int]], dict[int, list[Attributed[ClaimT]]]]
    fold: Callable[[Sequence[Attributed[ClaimT]]], FactT]


_NODES: _Kind[NodeClaim, Node] = _Kind(
    f"""SELECT n.n, n.standing, {NODE} FROM json_each(?) j CROSS JOIN nodes n ON n.n = j.value
        WHERE n.standing IS NOT NULL""",
    node_of,
    grow_node,
    node_claims_of,
    fold_node,
)
_EDGES: _Kind[EdgeClaim, Edge] = _Kind(
    f"""SELECT e.n, e.standing, {EDGE} FROM json_each(?) j CROSS JOIN edges e ON e.n = j.value {EDGE_ENDS}
        WHERE e.standing IS NOT NULL""",
    edge_of,
    grow_edge,
    edge_claims_of,
    fold_edge,
)


@dataclass(frozen=True, slots=True)
class _Refolded(Generic[FactT]):
    """Facts as they are now, by number, with their standing; as they were before, those that have grown."""

    facts: dict[int, tuple[FactT, Standing | None]]
    before: dict[int, FactT]


def fold_touched(connection: sqlite3.Connection, touched: Touched) -> None:
    """Bring the nodes and edges that were touched up to their claims; facts without claims go."""
    for numbers in chunks(sorted(touched.nodes)):
        _refold_nodes(connection, touched, numbers)
    for numbers in chunks(sorted(touched.edges)):
        _refold_edges(connection, touched, numbers)


def _refold_nodes(connection: sqlite3.Connection, touched: Touched, numbers: list[int]) -> None:
    refolded = _refolded(connection, touched, numbers, touched.node_claims, _NODES)
    labels = _column(connection, "nodes", "label", numbers)
    nodes = {n: node for n, (node, _) in refolded.facts.items()}
    rows = ((node.label, *fact_row(node, standing), n) for n, (node, standing) in refolded.facts.items())
    connection.executemany(f"UPDATE nodes SET label = ?, {_FACT_SET} WHERE n = ?", rows)
    before = refolded.before
    index.replace(
        connection, ((n, node) for n, node in nodes.items() if n not in before or index.is_other(node, before[n]))
    )
    gone = [n for n in numbers if n not in nodes]
    index.remove(connection, gone)
    connection.executemany("DELETE FROM nodes WHERE n = ?", [(n,) for n in gone])
    tally(connection, "nodes", come=(node.label for node in nodes.values()), gone=labels)


def _refold_edges(connection: sqlite3.Connection, touched: Touched, numbers: list[int]) -> None:
    refolded = _refolded(connection, touched, numbers, touched.edge_claims, _EDGES)
    rows = ((*fact_row(edge, standing), n) for n, (edge, standing) in refolded.facts.items())
    connection.executemany(f"UPDATE edges SET {_FACT_SET} WHERE n = ?", rows)
    gone = [n for n in numbers if n not in refolded.facts]
    tally(connection, "edges", gone=_column(connection, "edges", "type", gone))
    connection.executemany("DELETE FROM edges WHERE n = ?", [(n,) for n in gone])


def _column(connection: sqlite3.Connection, table: str, column: str, numbers: list[int]) -> list[str]:
    rows = connection.execute(
        f"SELECT f.{column} FROM json_each(?) j CROSS JOIN {table} f ON f.n = j.value", [to_json(numbers)]
    )
    return [text for (text,) in rows]


def _refolded(
    connection: sqlite3.Connection,
    touched: Touched,
    numbers: list[int],
    claimed: Mapping[int, ClaimT],
    kind: _Kind[ClaimT, FactT],
) -> _Refolded[FactT]:
    facts: dict[int, tuple[FactT, Standing | None]] = {}
    before: dict[int, FactT] = {}
    if touched.may_grow:
        for n, standing, *row in connection.execute(kind.with_standing, [to_json(numbers)]):
            stored = kind.fact_of(tuple(row))
            grown = kind.grow(stored, standing_from(standing), Attributed(claimed[n], touched.header))
            if grown:
                facts[n], before[n] = grown, stored
    for n, claims in kind.claims_of(connection, [n for n in numbers if n not in facts]).items():
        facts[n] = kind.fold(claims), standing_of(claims)
    return _Refolded(facts, before)
