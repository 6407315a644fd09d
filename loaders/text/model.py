"""The text of a document as later steps see it: clean text with a map back, sections, paragraphs, tables.

Two coordinate systems, both in Unicode code points: *read* (the document's text as the reader gave it; what evidence
is in) and *clean* (hard wraps joined, marks and glued page numbers gone; what every extractor works on). A `Span` in
this package is in clean text unless its name says `read`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The words of the text that it covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader gives: the text as read, and what the file itself says of it."""

    text: str
    media_type: str
    title: str | None = None
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text with a map back to the text as read.

    `offsets` has, for each code point of `text`, its position in `read`; it rises strictly.
    """

    text: str
    read: str
    offsets: tuple[int, ...]

    def to_read(self, span: Span) -> Span:
        """Where the words of a clean span stand in the text as read: from its first code point to its last."""
        if span.start >= span.end:
            raise ValueError(f"an empty span has no place in the text as read: {span}")
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of sentences that belong together, without its heading."""

    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `text` is clean and stripped, empty where cells are merged or nothing stands there."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all rows of one length (aligned from the right, group cells carried down).

    `caption` is the line above; `header_rows` counts the rows that name the columns.
    """

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    caption: str = ""
    caption_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands directly under it, up to the next heading.

    `index` is its position in `Structure.sections`; section 0 is the document before its first heading, with level 0
    and no heading. `level` counts from 1 for the headings that stand highest in their policy. `number` is as written
    (“（三）”, “专栏1”) or empty; `title` has no number and no line break; `heading` spans number and title, without the
    body of a run-in heading, which is the first paragraph.
    """

    index: int
    parent: int | None
    level: int
    number: str
    title: str
    heading: Span | None
    span: Span
    blocks: tuple[Paragraph | Table, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs directly under the heading."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables directly under the heading."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Structure:
    """A document as sections in the order of the text; a parent stands before its children.

    `titles` are the spans of the document's own title lines at its head (the notice's, then the plan's), in order.
    """

    clean: CleanText
    sections: tuple[Section, ...]
    titles: tuple[Span, ...] = field(default=())

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text

    def path(self, section: Section) -> tuple[str, ...]:
        """Titles of the headings from the highest down to this section's own; () for section 0."""
        titles: list[str] = []
        current: Section | None = section
        while current is not None:
            if current.title:
                titles.append(current.title)
            current = None if current.parent is None else self.sections[current.parent]
        return tuple(reversed(titles))

    def lineage(self, section: Section) -> Iterator[Section]:
        """The section itself, then the sections above it."""
        current: Section | None = section
        while current is not None:
            yield current
            current = None if current.parent is None else self.sections[current.parent]
