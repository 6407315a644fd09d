"""Carrying out a change of claims: facts are folded again, made, and deleted.

First everything is read and folded that was there, then comes what is new, and at last what goes: a server looks
through all that a transaction has deleted whenever an index is asked after it, so that 10,000 deletions followed by
as many questions take minutes. For the same reason nodes and relationships go by the element ids that were read first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.facts import Attributed, Batch, BatchHeader, Edge, EdgeClaim
from graph.fold import fold_edge, fold_node
from graph.neo4j.batches import header_parameters
from graph.neo4j.claims import in_chunks
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.refolding import Refolder
from graph.neo4j.rows import edge_map, edge_said, node_map, node_said
from graph.neo4j.sending import Sender

EdgeT = TypeVar("EdgeT", Edge, EdgeClaim)


@dataclass(slots=True)
class Change:
    """What happens to batches: one is added, some have other sources than before, some go.

    `is_new` says that the batch that is added was not in the store; else it takes the place of what it was. `is_alone`
    says that besides no other has its content, so that its claims can be added to facts whose claims are not read.
    `is_counted` is false for what follows from another change, which has raised the version already.
    """

    added: Batch | None = None
    is_new: bool = False
    is_alone: bool = False
    moved: list[BatchHeader] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    is_counted: bool = True


@dataclass(slots=True)
class _Stored:
    """What the batches that are replaced or go have said: elements of the claims by batch and fact, types of edges."""

    nodes: dict[tuple[str, str], str] = field(default_factory=dict)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


def carry_out(transaction: ManagedTransaction, cypher: Cypher, change: Change) -> None:
    """Bring the store from its claims to those after the change, and count one more version."""
    with Sender(transaction) as sender:
        _Carrier(sender, cypher, change).run()


class _Carrier:
    def __init__(self, sender: Sender, cypher: Cypher, change: Change) -> None:
        self._sender = sender
        self._cypher = cypher
        self._change = change
        added = change.added
        self._nodes = {claim.id: claim for claim in added.nodes} if added else {}
        self._edges = {claim.id: claim for claim in added.edges} if added else {}
        self._out = {*change.gone, *([added.header.id] if added else [])}
        self._stored = _Stored()

    def run(self) -> None:
        added = self._change.added
        for batch in sorted(self._out - ({added.header.id} if added and self._change.is_new else set())):
            self._read_claims(batch)
        refolder = Refolder(
            self._sender,
            self._cypher,
            added=added,
            out=frozenset(self._out),
            headers={header.id: header for header in self._change.moved},
            may_grow=self._change.is_alone,
        )
        nodes = refolder.nodes(self._touched_nodes())
        edges = refolder.edges(self._touched_edges(nodes.known))
        if added:
            self._create(added.header, known_nodes=nodes.known, known_edges=edges.known)
        for header in self._change.moved:
            self._sender.run(self._cypher.put_header, **header_parameters(header))
        self._delete(nodes=nodes.gone, edges=edges.gone)
        if self._change.is_counted:
            self._sender.run(self._cypher.raise_version)

    def _read_claims(self, batch: str) -> None:
        stored = self._stored
        for fact, element, _ in self._sender.ask(self._cypher.claims_by_batch(NODE_CLAIM), id=batch):
            stored.nodes[batch, fact] = element
        for fact, element, type_ in self._sender.ask(self._cypher.claims_by_batch(EDGE_CLAIM), id=batch):
            stored.edges[batch, fact] = element
            stored.types[fact] = type_

    def _touched_nodes(self) -> set[str]:
        """Ids of the nodes to be folded again, where they are there. Documents show the sources of their batches."""
        touched = {*self._nodes, *(fact for _, fact in self._stored.nodes)}
        for header in self._change.moved:
            touched.update(fact for (fact,) in self._sender.ask(self._cypher.documents_of_batch, id=header.id))
        return touched

    def _touched_edges(self, known_nodes: set[str]) -> dict[str, str]:
        """Types of the edges to be folded again, by id: an edge can be there only where both of its ends are."""
        types = {c.id: c.type for c in self._edges.values() if c.source in known_nodes and c.target in known_nodes}
        return types | self._stored.types

    def _create(self, header: BatchHeader, *, known_nodes: set[str], known_edges: set[str]) -> None:
        """Put the claims, and the facts that are new. Claims come first: while they are stored, facts are folded."""
        self._sender.run(self._cypher.put_header, **header_parameters(header))
        said = ((c.id, {"fact": c.id, "said": node_said(c)}) for _, c in sorted(self._nodes.items()))
        self._put_claims(header.id, NODE_CLAIM, said, self._stored.nodes)
        said = ((c.id, {"fact": c.id, "said": edge_said(c), "type": c.type}) for _, c in sorted(self._edges.items()))
        self._put_claims(header.id, EDGE_CLAIM, said, self._stored.edges)
        new_nodes = [claim for id_, claim in sorted(self._nodes.items()) if id_ not in known_nodes]
        for some in in_chunks(new_nodes):
            nodes = [fold_node([Attributed(claim, header)]) for claim in some]
            self._sender.send(self._cypher.create_nodes, [[node.labels, node_map(node)] for node in nodes])
        for type_, claims in _by_type(claim for id_, claim in self._edges.items() if id_ not in known_edges):
            for others in in_chunks(claims):
                edges = [fold_edge([Attributed(claim, header)]) for claim in others]
                rows = [[edge.source, edge.target, edge_map(edge)] for edge in edges]
                self._sender.send(self._cypher.create_edges(type_), rows)

    def _put_claims(
        self, batch: str, kind: str, rows: Iterable[tuple[str, dict[str, str]]], stored: dict[tuple[str, str], str]
    ) -> None:
        """Claims take the places of those that the batch had of the same facts; those are no longer to be deleted."""
        for some in in_chunks(rows):
            places = [(stored.pop((batch, fact), None), row) for fact, row in some]
            self._sender.send(self._cypher.update_claims, [[place, row["said"]] for place, row in places if place])
            created = [row for place, row in places if not place]
            self._sender.send(self._cypher.create_claims(kind), created, batch=batch)

    def _delete(self, *, nodes: Sequence[str], edges: Sequence[str]) -> None:
        claims = [*self._stored.nodes.values(), *self._stored.edges.values()]
        headers = [
            element
            for batch in self._change.gone
            for (element,) in self._sender.ask(self._cypher.batch_elements, id=batch)
        ]
        for elements in in_chunks(edges):
            self._sender.run(self._cypher.delete_edges, elements=elements)
        for elements in in_chunks([*nodes, *claims, *headers]):
            self._sender.run(self._cypher.delete_nodes, elements=elements)


def _by_type(edges: Iterable[EdgeT]) -> Iterator[tuple[str, Iterator[EdgeT]]]:
    return groupby(sorted(edges, key=attrgetter("type", "id")), key=attrgetter("type"))
