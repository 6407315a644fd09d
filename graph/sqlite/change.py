"""What a writing transaction does: claims come and go, and the facts that they are about are folded again."""

import sqlite3
from collections.abc import Sequence

from graph.facts import Batch
from graph.sources import settle
from graph.sqlite.adding import Touched, add_claims
from graph.sqlite.batches import delete_header, find_header, put_sources, related_headers
from graph.sqlite.refold import fold_touched
from graph.sqlite.tallies import tally_claims
from graph.store import Written


def write(connection: sqlite3.Connection, batch: Batch) -> Written:
    """Store a batch that the door has admitted; what it means for other batches is `graph.sources.settle`'s word."""
    found = find_header(connection, batch.header.id)
    others = related_headers(connection, batch.header)
    settlement = settle(batch.header, found[1] if found else None, list(others.values()))
    if settlement.written is Written.UNCHANGED:
        return settlement.written
    touched = Touched(settlement.header, may_grow=not found and not others)
    for number, header in others.items():
        left = settlement.left.get(header.id)
        if left:
            _change_sources(connection, touched, number=number, sources=left)
        elif left is not None:
            _remove_batch(connection, touched, number)
    if found and settlement.written is Written.NEW_SOURCE:
        _change_sources(connection, touched, number=found[0], sources=settlement.header.sources)
    else:
        if found:
            _remove_claims(connection, touched, found[0])
        add_claims(connection, touched, batch=batch)
    _finish(connection, touched)
    return settlement.written


def retract(connection: sqlite3.Connection, batch: str, *, source: str | None) -> bool:
    """Take back a batch, or one of its sources and with the last the batch; False if there is no such."""
    found = find_header(connection, batch)
    if found is None or (source is not None and source not in found[1].sources):
        return False
    number, header = found
    touched = Touched(header)
    left = tuple(uri for uri in header.sources if uri != source) if source is not None else ()
    if left:
        _change_sources(connection, touched, number=number, sources=left)
    else:
        _remove_batch(connection, touched, number)
    _finish(connection, touched)
    return True


def replace_claims(connection: sqlite3.Connection, batch: Batch) -> None:
    """Have a stored batch say this and nothing else; part of a change that counts already."""
    found = find_header(connection, batch.header.id)
    assert found is not None
    touched = Touched(batch.header)
    _remove_claims(connection, touched, found[0])
    add_claims(connection, touched, batch=batch)
    fold_touched(connection, touched)


def _finish(connection: sqlite3.Connection, touched: Touched) -> None:
    fold_touched(connection, touched)
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'store_version'")


def _change_sources(connection: sqlite3.Connection, touched: Touched, *, number: int, sources: Sequence[str]) -> None:
    """Documents show the sources of their batches, so they have to be folded again."""
    put_sources(connection, number, sources)
    documents = connection.execute("SELECT fact FROM node_claims WHERE batch = ? AND label = 'Document'", [number])
    touched.nodes.update(fact for (fact,) in documents)


def _remove_batch(connection: sqlite3.Connection, touched: Touched, number: int) -> None:
    _remove_claims(connection, touched, number)
    delete_header(connection, number)


def _remove_claims(connection: sqlite3.Connection, touched: Touched, number: int) -> None:
    for table, facts in (("node_claims", touched.nodes), ("edge_claims", touched.edges)):
        rows = connection.execute(f"DELETE FROM {table} WHERE batch = ? RETURNING fact", [number]).fetchall()
        facts.update(fact for (fact,) in rows)
        tally_claims(connection, -len(rows))
