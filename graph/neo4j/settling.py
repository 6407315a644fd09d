"""What settling decisions needs of the shared store, within a transaction."""

from collections.abc import Collection, Iterator

from neo4j import ManagedTransaction

from graph.facts import Attributed, Batch, BatchHeader, BatchKind, Edge, EdgeClaim, NodeClaim
from graph.neo4j import reading
from graph.neo4j.batches import all_headers
from graph.neo4j.carrying import Change, carry_out
from graph.neo4j.claims import edge_claims_of, in_chunks, node_claims_of
from graph.neo4j.connections import asking
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.last_written import LastWritten
from graph.neo4j.prepared import Prepared
from graph.neo4j.rows import edge_claim_of, node_claim_of
from graph.review.settling import settle
from graph.store import Direction


def settle_reviews(
    transaction: ManagedTransaction,
    cypher: Cypher,
    last: LastWritten,
    *,
    added: Batch | None = None,
    gone: BatchHeader | None = None,
) -> None:
    """Have every decision claim what it means for the graph as the transaction leaves it: `graph.review.settling`."""
    settle(_Neo4jLedger(transaction, cypher, last), added=added, gone=gone)


class _Neo4jLedger:
    """`graph.review.claims.Ledger` in a transaction."""

    def __init__(self, transaction: ManagedTransaction, cypher: Cypher, last: LastWritten) -> None:
        self._tx = transaction
        self._cypher = cypher
        self._last = last
        self._ask = asking(transaction)

    def reviews(self) -> list[BatchHeader]:
        return all_headers(self._tx, self._cypher, BatchKind.REVIEW)

    def node_claims(self, nodes: Collection[str]) -> dict[str, list[Attributed[NodeClaim]]]:
        chunks = (node_claims_of(self._ask, self._cypher, some) for some in in_chunks(nodes))
        return {id_: claims for found in chunks for id_, claims in found.items()}

    def edge_claims(self, edges: Collection[str]) -> dict[str, list[Attributed[EdgeClaim]]]:
        chunks = (edge_claims_of(self._ask, self._cypher, some) for some in in_chunks(edges))
        return {id_: claims for found in chunks for id_, claims in found.items()}

    def edges_at(self, nodes: Collection[str]) -> list[Edge]:
        return reading.expand(self._tx, self._cypher, nodes, None, direction=Direction.BOTH, limit_each=None)

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        for fact, said in self._said(batch, NODE_CLAIM):
            yield node_claim_of(fact, said)
        for fact, said in self._said(batch, EDGE_CLAIM):
            yield edge_claim_of(fact, said)

    def _said(self, batch: str, kind: str) -> Iterator[tuple[str, str]]:
        after = ""
        while page := reading.claims_of_batch(self._tx, self._cypher, batch, kind=kind, after=after):
            yield from page
            after = page[-1][0]

    def replace_claims(self, batch: Batch) -> None:
        carry_out(self._tx, self._cypher, Change(added=Prepared(batch), is_counted=False), self._last)
