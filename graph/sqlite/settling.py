"""What settling decisions needs of the embedded store, within a transaction."""

import sqlite3
from collections.abc import Collection, Iterator

from graph.encoding import to_json
from graph.facts import Attributed, Batch, BatchHeader, BatchKind, Edge, EdgeClaim, NodeClaim
from graph.review.settling import settle
from graph.sqlite import reading
from graph.sqlite.batches import all_headers
from graph.sqlite.change import replace_claims
from graph.sqlite.claims import edge_claims_of, node_claims_of
from graph.sqlite.expansion import expand
from graph.store import Direction


def settle_reviews(
    connection: sqlite3.Connection, *, added: Batch | None = None, gone: BatchHeader | None = None
) -> None:
    """Have every decision claim what it means for the graph as the transaction leaves it: `graph.review.settling`."""
    settle(_SqliteLedger(connection), added=added, gone=gone)


class _SqliteLedger:
    """`graph.review.claims.Ledger` on a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def reviews(self) -> list[BatchHeader]:
        return all_headers(self._connection, BatchKind.REVIEW)

    def node_claims(self, nodes: Collection[str]) -> dict[str, list[Attributed[NodeClaim]]]:
        found = node_claims_of(self._connection, self._numbers("nodes", nodes))
        return {claims[0].claim.id: claims for claims in found.values()}

    def edge_claims(self, edges: Collection[str]) -> dict[str, list[Attributed[EdgeClaim]]]:
        found = edge_claims_of(self._connection, self._numbers("edges", edges))
        return {claims[0].claim.id: claims for claims in found.values()}

    def edges_at(self, nodes: Collection[str]) -> list[Edge]:
        return expand(self._connection, nodes, None, direction=Direction.BOTH)

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        return reading.iter_claims(self._connection, batch)

    def replace_claims(self, batch: Batch) -> None:
        replace_claims(self._connection, batch)

    def _numbers(self, table: str, ids: Collection[str]) -> list[int]:
        rows = self._connection.execute(
            f"SELECT f.n FROM json_each(?) j CROSS JOIN {table} f ON f.id = j.value", [to_json(sorted(ids))]
        )
        return [number for (number,) in rows]
