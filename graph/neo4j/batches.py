"""Headers of batches and their sources."""

from collections.abc import Collection

from neo4j import ManagedTransaction

from graph.facts import BatchHeader, BatchKind
from graph.ids import digest
from graph.neo4j.connections import done, many
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import header_map, header_of
from graph.sources import wanted_sources


def all_headers(transaction: ManagedTransaction, cypher: Cypher) -> list[BatchHeader]:
    """Headers of all batches, by id."""
    return [header_of(record["header"]) for record in many(transaction, cypher.all_headers)]


def headers_of(transaction: ManagedTransaction, cypher: Cypher, batches: Collection[str]) -> dict[str, BatchHeader]:
    """Headers of the batches of these ids that are there."""
    found = many(transaction, cypher.headers, ids=sorted(batches))
    return {record["header"]["id"]: header_of(record["header"]) for record in found}


def find_header(transaction: ManagedTransaction, cypher: Cypher, batch: str) -> BatchHeader | None:
    """The header of the batch of this id."""
    return headers_of(transaction, cypher, [batch]).get(batch)


def related_headers(transaction: ManagedTransaction, cypher: Cypher, header: BatchHeader) -> list[BatchHeader]:
    """Other batches of documents that hold one of the sources that matter to a header, or have its content, by id."""
    found = many(
        transaction,
        cypher.related_headers,
        id=header.id,
        kind=BatchKind.DOCUMENT.value,
        content=header.content,
        keys=[digest(source) for source in sorted(wanted_sources(header))],
    )
    return [header_of(record["header"]) for record in found]


def put_header(transaction: ManagedTransaction, cypher: Cypher, header: BatchHeader) -> None:
    """Store or replace a header with its sources."""
    done(transaction, cypher.put_header, id=header.id, header=header_map(header))
    done(transaction, cypher.forget_sources, id=header.id)
    done(transaction, cypher.add_sources, rows=[{"key": digest(uri), "batch": header.id} for uri in header.sources])
