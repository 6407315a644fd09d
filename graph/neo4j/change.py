"""Writing and retracting, as one transaction each does: claims come and go, and their facts are folded again."""

from collections.abc import Sequence

from neo4j import ManagedTransaction

from graph.facts import Batch, BatchHeader
from graph.neo4j.batches import delete_header, find_header, put_header, put_sources, related_headers
from graph.neo4j.connections import done, many
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.refold import Touched, fold_new, fold_touched, in_chunks
from graph.neo4j.rows import edge_said, node_said
from graph.sources import settle
from graph.store import Written


def write(transaction: ManagedTransaction, cypher: Cypher, batch: Batch) -> Written:
    """Store a batch that the door has admitted; what it means for other batches is `graph.sources.settle`'s word."""
    stored = find_header(transaction, cypher, batch.header.id)
    others = related_headers(transaction, cypher, batch.header)
    settlement = settle(batch.header, stored, others)
    if settlement.written is Written.UNCHANGED:
        return settlement.written
    touched = Touched()
    for header in others:
        left = settlement.left.get(header.id)
        if left:
            _change_sources(transaction, cypher, touched, header=header, sources=left)
        elif left is not None:
            _remove_batch(transaction, cypher, touched, batch=header.id)
    if stored and settlement.written is Written.NEW_SOURCE:
        _change_sources(transaction, cypher, touched, header=stored, sources=settlement.header.sources)
    else:
        if stored:
            _remove_claims(transaction, cypher, touched, batch=stored.id)
        _add_claims(transaction, cypher, touched, batch=Batch(settlement.header, batch.nodes, batch.edges))
    _finish(transaction, cypher, touched)
    return settlement.written


def retract(transaction: ManagedTransaction, cypher: Cypher, batch: str, *, source: str | None) -> bool:
    """Take back a batch, or one of its sources and with the last the batch; False if there is no such."""
    header = find_header(transaction, cypher, batch)
    if header is None or (source is not None and source not in header.sources):
        return False
    touched = Touched()
    left = tuple(uri for uri in header.sources if uri != source) if source is not None else ()
    if left:
        _change_sources(transaction, cypher, touched, header=header, sources=left)
    else:
        _remove_batch(transaction, cypher, touched, batch=batch)
    _finish(transaction, cypher, touched)
    return True


def _finish(transaction: ManagedTransaction, cypher: Cypher, touched: Touched) -> None:
    fold_touched(transaction, cypher, touched)
    done(transaction, cypher.raise_version)


def _change_sources(
    transaction: ManagedTransaction, cypher: Cypher, touched: Touched, *, header: BatchHeader, sources: tuple[str, ...]
) -> None:
    """Documents show the sources of their batches, so they have to be folded again."""
    put_sources(transaction, cypher, header.id, sources=sources)
    touched.nodes.update(record["fact"] for record in many(transaction, cypher.documents_of_batch, id=header.id))


def _remove_batch(transaction: ManagedTransaction, cypher: Cypher, touched: Touched, *, batch: str) -> None:
    _remove_claims(transaction, cypher, touched, batch=batch)
    delete_header(transaction, cypher, batch)


def _remove_claims(transaction: ManagedTransaction, cypher: Cypher, touched: Touched, *, batch: str) -> None:
    nodes = [record["fact"] for record in many(transaction, cypher.facts_of_batch(NODE_CLAIM), id=batch)]
    edges = {
        record["fact"]: record["type"] for record in many(transaction, cypher.facts_of_batch(EDGE_CLAIM), id=batch)
    }
    touched.nodes.update(nodes)
    touched.edges.update(edges)
    for kind, facts in ((NODE_CLAIM, nodes), (EDGE_CLAIM, list(edges))):
        for ids in in_chunks(sorted(facts)):
            done(transaction, cypher.delete_claims(kind), ids=ids, batch=batch)


def _add_claims(transaction: ManagedTransaction, cypher: Cypher, touched: Touched, *, batch: Batch) -> None:
    put_header(transaction, cypher, batch.header)
    nodes = sorted(batch.nodes, key=lambda claim: claim.id)
    edges = sorted(batch.edges, key=lambda claim: claim.id)
    known_nodes = _known(transaction, cypher, NODE_CLAIM, [claim.id for claim in nodes]) | touched.nodes
    known_edges = _known(transaction, cypher, EDGE_CLAIM, [claim.id for claim in edges]) | touched.edges.keys()
    fold_new(
        transaction,
        cypher,
        batch.header,
        nodes=[claim for claim in nodes if claim.id not in known_nodes],
        edges=[claim for claim in edges if claim.id not in known_edges],
    )
    touched.nodes.update(claim.id for claim in nodes if claim.id in known_nodes)
    touched.edges.update({claim.id: claim.type for claim in edges if claim.id in known_edges})
    for some in in_chunks(nodes):
        rows = [{"fact": claim.id, "said": node_said(claim)} for claim in some]
        done(transaction, cypher.create_claims(NODE_CLAIM), rows=rows, batch=batch.header.id)
    for others in in_chunks(edges):
        rows = [{"fact": claim.id, "type": claim.type, "said": edge_said(claim)} for claim in others]
        done(transaction, cypher.create_claims(EDGE_CLAIM), rows=rows, batch=batch.header.id)


def _known(transaction: ManagedTransaction, cypher: Cypher, kind: str, facts: Sequence[str]) -> set[str]:
    """Those of the facts that somebody claims."""
    return {record["id"] for ids in in_chunks(facts) for record in many(transaction, cypher.known(kind), ids=[*ids])}
