"""Citations of evidence, ready to paste: issuer, title, 文号, date, section, page."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

from graph.facts import Edge, Node
from graph.queries.at_once import names
from graph.queries.cells import Piece
from graph.store import Direction, Store

_INNER = str.maketrans("《》", "〈〉")


@dataclass(frozen=True, slots=True)
class CitedPiece(Piece):
    """A piece of evidence with its citation.

    The policy is the one in whose part of the document the statement stands; where the store knows none, the citation
    has the title of the document.
    """

    citation: str


@dataclass(frozen=True, slots=True)
class _Source:
    """A policy, its issuers' names, and the stretch of a document that prints it."""

    policy: Node
    issuers: Sequence[str]
    start: float
    end: float


def cited(store: Store, pieces: Sequence[Piece]) -> tuple[CitedPiece, ...]:
    """The pieces with their citations, in the same order; the sources of all of them are read at once."""
    sources = _sources(store, {piece.document for piece in pieces})
    made = []
    for piece in pieces:
        at = [one for one in sources.get(piece.document, ()) if one.start <= piece.start < one.end]
        source = min(at, key=lambda one: (one.end - one.start, one.policy.id), default=None)
        stated = {field.name: getattr(piece, field.name) for field in fields(Piece)}
        made.append(CitedPiece(**stated, citation=_citation(piece, source)))
    return tuple(made)


def _sources(store: Store, documents: Collection[str]) -> Mapping[str, Sequence[_Source]]:
    """The policies that each document prints."""
    steps = store.steps(documents, ["PART_OF"], direction=Direction.IN) if documents else []
    printed = store.edges([step.id for step in steps if step.source_label == "Policy"]).values()
    policies = store.nodes({edge.source for edge in printed})
    issued = store.steps(policies, ["ISSUED_BY"], direction=Direction.OUT) if policies else []
    known = names(store, {step.target for step in issued})
    issuers: dict[str, list[str]] = defaultdict(list)
    for edge in sorted(store.edges([step.id for step in issued]).values(), key=_place):
        if edge.target in known:
            issuers[edge.source].append(known[edge.target])
    found: dict[str, list[_Source]] = defaultdict(list)
    for edge in printed:
        if edge.source in policies:
            start, end = _stretch(edge)
            found[edge.target].append(_Source(policies[edge.source], issuers[edge.source], start, end))
    return found


def _place(edge: Edge) -> tuple[float, str]:
    """Where an issuer is named: the first of them is the first to be cited."""
    return edge.evidence[0].start if edge.evidence else float("inf"), edge.id


def _stretch(edge: Edge) -> tuple[float, float]:
    """The part of the document that the policy takes, all of it where that is not said."""
    start, end = edge.properties.get("start"), edge.properties.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (0, float("inf"))


def _citation(piece: Piece, source: _Source | None) -> str:
    properties = source.policy.properties if source else {}
    title = source.policy.name if source else piece.document_title
    issuers = f"{'、'.join(source.issuers)}：" if source and source.issuers else ""
    number = f"（{properties['doc_number']}）" if "doc_number" in properties else ""
    page = f"第{piece.page}页" if piece.page is not None else ""
    named = f"{issuers}《{title.translate(_INNER)}》{number}"
    parts = (named, properties.get("issued_on"), " › ".join(piece.section), page)
    return "，".join(str(part) for part in parts if part)
