"""A batch that the door has admitted, with the rows that its claims and facts have in the database."""

from collections.abc import Iterable
from itertools import chain, islice
from operator import attrgetter
from typing import TypeAlias

from graph.door import admit
from graph.facts import Attributed, Batch, BatchHeader, EdgeClaim, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import first_standing
from graph.neo4j.last_written import LastWritten
from graph.neo4j.rows import edge_map, edge_said, node_map, node_said
from graph.review.decisions import unsettled

AHEAD = 5_000
"""Rows of so many claims are made ahead; those of a longer batch are made when they are sent: they fill memory."""

ClaimRow: TypeAlias = dict[str, str]
FactRow: TypeAlias = list[object]


class Prepared:
    """Claims by id, in its order, and their rows: of the claim itself, and of the fact where nobody else states it."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.nodes = {claim.id: claim for claim in sorted(batch.nodes, key=attrgetter("id"))}
        self.edges = {claim.id: claim for claim in sorted(batch.edges, key=attrgetter("id"))}
        self._claim_rows: dict[str, ClaimRow] = {}
        self._fact_rows: dict[str, FactRow] = {}

    @classmethod
    def of(cls, batch: Batch) -> "Prepared":
        """The batch as it is to be stored; raises BadBatch."""
        return cls(admit(unsettled(batch)))

    @classmethod
    def ahead(cls, batch: Batch, last: LastWritten) -> "Prepared":
        """The batch as it is to be stored, with its rows, for when there is nothing else to do; raises BadBatch.

        Facts that were `last` written are there, so that no batch alone states them.
        """
        prepared = cls.of(batch)
        claims: Iterable[NodeClaim | EdgeClaim] = chain(prepared.nodes.values(), prepared.edges.values())
        for claim in islice(claims, AHEAD):
            prepared._claim_rows[claim.id] = _claim_row(claim)
            if claim.id not in last.nodes and claim.id not in last.edges:
                prepared._fact_rows[claim.id] = prepared._fact_row(claim)
        return prepared

    def under(self, header: BatchHeader) -> "Prepared":
        """The same claims with another header, which facts may show."""
        return self if header == self.batch.header else Prepared(Batch(header, self.batch.nodes, self.batch.edges))

    def claim_row(self, claim: NodeClaim | EdgeClaim) -> ClaimRow:
        """What stands for a claim of the batch."""
        return self._claim_rows.get(claim.id) or _claim_row(claim)

    def fact_rows(self, claims: Iterable[NodeClaim | EdgeClaim]) -> list[FactRow]:
        """Facts that the batch alone states: of nodes [labels, properties], of edges [source, target, properties]."""
        return [self._fact_rows.get(claim.id) or self._fact_row(claim) for claim in claims]

    def _fact_row(self, claim: NodeClaim | EdgeClaim) -> FactRow:
        header = self.batch.header
        if isinstance(claim, NodeClaim):
            stated = Attributed(claim, header)
            node = fold_node([stated])
            return [node.labels, node_map(node, first_standing(stated))]
        edge = fold_edge([Attributed(claim, header)])
        return [edge.source, edge.target, edge_map(edge)]


def _claim_row(claim: NodeClaim | EdgeClaim) -> ClaimRow:
    if isinstance(claim, NodeClaim):
        return {"fact": claim.id, "said": node_said(claim)}
    return {"fact": claim.id, "said": edge_said(claim), "type": claim.type}
