"""A sentence with the names in it: the form in which everything here is passed on."""

from collections.abc import Iterable
from typing import NamedTuple

from loaders.names.labels import Kind


class Span(NamedTuple):
    """A name in a text, from `start` up to `end`."""

    start: int
    end: int
    kind: Kind


class Sentence(NamedTuple):
    """A text with its names in order, without overlaps."""

    text: str
    spans: tuple[Span, ...]

    def names(self) -> list[tuple[str, Kind]]:
        """The names as they are written, with their kinds."""
        return [(self.text[start:end], kind) for start, end, kind in self.spans]


def are_in_order(sentence: Sentence) -> bool:
    """Whether the spans are inside the text, in order, not empty and without overlaps."""
    ends = [0, *(span.end for span in sentence.spans)]
    inside = all(span.start < span.end <= len(sentence.text) for span in sentence.spans)
    return inside and all(end <= span.start for end, span in zip(ends, sentence.spans, strict=False))


def moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    """The spans where their text begins `by` characters later."""
    return tuple(Span(start + by, end + by, kind) for start, end, kind in spans)
