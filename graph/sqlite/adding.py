"""Adding what a batch says: its claims, and the nodes and edges that nobody claimed before."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias, TypeVar

from graph.encoding import to_json
from graph.facts import Attributed, Batch, BatchHeader, ClaimT, EdgeClaim, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.sqlite import index
from graph.sqlite.batches import put_header
from graph.sqlite.rows import Row, claim_row, new_fact_row
from graph.sqlite.tallies import tally, tally_claims

T = TypeVar("T")
Numbers: TypeAlias = Mapping[str, int]

_CHUNK = 2_000
_CLAIM_VALUES = "(fact, batch, label, properties, evidence, rule, inferred, is_own, origin) VALUES (?,?,?,?,?,?,?,?,?)"


@dataclass(slots=True)
class Touched:
    """Numbers of the facts to be folded again, and what the batch with this header says of those that were there.

    Where they `may_grow`, nothing else happens to facts, and no other batch has the same content.
    """

    header: BatchHeader
    nodes: set[int] = field(default_factory=set)
    edges: set[int] = field(default_factory=set)
    node_claims: dict[int, NodeClaim] = field(default_factory=dict)
    edge_claims: dict[int, EdgeClaim] = field(default_factory=dict)
    may_grow: bool = False


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of a length that is good for one statement."""
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def add_claims(connection: sqlite3.Connection, touched: Touched, *, batch: Batch) -> None:
    """Store the claims of a batch, with the header of what is touched, and the facts that nobody has claimed.

    The others are added to the facts to be folded again.
    """
    number = put_header(connection, touched.header)
    nodes, new_node = _numbered(connection, "nodes", batch.nodes, asked=batch.nodes)
    known = [claim for claim in batch.edges if nodes[claim.source] < new_node and nodes[claim.target] < new_node]
    edges, new_edge = _numbered(connection, "edges", batch.edges, asked=known)
    touched.node_claims = {nodes[claim.id]: claim for claim in batch.nodes if nodes[claim.id] < new_node}
    touched.edge_claims = {edges[claim.id]: claim for claim in known if edges[claim.id] < new_edge}
    touched.nodes.update(touched.node_claims)
    touched.edges.update(touched.edge_claims)
    for node_claims in chunks(sorted((nodes[claim.id], claim) for claim in batch.nodes)):
        node_rows = [(n, claim, claim_row(claim, claim.label)) for n, claim in node_claims]
        _add_nodes(connection, touched.header, [row for row in node_rows if row[0] >= new_node])
        _put_claims(connection, "node_claims", ((n, number, *said) for n, _, said in node_rows))
    for edge_claims in chunks(sorted((edges[claim.id], claim) for claim in batch.edges)):
        edge_rows = [(n, claim, claim_row(claim, "")) for n, claim in edge_claims]
        _add_edges(connection, touched.header, [row for row in edge_rows if row[0] >= new_edge], nodes)
        _put_claims(connection, "edge_claims", ((n, number, *said) for n, _, said in edge_rows))
    tally_claims(connection, len(batch.nodes) + len(batch.edges))


def _numbered(
    connection: sqlite3.Connection, table: str, claims: Sequence[ClaimT], *, asked: Sequence[ClaimT]
) -> tuple[dict[str, int], int]:
    """Numbers of the facts that are claimed, by id, and the first of those that are new; only `asked` may be there.

    New numbers rise with the ids, so that the rows go into the indexes in order.
    """
    rows = connection.execute(
        f"SELECT f.id, f.n FROM json_each(?) j CROSS JOIN {table} f ON f.id = j.value",
        [to_json(sorted(claim.id for claim in asked))],
    ).fetchall()
    numbers: dict[str, int] = dict(rows)
    following: int = connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0]
    unknown = sorted({claim.id for claim in claims} - numbers.keys())
    numbers.update((id_, n) for n, id_ in enumerate(unknown, following))
    return numbers, following


def _add_nodes(connection: sqlite3.Connection, header: BatchHeader, new: Sequence[tuple[int, NodeClaim, Row]]) -> None:
    nodes = [(n, fold_node([Attributed(claim, header)])) for n, claim, _ in new]
    connection.executemany(
        """INSERT INTO nodes (n, id, label, claims, evidence_total, inferred, properties, evidence)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (n, node.id, node.label, *new_fact_row(node, claim, said))
            for (n, node), (_, claim, said) in zip(nodes, new, strict=True)
        ),
    )
    index.add(connection, nodes)
    tally(connection, "nodes", come=(node.label for _, node in nodes))


def _add_edges(
    connection: sqlite3.Connection, header: BatchHeader, new: Sequence[tuple[int, EdgeClaim, Row]], nodes: Numbers
) -> None:
    edges = ((n, fold_edge([Attributed(claim, header)]), claim, said) for n, claim, said in new)
    connection.executemany(
        """INSERT INTO edges (n, id, type, source, target, discriminator,
                              claims, evidence_total, inferred, properties, evidence)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (n, e.id, e.type, nodes[e.source], nodes[e.target], e.discriminator, *new_fact_row(e, claim, said))
            for n, e, claim, said in edges
        ),
    )
    tally(connection, "edges", come=(claim.type for _, claim, _ in new))


def _put_claims(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    connection.executemany(f"INSERT INTO {table} {_CLAIM_VALUES}", rows)
