"""What a writing transaction does: claims come and go, and the facts that they are about are folded again."""

import sqlite3
from collections.abc import Sequence

from graph.encoding import to_json
from graph.facts import Batch, BatchHeader, ClaimT
from graph.sources import settle
from graph.sqlite.batches import delete_header, find_header, put_header, put_sources, related_headers
from graph.sqlite.refold import Touched, fold_new, fold_touched
from graph.sqlite.rows import claim_row
from graph.store import Written

_CLAIM_VALUES = "(fact, batch, label, properties, evidence, rule, inferred, is_own, origin) VALUES (?,?,?,?,?,?,?,?,?)"


def write(connection: sqlite3.Connection, batch: Batch) -> Written:
    """Store a batch that the door has admitted; what it means for other batches is `graph.sources.settle`'s word."""
    found = find_header(connection, batch.header.id)
    others = related_headers(connection, batch.header)
    settlement = settle(batch.header, found[1] if found else None, list(others.values()))
    if settlement.written is Written.UNCHANGED:
        return settlement.written
    touched = Touched(settlement.header)
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
        add_claims(connection, touched, batch=batch, header=settlement.header)
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
    add_claims(connection, touched, batch=batch, header=batch.header)
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
        facts.update(fact for (fact,) in connection.execute(f"SELECT fact FROM {table} WHERE batch = ?", [number]))
        connection.execute(f"DELETE FROM {table} WHERE batch = ?", [number])


def add_claims(connection: sqlite3.Connection, touched: Touched, *, batch: Batch, header: BatchHeader) -> None:
    """Store a batch's header and claims; what else they are about is added to the facts to be folded again."""
    number = put_header(connection, header)
    node_numbers, touched.new_nodes = _numbered(connection, "nodes", batch.nodes)
    edge_numbers, touched.new_edges = _numbered(connection, "edges", batch.edges)
    touched.nodes.update(n for n in node_numbers.values() if n not in touched.new_nodes)
    touched.edges.update(n for n in edge_numbers.values() if n not in touched.new_edges)
    touched.node_numbers = node_numbers
    fold_new(connection, touched)
    node_rows = ((node_numbers[c.id], number, *claim_row(c, c.label)) for c in batch.nodes)
    connection.executemany(f"INSERT INTO node_claims {_CLAIM_VALUES}", node_rows)
    edge_rows = ((edge_numbers[c.id], number, *claim_row(c, "")) for c in batch.edges)
    connection.executemany(f"INSERT INTO edge_claims {_CLAIM_VALUES}", edge_rows)


def _numbered(
    connection: sqlite3.Connection, table: str, claims: Sequence[ClaimT]
) -> tuple[dict[str, int], dict[int, ClaimT]]:
    """Numbers of the facts that are claimed, by id, and the claims of those that the store did not have.

    New numbers rise with the ids, so that the rows go into the indexes in order.
    """
    by_id = {claim.id: claim for claim in claims}
    ids = to_json(sorted(by_id))
    rows = connection.execute(
        f"SELECT f.id, f.n FROM json_each(?) j CROSS JOIN {table} f ON f.id = j.value", [ids]
    ).fetchall()
    numbers: dict[str, int] = dict(rows)
    following: int = connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0]
    unknown = (by_id[id_] for id_ in sorted(by_id.keys() - numbers.keys()))
    new = dict(enumerate(unknown, following))
    numbers.update((claim.id, n) for n, claim in new.items())
    return numbers, new
