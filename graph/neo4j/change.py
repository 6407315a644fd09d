"""Writing and retracting: what either means for batches, their sources and their claims."""

from dataclasses import replace

from graph.facts import BatchKind
from graph.neo4j.batches import own_and_others
from graph.neo4j.carrying import Change, carry_out
from graph.neo4j.connections import Turn
from graph.neo4j.cypher import Cypher
from graph.neo4j.last_written import LastWritten
from graph.neo4j.prepared import Prepared
from graph.neo4j.settling import settle_reviews
from graph.sources import settle
from graph.store import Written


def write(turn: Turn, cypher: Cypher, prepared: Prepared, last: LastWritten) -> Written:
    """Store a batch; what it means for other batches is `graph.sources.settle`'s word.

    The turn must be a `turn_for` its header.
    """
    batch = prepared.batch
    last.begin(turn.version)
    stored, others = own_and_others(turn.headers, batch.header.id)
    settlement = settle(batch.header, stored, others)
    if settlement.written is Written.UNCHANGED:
        return settlement.written
    change = Change(is_new=stored is None, is_alone=stored is None and not others)
    for header in others:
        left = settlement.left.get(header.id)
        if left:
            change.moved.append(replace(header, sources=left))
        elif left is not None:
            change.gone.append(header.id)
    if stored and settlement.written is Written.NEW_SOURCE:
        change.moved.append(replace(stored, sources=settlement.header.sources))
    else:
        change.added = prepared.under(settlement.header)
    carry_out(turn.transaction, cypher, change, last, beside=turn.beside)
    if turn.is_reviewed or batch.header.kind is BatchKind.REVIEW:
        added = batch if settlement.written is Written.ADDED else None
        settle_reviews(turn.transaction, cypher, last, added=added)
    return settlement.written


def retract(turn: Turn, cypher: Cypher, batch: str, *, source: str | None) -> bool:
    """Take back a batch, or one of its sources and with the last the batch; False if there is no such.

    The turn must be a `turn_for_id`.
    """
    header, _ = own_and_others(turn.headers, batch)
    if header is None or (source is not None and source not in header.sources):
        return False
    left = tuple(uri for uri in header.sources if uri != source) if source is not None else ()
    change = Change(moved=[replace(header, sources=left)]) if left else Change(gone=[batch])
    last = LastWritten()
    carry_out(turn.transaction, cypher, change, last, beside=turn.beside)
    if turn.is_reviewed:
        settle_reviews(turn.transaction, cypher, last, gone=header)
    return True
