"""Sentences of a clean text."""

import re
from bisect import bisect_right

from loaders.text.model import Span

_CLOSING = "”’」』）)》〉】"
_END = re.compile(rf"[。！？；]+[{_CLOSING}]*|\n")
_SPACE = re.compile(r"\s*")


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences within a span, in order, without white space around them.

    A sentence ends at 。！？； or a line break; closing quotes and brackets after the stop stay with the left part.
    """
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        _add(found, text, Span(start, match.end()))
        start = match.end()
    _add(found, text, Span(start, span.end))
    return found


def sentence_around(text: str, span: Span) -> Span:
    """The sentence, or the run of sentences, that a span lies in; the span itself if it holds nothing but space."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", max(span.start, span.end - 1))
    around = sentences(text, Span(line_start, len(text) if line_end < 0 else line_end))
    if not around:
        return span
    first = max(0, bisect_right([piece.start for piece in around], span.start) - 1)
    last = first
    while last + 1 < len(around) and around[last + 1].start < span.end:
        last += 1
    return Span(min(around[first].start, span.start), max(around[last].end, span.end))


def _add(found: list[Span], text: str, piece: Span) -> None:
    opening = _SPACE.match(text, piece.start, piece.end)
    start = opening.end() if opening else piece.start
    end = piece.end
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
