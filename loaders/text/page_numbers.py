"""Page numbers among the lines of a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.text.lines import Line
from loaders.text.numbering import find_numbering, opens_block
from loaders.text.trace import Piece
from loaders.text.wraps import is_wrapped, wrap_width

_DECORATED = re.compile(r"[-–—·~]{1,2}\s?\d{1,4}\s?[-–—·~]{1,2}|第\s?\d{1,4}\s?页(?:[，,/ ]*共\s?\d{1,4}\s?页)?")
_BARE = re.compile(r"\d{1,3}")
_GLUED = re.compile(r"(\d{1,3})(?=[^\W\d_a-zA-Z]|[（(第])")
_AT_END = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(\d{1,3})$")
_STOPS = "。！？；："
_NEAREST_PAGE, _FARTHEST_PAGE, _FEWEST_PAGES = 12, 60, 3
_MOST_MISSING, _LOOK_BACK, _LEAST_REACH = 2, 4, 0.5
_EVEN_PACE, _LONG_LINE, _MOSTLY = 1.8, 30, 0.7


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: int
    piece: Piece


def page_number_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Where page numbers stand, in order: decorated (- 12 -), bare on a line, glued to its front or set at its end.

    Those without decoration count only where they rise from page to page (12 to 60 lines) through most of the text, for
    tables are full of bare numbers. Always counts one that is glued to the number of a heading (“15三、”), and a bare
    one inside a sentence that is wrapped.
    """
    sure: dict[int, Piece] = {}
    candidates: list[_Candidate] = []
    for index, line in enumerate(lines):
        if line.is_cell:
            continue
        if _DECORATED.fullmatch(line.text):
            sure[index] = (line.start, line.end)
        elif _BARE.fullmatch(line.text):
            candidates.append(_Candidate(index, int(line.text), (line.start, line.end)))
        elif glued := _GLUED.match(line.text):
            piece = (line.start, line.start + glued.end(1))
            candidates.append(_Candidate(index, int(glued[1]), piece))
            if _is_han_heading(line.text[glued.end(1) :]):
                sure[index] = piece
        if at_end := _AT_END.search(line.text):
            piece = (line.start + at_end.start(), line.start + at_end.end())
            candidates.append(_Candidate(index, int(at_end[1]), piece))
    width = wrap_width(lines)
    for candidate in [*_run_through(candidates, lines), *_inside_sentences(candidates, lines, width)]:
        sure[candidate.index] = candidate.piece
    return [sure[index] for index in sorted(sure)]


def _inside_sentences(
    candidates: Sequence[_Candidate], lines: Sequence[Line], width: int | None
) -> Iterator[_Candidate]:
    """Bare numbers on a line of their own that part a wrapped line from the rest of its sentence."""
    if width is None:
        return
    for candidate in candidates:
        line = lines[candidate.index]
        if candidate.piece != (line.start, line.end) or not 0 < candidate.index < len(lines) - 1:
            continue
        before, after = lines[candidate.index - 1], lines[candidate.index + 1]
        is_open = before.text[-1] not in _STOPS and is_wrapped(before, after, logical=before.text, width=width)
        if is_open and not opens_block(after.text) and not after.text[0].isdecimal():
            yield candidate


def _is_han_heading(text: str) -> bool:
    numbering = find_numbering(text)
    return numbering is not None and numbering.kind in ("一、", "（一）", "chapter", "chapter section")


def _run_through(candidates: Sequence[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """The longest run of numbers that rise with the lines at the pace of pages, if they are pages."""
    length = [1] * len(candidates)
    before: list[int | None] = [None] * len(candidates)
    places: dict[int, list[int]] = {}
    for position, candidate in enumerate(candidates):
        for step in range(1, _MOST_MISSING + 2):
            for earlier in places.get(candidate.number - step, [])[-_LOOK_BACK:]:
                pace = (candidate.index - candidates[earlier].index) / step
                if _NEAREST_PAGE <= pace <= _FARTHEST_PAGE and length[earlier] >= length[position]:
                    length[position], before[position] = length[earlier] + 1, earlier
        places.setdefault(candidate.number, []).append(position)
    last: int | None = max(range(len(candidates)), key=length.__getitem__, default=None)
    run: list[_Candidate] = []
    while last is not None:
        run.append(candidates[last])
        last = before[last]
    run.reverse()
    return run if _are_pages(run, lines) else []


def _are_pages(run: Sequence[_Candidate], lines: Sequence[Line]) -> bool:
    """Whether a run goes through most of the text at an even pace, and mostly between long lines, unlike cells."""
    if len(run) < _FEWEST_PAGES or run[-1].index - run[0].index < _LEAST_REACH * len(lines):
        return False
    paces = sorted((b.index - a.index) / (b.number - a.number) for a, b in pairwise(run))
    middle = paces[len(paces) // 2]
    if paces[0] < middle / _EVEN_PACE or paces[-1] > middle * _EVEN_PACE:
        return False
    in_prose = sum(1 for each in run if any(line.width >= _LONG_LINE for line in _neighbours(lines, each.index)))
    return in_prose >= _MOSTLY * len(run)


def _neighbours(lines: Sequence[Line], index: int) -> Sequence[Line]:
    return [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
