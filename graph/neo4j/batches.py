"""Headers of batches and their sources."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from graph.facts import BatchHeader, BatchKind
from graph.ids import digest
from graph.neo4j.connections import Ask, Runs, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import Map, header_map, header_of
from graph.sources import rival_kind, wanted_sources


def all_headers(transaction: Runs, cypher: Cypher, kind: BatchKind | None = None) -> list[BatchHeader]:
    """Headers of all batches, or of those of a kind, by id."""
    if kind is None:
        return _by_id(rows_of(transaction, cypher.all_headers))
    return _by_id(rows_of(transaction, cypher.headers_of_kind, kind=kind.value))


def headers_of(ask: Ask, cypher: Cypher, batches: Collection[str]) -> dict[str, BatchHeader]:
    """Headers of the batches of these ids that are there."""
    return {header.id: header for header in _by_id(ask(cypher.headers, ids=sorted(batches)))}


def turn_for(header: BatchHeader) -> Map:
    """What `Cypher.take_turn` is given by who is to write a batch with this header."""
    keys = [digest(source) for source in sorted(wanted_sources(header))]
    return {"id": header.id, "kind": rival_kind(header).value, "content": header.content, "keys": keys}


def turn_for_id(batch: str) -> Map:
    """What `Cypher.take_turn` is given by who is to retract the batch of this id."""
    return {"id": batch, "kind": "", "content": "", "keys": []}


def own_and_others(headers: Iterable[Mapping[str, Any]], batch: str) -> tuple[BatchHeader | None, list[BatchHeader]]:
    """Of the headers that `Cypher.take_turn` gives the batch's own, if it is stored, and the others by id."""
    found = _by_id((stored,) for stored in headers)
    own = next((header for header in found if header.id == batch), None)
    return own, [header for header in found if header.id != batch]


def header_parameters(header: BatchHeader) -> Map:
    """What the statement that stores or replaces a header is given."""
    sources = [{"key": digest(uri), "batch": header.id} for uri in header.sources]
    return {"id": header.id, "header": header_map(header), "sources": sources}


def _by_id(rows: Iterable[Sequence[Any]]) -> list[BatchHeader]:
    return sorted((header_of(stored) for (stored,) in rows), key=lambda header: header.id)
