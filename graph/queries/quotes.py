"""Cutting a statement and the sentences around it out of the text of a passage."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from graph.queries.cells import Segment

Stretch: TypeAlias = tuple[int, int]

ELLIPSIS = Segment("…")
WINDOW = 300
"""No more than this many characters are shown on either side of a statement."""

_END = re.compile(r"[。！？；!?][”’」』）)》]*")
_LINE_END = re.compile(r"\n\s*")
_FULL_LINE = 20
"""A line this long without a mark at its end was wrapped in the middle of a sentence, as PDF text is; between such
lines there may be empty ones, so that these end no sentence either."""


def sentence_around(text: str, stretch: Stretch) -> Stretch:
    """Where the sentence or sentences stand that the stretch touches, at most `WINDOW` characters to either side."""
    start, end = stretch
    from_ = max(0, start - WINDOW)
    ends = [at for at in _ends(text, from_, start) if at <= start]
    first = ends[-1] if ends else from_
    to = min(len(text), end + WINDOW)
    last = end if _closes(text, start, end) else next((at for at in _ends(text, end, to) if at > end), to)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def segments(text: str, marks: Iterable[Stretch]) -> tuple[Segment, ...]:
    """The sentences that the marked stretches touch, in the order of the text, an ellipsis between what is apart."""
    stretches = merged(marks)
    windows = merged(sentence_around(text, stretch) for stretch in stretches)
    shown: list[Segment] = []
    for window in windows:
        if shown:
            shown.append(ELLIPSIS)
        shown.extend(_marked(text, window, stretches))
    return tuple(shown)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in order, those that touch or overlap as one; empty ones left out."""
    result: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _marked(text: str, window: Stretch, stretches: Sequence[Stretch]) -> Iterable[Segment]:
    at = window[0]
    for start, end in stretches:
        if start < window[0] or end > window[1]:
            continue
        if at < start:
            yield Segment(text[at:start])
        yield Segment(text[start:end], mark=True)
        at = end
    if at < window[1]:
        yield Segment(text[at : window[1]])


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends with its sentence."""
    return any(match.end() == end for match in _END.finditer(text, max(start, end - 8), end))


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where sentences end between two places of a text, in order."""
    marks = [match.end() for match in _END.finditer(text, start, end)]
    lines = [match.end() for match in _LINE_END.finditer(text, start, end) if _is_line_end(text, match.start())]
    return sorted({*marks, *lines})


def _is_line_end(text: str, at: int) -> bool:
    """Whether a line break ends a sentence; inside a paragraph that was wrapped it does not."""
    start = text.rfind("\n", 0, at) + 1
    return at - start < _FULL_LINE or text[at - 1] in "：:"
