"""Headers of batches and their sources."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from neo4j import ManagedTransaction

from graph.facts import BatchHeader, BatchKind
from graph.ids import digest
from graph.neo4j.connections import Ask, Runs, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import header_map, header_of
from graph.sources import rival_kind, wanted_sources


def all_headers(transaction: Runs, cypher: Cypher, kind: BatchKind | None = None) -> list[BatchHeader]:
    """Headers of all batches, or of those of a kind, by id."""
    if kind is None:
        return _by_id(rows_of(transaction, cypher.all_headers))
    return _by_id(rows_of(transaction, cypher.headers_of_kind, kind=kind.value))


def headers_of(ask: Ask, cypher: Cypher, batches: Collection[str]) -> dict[str, BatchHeader]:
    """Headers of the batches of these ids that are there."""
    return {header.id: header for header in _by_id(ask(cypher.headers, ids=sorted(batches)))}


def own_and_related(
    transaction: ManagedTransaction, cypher: Cypher, header: BatchHeader
) -> tuple[BatchHeader | None, list[BatchHeader]]:
    """The stored header of the same id, and other batches of the same sort that matter to a header, by id.

    Those are the ones that hold one of its `wanted_sources` or have its content.
    """
    found = rows_of(
        transaction,
        cypher.related_headers,
        id=header.id,
        kind=rival_kind(header).value,
        content=header.content,
        keys=[digest(source) for source in sorted(wanted_sources(header))],
    )
    headers = _by_id(found)
    own = next((stored for stored in headers if stored.id == header.id), None)
    return own, [stored for stored in headers if stored.id != header.id]


def header_parameters(header: BatchHeader) -> dict[str, Any]:
    """What the statement that stores or replaces a header is given."""
    sources = [{"key": digest(uri), "batch": header.id} for uri in header.sources]
    return {"id": header.id, "header": header_map(header), "sources": sources}


def _by_id(rows: Iterable[Sequence[Any]]) -> list[BatchHeader]:
    return sorted((header_of(stored) for (stored,) in rows), key=lambda header: header.id)
