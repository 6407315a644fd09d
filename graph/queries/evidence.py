"""Evidence as it can be read: the statement, the sentence around it, its section, page and document."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import NotFound
from graph.facts import Evidence, Fact, Node
from graph.queries.cells import Piece, Segment
from graph.queries.citations import CitedPiece, cited
from graph.queries.pages import Page, cut
from graph.queries.quotes import ELLIPSIS, Stretch, segments
from graph.store import EVIDENCE_SHOWN, Direction, Store


def evidence_of(store: Store, fact: str, *, limit: int = 50, cursor: str | None = None) -> Page[CitedPiece]:
    """All evidence of the node or edge with this id, with citations, in the order of the fold.

    Raises NotFound if there is no such node or edge.
    """
    if not store.nodes([fact]) and not store.edges([fact]):
        raise NotFound(f"there is no node or edge with the id {fact}")
    found = store.all_evidence([fact]).get(fact, ())
    ranked = [(f"{position:08d}", evidence) for position, evidence in enumerate(found)]
    page, following = cut(ranked, lambda pair: (pair[0],), question=f"evidence {fact}", limit=limit, cursor=cursor)
    pieces = read_pieces(store, [evidence for _, evidence in page])
    return Page(cited(store, [pieces[evidence] for _, evidence in page]), following, len(found))


def read_pieces(store: Store, evidence: Iterable[Evidence]) -> dict[Evidence, Piece]:
    """Each piece of evidence as it can be read; the whole set is fetched at once."""
    return read_with_pieces(store, (), evidence)[1]


def read_with_pieces(
    store: Store, ids: Collection[str], evidence: Iterable[Evidence], read: Mapping[str, Node] | None = None
) -> tuple[dict[str, Node], dict[Evidence, Piece]]:
    """Nodes by their ids (among others, that the evidence needs), and each piece of evidence as it can be read.

    All of it is fetched at once, but for nodes that were `read` before; ids that are not there are left out.
    """
    wanted = list(dict.fromkeys(evidence))
    nodes = {**(read or {})}
    nodes |= store.nodes({*ids, *(id_ for item in wanted for id_ in (item.document, item.passage))} - nodes.keys())
    elsewhere = _passages_of(store, {item.document for item in wanted if _reaches_out(item, nodes)})
    return nodes, {item: _piece(item, nodes, elsewhere.get(item.document)) for item in wanted}


def first_pieces(pieces: Mapping[Evidence, Piece], evidence: Iterable[Evidence]) -> tuple[Piece, ...]:
    """The first few of these pieces, as many as an answer carries beside a fact."""
    return tuple(pieces[item] for item in tuple(evidence)[:EVIDENCE_SHOWN])


def shown(facts: Iterable[Fact]) -> list[Evidence]:
    """The evidence that answers carry of these facts."""
    return [item for fact in facts for item in fact.evidence[:EVIDENCE_SHOWN]]


@dataclass(frozen=True, slots=True)
class _Passages:
    """The passages of a document, in the order of the text, and where each starts."""

    nodes: Sequence[Node]
    starts: Sequence[int]

    def touched_by(self, stretches: Iterable[Stretch]) -> list[Node]:
        """The passages that share a code point with any of the stretches, in the order of the text."""
        found: set[int] = set()
        for start, end in stretches:
            first = max(0, bisect_right(self.starts, start) - 1)
            found.update(range(first, max(first + 1, bisect_left(self.starts, end))))
        return [self.nodes[i] for i in sorted(found) if i < len(self.nodes)]


def _piece(item: Evidence, nodes: Mapping[str, Node], others: _Passages | None) -> Piece:
    passage = nodes.get(item.passage)
    document = nodes.get(item.document)
    properties = passage.properties if passage else {}
    section, page = properties.get("section"), properties.get("page")
    text = _text(passage)
    offset = _stretch(passage)[0]
    return Piece(
        document=item.document,
        document_title=document.name if document else "",
        passage=item.passage,
        section=tuple(section) if isinstance(section, list) else (),
        page=page if isinstance(page, int) else None,
        start=item.start,
        end=item.end,
        quote=text[item.start - offset : item.end - offset] if text else "",
        segments=_segments(item, passage, others) if text else (),
        has_text=bool(text),
    )


def _segments(item: Evidence, passage: Node | None, others: _Passages | None) -> tuple[Segment, ...]:
    """The statement in its sentence, then the context that stands in other passages."""
    shown = [*_within(passage, [(item.start, item.end), *item.context])]
    for other in others.touched_by(item.context) if others else ():
        if other.id != item.passage and (found := _within(other, item.context)):
            shown += [ELLIPSIS, *found] if shown else found
    return tuple(shown)


def _within(passage: Node | None, stretches: Iterable[Stretch]) -> tuple[Segment, ...]:
    text, (start, end) = _text(passage), _stretch(passage)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in stretches if a < end and b > start]
    return segments(text, inside) if text else ()


def _reaches_out(item: Evidence, nodes: Mapping[str, Node]) -> bool:
    """Whether part of the context stands outside the passage of the statement, of which the text is there."""
    start, end = _stretch(nodes.get(item.passage))
    return bool(_text(nodes.get(item.passage))) and any(a < start or b > end for a, b in item.context)


def _passages_of(store: Store, documents: Collection[str]) -> dict[str, _Passages]:
    """The passages of each document."""
    found: dict[str, list[Node]] = defaultdict(list)
    if documents:
        parts = store.steps(documents, ["PART_OF"], direction=Direction.IN)
        for node in store.nodes({step.source for step in parts if step.source_label == "Passage"}).values():
            found[str(node.properties["document"])].append(node)
    ordered = {document: sorted(passages, key=_stretch) for document, passages in found.items()}
    return {document: _Passages(nodes, [_stretch(node)[0] for node in nodes]) for document, nodes in ordered.items()}


def _text(passage: Node | None) -> str:
    return str(passage.properties.get("text", "")) if passage else ""


def _stretch(passage: Node | None) -> Stretch:
    if passage is None:
        return 0, 0
    start, end = passage.properties.get("start", 0), passage.properties.get("end", 0)
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (0, 0)
