"""The passages of a document, and evidence in its text as read.

A passage is a heading, a paragraph or a table with the white space that follows it; together they partition the text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import ids
from graph.facts import Evidence
from loaders.text.model import ReadText, Span, Structure


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A stretch of the text as read; `section` is the path of headings that it stands under."""

    id: str
    start: int
    end: int
    order: int
    section: tuple[str, ...]
    page: int | None


class Passages:
    """Passages of one document, in order, and the evidence that spans of clean text make."""

    def __init__(self, structure: Structure, read: ReadText, sha256: str) -> None:
        self._structure = structure
        self.document = ids.document_id(sha256)
        starts = self._starts(structure)
        self.items = tuple(
            PassageRecord(
                id=ids.passage_id(sha256, start),
                start=start,
                end=end,
                order=order,
                section=sections,
                page=bisect_right(read.page_starts, start) if read.page_starts else None,
            )
            for order, ((start, sections), end) in enumerate(
                zip(starts, [*(start for start, _ in starts[1:]), len(read.text)], strict=True)
            )
        )
        self._item_starts = [item.start for item in self.items]

    def evidence(self, span: Span, context: Iterable[Span] = ()) -> Evidence:
        """Evidence for a statement in clean text.

        A statement that reaches into the next passage is cut at the end of its own; the rest becomes context.
        """
        read = self._trimmed(self._structure.clean.to_read(span))
        passage = self._at(read.start)
        completing = [self._structure.clean.to_read(part) for part in context if part.start < part.end]
        end = min(read.end, passage.end)
        if end < read.end:
            completing.append(Span(end, read.end))
        pairs = tuple(sorted({(part.start, part.end) for part in completing if part not in read}))
        return Evidence(self.document, read.start, self._trimmed(Span(read.start, end)).end, passage.id, pairs)

    def all_evidence(self, spans: Sequence[Span], context: Iterable[Span] = ()) -> tuple[Evidence, ...]:
        """Evidence for each span, in order, each once."""
        shared = tuple(context)
        return tuple(dict.fromkeys(self.evidence(span, shared) for span in spans))

    def whole(self, item: PassageRecord) -> Evidence:
        """A passage as evidence for itself."""
        words = self._trimmed(Span(item.start, item.end))
        return Evidence(self.document, words.start, words.end, item.id)

    def _trimmed(self, read: Span) -> Span:
        """The stretch of the text as read without white space around it; itself where there is nothing else."""
        words = read.of(self._structure.clean.read)
        start = read.start + len(words) - len(words.lstrip())
        end = read.end - len(words) + len(words.rstrip())
        return Span(start, end) if start < end else read

    def _at(self, position: int) -> PassageRecord:
        return self.items[bisect_right(self._item_starts, position) - 1]

    @staticmethod
    def _starts(structure: Structure) -> list[tuple[int, tuple[str, ...]]]:
        """(start in the text as read, section path) of each passage; the first starts at 0."""
        found: dict[int, tuple[str, ...]] = {}
        for section in structure.sections:
            path = structure.path(section)
            spans = [section.heading, *(block.span for block in section.blocks)]
            for span in spans:
                if span is not None and span.start < span.end:
                    found.setdefault(structure.clean.offsets[span.start], path)
        for title in structure.titles:
            found.setdefault(structure.clean.offsets[title.start], ())
        starts = sorted(found.items())
        return [(0, starts[0][1]), *starts[1:]] if starts else [(0, ())]
