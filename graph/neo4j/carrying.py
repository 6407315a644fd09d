"""Carrying out a change of claims: facts are folded again, made, and deleted.

What goes, goes at last: a server looks through all that a transaction has deleted whenever an index is asked after it,
so that 10,000 deletions followed by as many questions take minutes. For the same reason nodes and relationships go by
the element ids that were read first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from neo4j import ManagedTransaction

from graph.facts import BatchHeader, EdgeClaim, NodeClaim
from graph.neo4j.batches import header_parameters
from graph.neo4j.claims import by_type, in_chunks
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.last_written import LastWritten
from graph.neo4j.prepared import Prepared
from graph.neo4j.refolding import Refolder
from graph.neo4j.rows import edge_map, node_map
from graph.neo4j.sending import Sender

_Kind: TypeAlias = tuple[str, Iterable[NodeClaim | EdgeClaim], dict[tuple[str, str], str]]
"""The kind of claims, those that are added, and elements of those that are stored."""


@dataclass(slots=True)
class Change:
    """What happens to batches: one is added, some have other sources than before, some go.

    `is_new` says that the batch that is added was not in the store; else it takes the place of what it was. `is_alone`
    says that besides no other has its content, so that its claims can be added to facts whose claims are not read.
    `is_counted` is false for what follows from another change, which has raised the version already.
    """

    added: Prepared | None = None
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


def carry_out(
    transaction: ManagedTransaction, cypher: Cypher, change: Change, last: LastWritten, *, beside: Ask | None = None
) -> None:
    """Bring the store from its claims to those after the change, and count one more version.

    What was there, but for what was `last` written, is asked `beside` the transaction where that is given, which must
    not have changed anything yet.
    """
    with Sender(transaction, beside) as sender:
        _Carrier(sender, cypher, change, last).run()


class _Carrier:
    def __init__(self, sender: Sender, cypher: Cypher, change: Change, last: LastWritten) -> None:
        self._sender = sender
        self._cypher = cypher
        self._change = change
        added = change.added
        self._nodes: Mapping[str, NodeClaim] = added.nodes if added else {}
        self._edges: Mapping[str, EdgeClaim] = added.edges if added else {}
        self._out = {*change.gone, *([added.batch.header.id] if added else [])}
        self._stored = _Stored()
        if not change.is_alone:
            last.forget()
        self._refolder = Refolder(
            sender.ask,
            cypher,
            added=added,
            out=frozenset(self._out),
            headers={header.id: header for header in change.moved},
            last=last if change.is_alone else None,
        )

    def run(self) -> None:
        """Claims come first: while they are stored, the facts that are there are read and folded."""
        added = self._change.added
        for batch in sorted(self._out - ({added.batch.header.id} if added and self._change.is_new else set())):
            self._read_claims(batch)
        touched = self._touched_nodes()
        types = self._stored.types.copy()
        if added:
            self._put_claims(added)
        known, nodes_gone = self._put_nodes(touched)
        # An edge can be there only where both of its ends are.
        types |= {c.id: c.type for c in self._edges.values() if c.source in known and c.target in known}
        edges_gone = self._put_edges(types)
        for header in self._change.moved:
            self._sender.run(self._cypher.put_header, **header_parameters(header))
        self._delete(nodes=nodes_gone, edges=edges_gone)
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
        """Ids of the nodes to be made or folded again. Documents show the sources of their batches."""
        touched = {*self._nodes, *(fact for _, fact in self._stored.nodes)}
        for header in self._change.moved:
            touched.update(fact for (fact,) in self._sender.ask(self._cypher.documents_of_batch, id=header.id))
        return touched

    def _put_claims(self, added: Prepared) -> None:
        """Claims take the places of those that the batch had of the same facts; those are no longer to be deleted."""
        header = added.batch.header
        self._sender.run(self._cypher.put_header, **header_parameters(header))
        kinds: tuple[_Kind, _Kind] = (
            (NODE_CLAIM, self._nodes.values(), self._stored.nodes),
            (EDGE_CLAIM, self._edges.values(), self._stored.edges),
        )
        for kind, claims, stored in kinds:
            for some in in_chunks(claims):
                places = {c.id: stored.pop((header.id, c.id)) for c in some if (header.id, c.id) in stored}
                updated = [[places[claim.id], added.claim_row(claim)["said"]] for claim in some if claim.id in places]
                self._sender.send(self._cypher.update_claims, updated)
                created = [added.claim_row(claim) for claim in some if claim.id not in places]
                self._sender.send(self._cypher.create_claims(kind), created, batch=header.id)

    def _put_nodes(self, touched: Iterable[str]) -> tuple[set[str], list[str]]:
        """Make or fold the nodes of these ids; -> ids of those that were there, elements of those that go."""
        known: set[str] = set()
        gone: list[str] = []
        for some in in_chunks(sorted(touched)):
            found = self._refolder.find_nodes(some)
            known.update(found.ids)
            new = [self._nodes[id_] for id_ in some if id_ in self._nodes and id_ not in known]
            if self._change.added:
                self._sender.send(self._cypher.create_nodes, self._change.added.fact_rows(new))
            refolded = self._refolder.nodes(found)
            rows = [[node.labels, node_map(node, standing)] for node, standing in refolded.facts]
            self._sender.send(self._cypher.update_nodes, rows)
            gone += refolded.gone
        return known, gone

    def _put_edges(self, types: Mapping[str, str]) -> list[str]:
        """Make the edges that are new, fold those of these ids and types; -> elements of those that go."""
        known: set[str] = set()
        gone: list[str] = []
        for some in in_chunks(sorted(types)):
            found = self._refolder.find_edges({id_: types[id_] for id_ in some})
            known.update(found.ids)
            refolded = self._refolder.edges(found)
            updated = by_type((edge.type, edge_map(edge, standing)) for edge, standing in refolded.facts)
            for type_, rows in updated.items():
                self._sender.send(self._cypher.update_edges(type_), rows)
            gone += refolded.gone
        if self._change.added:
            new = by_type((claim.type, claim) for id_, claim in self._edges.items() if id_ not in known)
            for type_, claims in sorted(new.items()):
                for others in in_chunks(claims):
                    self._sender.send(self._cypher.create_edges(type_), self._change.added.fact_rows(others))
        return gone

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
