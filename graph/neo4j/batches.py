"""Headers of batches and their sources."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from neo4j import ManagedTransaction

from graph.facts import BatchHeader, BatchKind
from graph.ids import digest
from graph.neo4j.connections import done, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import header_map, header_of
from graph.sources import wanted_sources


def all_headers(transaction: ManagedTransaction, cypher: Cypher) -> list[BatchHeader]:
    """Headers of all batches, by id."""
    return _by_id(rows_of(transaction, cypher.all_headers))


def headers_of(transaction: ManagedTransaction, cypher: Cypher, batches: Collection[str]) -> dict[str, BatchHeader]:
    """Headers of the batches of these ids that are there."""
    found = rows_of(transaction, cypher.headers, ids=sorted(batches))
    return {header.id: header for header in _by_id(found)}


def find_header(transaction: ManagedTransaction, cypher: Cypher, batch: str) -> BatchHeader | None:
    """The header of the batch of this id."""
    return headers_of(transaction, cypher, [batch]).get(batch)


def related_headers(transaction: ManagedTransaction, cypher: Cypher, header: BatchHeader) -> list[BatchHeader]:
    """Other batches of documents that hold one of the sources that matter to a header, or have its content, by id."""
    found = rows_of(
        transaction,
        cypher.related_headers,
        id=header.id,
        kind=BatchKind.DOCUMENT.value,
        content=header.content,
        keys=[digest(source) for source in sorted(wanted_sources(header))],
    )
    return _by_id(found)


def put_header(transaction: ManagedTransaction, cypher: Cypher, header: BatchHeader) -> None:
    """Store or replace a header with its sources."""
    done(transaction, cypher.put_header, id=header.id, header=header_map(header))
    done(transaction, cypher.forget_sources, id=header.id)
    done(transaction, cypher.add_sources, rows=[{"key": digest(uri), "batch": header.id} for uri in header.sources])


def _by_id(rows: Iterable[Sequence[Any]]) -> list[BatchHeader]:
    return sorted((header_of(stored) for (stored,) in rows), key=lambda header: header.id)
