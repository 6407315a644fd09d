"""Batches as they may leave the machine: all of them, or of a scope the claims on its facts as batches of their own."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from graph import ids
from graph.facts import Batch, BatchHeader, EdgeClaim, NodeClaim
from graph.formats.parts import Selection, portable
from graph.formats.scope import Scope
from graph.review.decisions import is_decision, unsettled
from graph.sources import PART, without_path


def iter_batches(selection: Selection) -> Iterator[tuple[BatchHeader, Iterator[NodeClaim | EdgeClaim]]]:
    """Headers by id, each with the batch's claims: nodes by id, then edges by id."""
    headers = selection.store.batches()
    parts = [part for header in headers if (part := _part_of(selection, header)) is not None]
    for source, header, kept in sorted(parts, key=lambda part: part[1].id):
        yield header, _iter_claims(selection, source, kept)


def portable_claim(selection: Selection, claim: NodeClaim | EdgeClaim) -> NodeClaim | EdgeClaim:
    """The claim without paths and, unless they are wanted, texts."""
    if isinstance(claim, EdgeClaim):
        return claim
    properties = portable(selection, claim.label, claim.properties)
    inferred = tuple(name for name in claim.inferred if name in properties)
    return replace(claim, properties=properties, inferred=inferred)


def _portable_header(selection: Selection, header: BatchHeader) -> BatchHeader:
    return replace(
        header,
        sources=tuple(sorted({without_path(source) for source in header.sources})),
        has_text=header.has_text and not selection.without_text,
        loaded_at=header.loaded_at if selection.with_loaded_at else "",
    )


def _part_of(selection: Selection, header: BatchHeader) -> tuple[str, BatchHeader, Collection[str] | None] | None:
    """Id of the batch, header to write, ids of the facts to write (None: all); None if it says nothing in scope."""
    written = _portable_header(selection, header)
    if selection.scope is None:
        return header.id, written, None
    kept = _facts_in_scope(selection, selection.scope, header.id)
    if not kept:
        return None
    if is_decision(header):  # it is for a store to say what that means there
        return header.id, unsettled(Batch(written)).header, ()
    # A part must not pass for the whole batch: whoever loads the document later gets all of it.
    part = ids.batch_id("part", header.id, *sorted(kept))
    return header.id, replace(written, id=part, options={PART: header.id, **header.options}), kept


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
            yield portable_claim(selection, claim)
