"""A document as it was read: its text passage by passage, every fact marked where it is stated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import NotFound
from graph.facts import EdgeClaim, Node, NodeClaim
from graph.ids import digest
from graph.queries.cells import Cell, cell
from graph.queries.kept import KeptAnswers
from graph.queries.pages import Page, cut
from graph.store import Direction, Store

_PLACES = ("Document", "Passage")
"""Classes of what is read and not stated."""
_MOST_BATCHES = 1_000


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact that a passage states: a node by its class and name, an edge by its relation and ends.

    `start` to `end` are code points of the document's text.
    """

    id: str
    type: str
    name: str
    source: str | None
    target: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of text with the ids of the facts that it states, or a part of them; none where it states nothing."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPassage:
    """A passage; `segments`, joined, are its text, and empty where the store holds the place but not the text."""

    id: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    has_text: bool
    segments: tuple[MarkedText, ...]
    facts: tuple[StatedFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page[DocumentPassage]):
    """A page of the passages of a document, in the order of the text."""

    document: Cell


@dataclass(frozen=True, slots=True)
class _Read:
    """A document: its passages in order, and by passage what is stated there."""

    document: Cell
    passages: Sequence[Node]
    stated: Mapping[str, Sequence[StatedFact]]


_kept: KeptAnswers[_Read] = KeptAnswers(8)


def document_text(store: Store, document: str, *, limit: int = 50, cursor: str | None = None) -> DocumentPage:
    """A page of the passages of the document with this id; raises NotFound if there is none.

    A fact that is stated across the end of a passage is marked up to there. What the text says counts, also where
    another document or a reviewer says otherwise.
    """
    question = digest("document", document)
    read = _kept.get(store, question, lambda: _read(store, document))
    page, following = cut(read.passages, _key, question=question, limit=limit, cursor=cursor)
    return DocumentPage(
        items=tuple(_passage(node, read.stated.get(node.id, ())) for node in page),
        next=following,
        total=len(read.passages),
        document=read.document,
    )


def _read(store: Store, id_: str) -> _Read:
    node = store.nodes([id_]).get(id_)
    if node is None or node.label != "Document":
        raise NotFound(f"there is no document with the id {id_}")
    edges = store.expand([id_], ["PART_OF"], direction=Direction.IN)
    parts = store.nodes({edge.source for edge in edges}).values()
    passages = sorted((part for part in parts if part.label == "Passage"), key=_key)
    shown = cell(node, evidence=(), evidence_total=node.evidence_total)
    return _Read(shown, passages, _stated(store, id_))


def _stated(store: Store, document: str) -> Mapping[str, Sequence[StatedFact]]:
    """What the document states, by passage, in the order of the text."""
    found: dict[str, list[StatedFact]] = defaultdict(list)
    for one in store.node_claims(document, limit=_MOST_BATCHES):
        for claim in store.iter_batch(one.header.id):
            for fact, passage in _facts(claim, document):
                found[passage].append(fact)
    return {
        passage: sorted(facts, key=lambda fact: (fact.start, fact.end, fact.id)) for passage, facts in found.items()
    }


def _facts(claim: NodeClaim | EdgeClaim, document: str) -> Iterator[tuple[StatedFact, str]]:
    """The places in the document where a claim is stated, with their passages."""
    if isinstance(claim, NodeClaim):
        type_, name, source, target = claim.label, str(claim.properties.get("name", "")), None, None
    else:
        type_, name, source, target = claim.type, "", claim.source, claim.target
    if type_ in _PLACES or (type_ == "PART_OF" and target == document):
        return
    for piece in claim.evidence:
        if piece.document == document:
            yield StatedFact(claim.id, type_, name, source, target, piece.start, piece.end), piece.passage


def _passage(node: Node, facts: Sequence[StatedFact]) -> DocumentPassage:
    section, page, text = (node.properties.get(name) for name in ("section", "page", "text"))
    start, end = _offset(node, "start"), _offset(node, "end")
    return DocumentPassage(
        id=node.id,
        section=tuple(section) if isinstance(section, list) else (),
        page=page if isinstance(page, int) else None,
        start=start,
        end=end,
        has_text=isinstance(text, str),
        segments=tuple(_marked(text, start, facts)) if isinstance(text, str) else (),
        facts=tuple(facts),
    )


def _marked(text: str, start: int, facts: Sequence[StatedFact]) -> Iterator[MarkedText]:
    """The text, cut wherever a fact begins or ends."""
    beginning: dict[int, list[StatedFact]] = defaultdict(list)
    ending: dict[int, list[StatedFact]] = defaultdict(list)
    for fact in facts:
        first, last = max(fact.start - start, 0), min(fact.end - start, len(text))
        if first < last:
            beginning[first].append(fact)
            ending[last].append(fact)
    open_: dict[StatedFact, None] = {}
    for here, there in pairwise(sorted({0, len(text), *beginning, *ending})):
        for fact in ending.get(here, ()):
            open_.pop(fact, None)
        open_.update(dict.fromkeys(beginning.get(here, ())))
        yield MarkedText(text[here:there], tuple(dict.fromkeys(fact.id for fact in open_)))


def _key(passage: Node) -> tuple[str, str]:
    return f"{_offset(passage, 'start'):012d}", passage.id


def _offset(passage: Node, name: str) -> int:
    value = passage.properties.get(name)
    return value if isinstance(value, int) else 0
