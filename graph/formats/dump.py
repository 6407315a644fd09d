"""`jsonl`: the complete dump. Read into an empty store it gives the same store; `graph.formats.load` reads it.

Lines: first what the file is; per batch its header, its claims (nodes by id, edges by id), and a line that ends it with
their numbers; at last a line that ends the file. A file that was cut short is known by the missing ends.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import BinaryIO

from graph import ids
from graph.facts import BatchHeader, EdgeClaim, Evidence, NodeClaim
from graph.formats.parts import Json, Selection, portable, properties_json, to_json
from graph.formats.scope import Scope
from graph.sources import PART, without_path

FORMAT = "policygraph"
VERSION = 1


def write_dump(selection: Selection, out: BinaryIO) -> None:
    """Write batch by batch; of a scope the claims on its facts, as batches of their own."""
    headers = selection.store.batches()
    parts = [part for header in headers if (part := _part_of(selection, header)) is not None]
    _write(out, {"format": FORMAT, "version": VERSION})
    for source, header, kept in sorted(parts, key=lambda part: part[1].id):
        _write(out, {"batch": _header_json(selection, header)})
        numbers = {"nodes": 0, "edges": 0}
        for claim in _iter_claims(selection, source, kept):
            kind, record = claim_record(selection, header, claim)
            numbers[f"{kind}s"] += 1
            _write(out, {kind: record})
        _write(out, {"end": header.id, "nodes": numbers["nodes"], "edges": numbers["edges"]})
    _write(out, {"end": FORMAT, "batches": len(parts)})


def _write(out: BinaryIO, record: dict[str, Json]) -> None:
    out.write(to_json(record).encode() + b"\n")


def _part_of(selection: Selection, header: BatchHeader) -> tuple[str, BatchHeader, Collection[str] | None] | None:
    """Id of the batch, header to write, ids of the facts to write (None: all); None if it says nothing in scope."""
    if selection.scope is None:
        return header.id, header, None
    kept = _facts_in_scope(selection, selection.scope, header.id)
    if not kept:
        return None
    # A part must not pass for the whole batch: whoever loads the document later gets all of it.
    part = ids.batch_id("part", header.id, *sorted(kept))
    options = {PART: header.id, **header.options}
    return header.id, replace(header, id=part, options=options), kept


def _facts_in_scope(selection: Selection, scope: Scope, batch: str) -> set[str]:
    """Facts of the batch within the scope, with the ends of its edges and the passages that its evidence lies in."""
    kept: set[str] = set()
    for claim in selection.store.iter_batch(batch):
        if claim.id not in scope.nodes and claim.id not in scope.edges:
            continue
        kept.add(claim.id)
        if isinstance(claim, EdgeClaim):
            kept.update((claim.source, claim.target))
    added = set(kept)
    while added:
        added = _places_of(selection, batch, added) - kept
        kept |= added
    return kept


def _places_of(selection: Selection, batch: str, facts: Collection[str]) -> set[str]:
    """Documents and passages of the evidence of these facts."""
    claims = (claim for claim in selection.store.iter_batch(batch) if claim.id in facts)
    return {place for claim in claims for piece in claim.evidence for place in (piece.document, piece.passage)}


def _iter_claims(selection: Selection, batch: str, kept: Collection[str] | None) -> Iterator[NodeClaim | EdgeClaim]:
    for claim in selection.store.iter_batch(batch):
        if kept is None or claim.id in kept:
            yield claim


def _header_json(selection: Selection, header: BatchHeader) -> dict[str, Json]:
    written: dict[str, Json] = {
        "id": header.id,
        "kind": header.kind.value,
        "title": header.title,
        "content": header.content,
        "version": header.version,
        "sources": [*sorted({without_path(source) for source in header.sources})],
        "options": {**header.options},
        "issued_on": header.issued_on,
        "has_text": header.has_text and not selection.without_text,
    }
    if selection.with_loaded_at:
        written["loaded_at"] = header.loaded_at
    return written


def claim_record(
    selection: Selection, header: BatchHeader, claim: NodeClaim | EdgeClaim
) -> tuple[str, dict[str, Json]]:
    """`node` or `edge`, and the claim as a dump has it; what is empty is left out."""
    properties = dict(claim.properties)
    record: dict[str, Json] = {"id": claim.id}
    if isinstance(claim, NodeClaim):
        kind = "node"
        properties = portable(selection, claim.label, properties)
        record["label"] = claim.label
    else:
        kind = "edge"
        record |= {"type": claim.type, "source": claim.source, "target": claim.target}
        record |= {"discriminator": claim.discriminator} if claim.discriminator else {}
    record |= {"properties": properties_json(properties)} if properties else {}
    record |= {"evidence": [_piece_json(header, piece) for piece in claim.evidence]} if claim.evidence else {}
    record |= {"rule": claim.rule} if claim.rule else {}
    inferred: list[Json] = [name for name in claim.inferred if name in properties]
    record |= {"inferred": inferred} if inferred else {}
    record |= {"is_own": True} if claim.is_own else {}
    record |= {"origin": claim.origin.value} if claim.origin else {}
    return kind, record


def _piece_json(header: BatchHeader, piece: Evidence) -> Json:
    """A piece of evidence; the document is left out where it is the batch's own, the context where there is none."""
    record: dict[str, Json] = {"passage": piece.passage, "start": piece.start, "end": piece.end}
    record |= {"document": piece.document} if piece.document != ids.document_id(header.content) else {}
    record |= {"context": [[start, end] for start, end in piece.context]} if piece.context else {}
    return record
