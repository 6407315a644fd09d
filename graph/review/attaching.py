"""Finding the fact that a decision is about: by its id, else by what was quoted when it was decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from graph.facts import EdgeClaim, Evidence, NodeClaim, Properties
from graph.ids import digest
from graph.normal import key, number_text
from graph.review.claims import Ledger, Sources
from graph.review.decisions import Anchor

Mark: TypeAlias = tuple[str, str, str]
"""Kind, digest of the quote, value."""
_NOT_THERE = "its fact is not there"
_SEVERAL = "its fact is not there, and several have its quote and value"


def value_of(properties: Properties, discriminator: str = "") -> str:
    """What tells a fact from others of its kind in one sentence: the value of a figure, the role in a relation."""
    value = properties.get("value")
    return discriminator if value is None or isinstance(value, list) else number_text(value)


def quote_of(evidence: Evidence, passages: Mapping[str, tuple[int, str]]) -> str:
    """A digest of the normal form of what is quoted, "" without the text; `passages` are (start, text) by id."""
    start, text = passages.get(evidence.passage, (0, ""))
    quoted = key(text[evidence.start - start : evidence.end - start])
    return digest(quoted) if quoted else ""


class Attacher:
    """Finds facts by anchors; a batch is read at most once, and only where a fact is lost."""

    def __init__(self, ledger: Ledger, sources: Sources) -> None:
        self._ledger = ledger
        self._sources = sources
        self._marks: dict[str, Mapping[Mark, set[str]]] = {}

    def read(self, anchors: Iterable[Anchor]) -> None:
        """Read at once what `find` will ask for."""
        several = list(anchors)
        self._sources.read_nodes(anchor.id for anchor in several if not anchor.is_edge)
        self._sources.read_edges(anchor.id for anchor in several if anchor.is_edge)

    def find(self, anchor: Anchor) -> tuple[str | None, str]:
        """The id of the fact now, or None and why."""
        there = self._sources.edge(anchor.id) if anchor.is_edge else self._sources.node(anchor.id)
        if there is not None:
            return anchor.id, ""
        found = self._marked(anchor) if anchor.quote else set()
        if len(found) == 1:
            return found.pop(), ""
        return None, _SEVERAL if found else _NOT_THERE

    def _marked(self, anchor: Anchor) -> set[str]:
        """Facts with the same quote, kind and value in what was read of the policy and the document."""
        mark = (anchor.kind, anchor.quote, anchor.value)
        batches = self._sources.documents_of([id_ for id_ in (anchor.policy, anchor.document) if id_])
        return {id_ for batch in batches for id_ in self._marks_of(batch).get(mark, ())}

    def _marks_of(self, batch: str) -> Mapping[Mark, set[str]]:
        if batch not in self._marks:
            self._marks[batch] = _marks(list(self._ledger.iter_batch(batch)))
        return self._marks[batch]


def _marks(claims: list[NodeClaim | EdgeClaim]) -> Mapping[Mark, set[str]]:
    passages: dict[str, tuple[int, str]] = {}
    for claim in claims:
        start, text = claim.properties.get("start"), claim.properties.get("text")
        if isinstance(claim, NodeClaim) and claim.label == "Passage" and isinstance(start, int):
            passages[claim.id] = start, str(text or "")
    found: dict[Mark, set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim, EdgeClaim):
            kind, discriminator = claim.type, claim.discriminator
        else:
            kind, discriminator = claim.label, ""
        value = value_of(claim.properties, discriminator)
        for quote in {quote_of(piece, passages) for piece in claim.evidence} - {""}:
            found[kind, quote, value].add(claim.id)
    return found
