"""Whether evidence points at something: a passage of the batch, and a stretch within it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.facts import Evidence, NodeClaim


@dataclass(frozen=True, slots=True)
class Passages:
    """Documents of a batch with their length in characters, and passages with (document, start, end).

    A length or a limit that is missing or no number is None, and is named as a fault where it is needed.
    """

    documents: dict[str, int | None]
    passages: dict[str, tuple[object, int, int] | None]


def passages_of(nodes: Iterable[NodeClaim]) -> Passages:
    """What evidence of a batch with these nodes may point at."""
    documents: dict[str, int | None] = {}
    passages: dict[str, tuple[object, int, int] | None] = {}
    for claim in nodes:
        stated = claim.properties
        if claim.label == "Document":
            characters = stated.get("characters")
            documents[claim.id] = characters if isinstance(characters, int) else None
        elif claim.label == "Passage":
            start, end = stated.get("start"), stated.get("end")
            whole = isinstance(start, int) and isinstance(end, int)
            passages[claim.id] = (stated.get("document"), start, end) if whole else None  # type: ignore[assignment]
    return Passages(documents, passages)


def evidence_faults(evidence: Sequence[Evidence], known: Passages | None) -> list[str]:
    """What is wrong with pieces of evidence; without `known` (a review's may lie in the store) only their offsets."""
    return [f"evidence {position}: {fault}" for position, e in enumerate(evidence, 1) if (fault := _fault(e, known))]


def _fault(piece: Evidence, known: Passages | None) -> str | None:
    context = piece.context
    if not 0 <= piece.start < piece.end or (context and not all(0 <= start < end for start, end in context)):
        return f"a stretch must not be empty or turned round: {_shown([(piece.start, piece.end), *context])}"
    if known is None:
        return None
    place = known.passages.get(piece.passage)
    if place is None or piece.document not in known.documents:
        return _missing(piece, known)
    document, start, end = place
    if document != piece.document:
        return f"{piece.passage} is no passage of {piece.document}"
    if not start <= piece.start < piece.end <= end:
        return f"{piece.start}-{piece.end} lies outside its passage ({start}-{end})"
    return _context_fault(piece, known.documents[piece.document]) if context else None


def _missing(piece: Evidence, known: Passages) -> str:
    """What evidence points at that the batch does not have."""
    if piece.document not in known.documents:
        return f"there is no document {piece.document} in the batch"
    if piece.passage not in known.passages:
        return f"there is no passage {piece.passage} in the batch"
    return f"{piece.passage} does not say where it starts and ends"


def _context_fault(piece: Evidence, characters: int | None) -> str | None:
    if characters is not None and any(stop > characters for _, stop in piece.context):
        return f"context {_shown(piece.context)} lies behind the end of the document ({characters} characters)"
    return None


def _shown(stretches: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in stretches)
