"""`jsonl`: the complete dump. Read into an empty store it gives the same store; `graph.formats.load` reads it.

Lines: first what the file is; per batch its header, its claims (nodes by id, edges by id), and a line that ends it with
their numbers; at last a line that ends the file. A file that was cut short is known by the missing ends.
"""

from typing import BinaryIO

from graph import ids
from graph.facts import BatchHeader, EdgeClaim, Evidence, NodeClaim
from graph.formats.batches import iter_batches
from graph.formats.parts import Json, Selection, properties_json, to_json

FORMAT = "policygraph"
VERSION = 1


def write_dump(selection: Selection, out: BinaryIO) -> None:
    """Write batch by batch; of a scope the claims on its facts, as batches of their own."""
    _write(out, {"format": FORMAT, "version": VERSION})
    batches = 0
    for header, claims in iter_batches(selection):
        _write(out, {"batch": _header_json(header, with_loaded_at=selection.with_loaded_at)})
        numbers = {"nodes": 0, "edges": 0}
        for claim in claims:
            kind, record = claim_record(header, claim)
            numbers[f"{kind}s"] += 1
            _write(out, {kind: record})
        _write(out, {"end": header.id, "nodes": numbers["nodes"], "edges": numbers["edges"]})
        batches += 1
    _write(out, {"end": FORMAT, "batches": batches})


def _write(out: BinaryIO, record: dict[str, Json]) -> None:
    out.write(to_json(record).encode() + b"\n")


def _header_json(header: BatchHeader, *, with_loaded_at: bool) -> dict[str, Json]:
    written: dict[str, Json] = {
        "id": header.id,
        "kind": header.kind.value,
        "title": header.title,
        "content": header.content,
        "version": header.version,
        "sources": [*header.sources],
        "options": {**header.options},
        "issued_on": header.issued_on,
        "has_text": header.has_text,
    }
    if with_loaded_at:
        written["loaded_at"] = header.loaded_at
    return written


def claim_record(header: BatchHeader, claim: NodeClaim | EdgeClaim) -> tuple[str, dict[str, Json]]:
    """`node` or `edge`, and the claim as a dump has it; what is empty is left out."""
    record: dict[str, Json] = {"id": claim.id}
    if isinstance(claim, NodeClaim):
        kind = "node"
        record["label"] = claim.label
    else:
        kind = "edge"
        record |= {"type": claim.type, "source": claim.source, "target": claim.target}
        record |= {"discriminator": claim.discriminator} if claim.discriminator else {}
    record |= {"properties": properties_json(claim.properties)} if claim.properties else {}
    record |= {"evidence": [_piece_json(header, piece) for piece in claim.evidence]} if claim.evidence else {}
    record |= {"rule": claim.rule} if claim.rule else {}
    record |= {"inferred": [*claim.inferred]} if claim.inferred else {}
    record |= {"is_own": True} if claim.is_own else {}
    record |= {"origin": claim.origin.value} if claim.origin else {}
    return kind, record


def _piece_json(header: BatchHeader, piece: Evidence) -> Json:
    """A piece of evidence; the document is left out where it is the batch's own, the context where there is none."""
    record: dict[str, Json] = {"passage": piece.passage, "start": piece.start, "end": piece.end}
    record |= {"document": piece.document} if piece.document != ids.document_id(header.content) else {}
    record |= {"context": [[start, end] for start, end in piece.context]} if piece.context else {}
    return record
