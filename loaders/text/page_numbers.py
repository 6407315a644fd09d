"""Page numbers among the lines of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.text.lines import Line
from loaders.text.numbering import find_numbering
from loaders.text.trace import Piece

_DECORATED = re.compile(r"[-–—·~]{1,2}\s?\d{1,4}\s?[-–—·~]{1,2}|第\s?\d{1,4}\s?页(?:[，,/ ]*共\s?\d{1,4}\s?页)?")
_BARE = re.compile(r"\d{1,3}")
_GLUED = re.compile(r"(\d{1,3})(?=[^\W\d_a-zA-Z]|[（(第])")
_NEAREST_PAGE, _FARTHEST_PAGE, _FEWEST_PAGES = 12, 90, 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: int
    piece: Piece


def page_number_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Where page numbers stand, in order: decorated (- 12 -), bare on a line, or glued to the front of a line.

    Bare and glued ones count only where they rise by one from page to page, at least three times, a page being 12 to
    90 lines; before the number of a heading (“15三、”) a glued one counts always.
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
    for candidate in _rising(candidates):
        sure[candidate.index] = candidate.piece
    return [sure[index] for index in sorted(sure)]


def _is_han_heading(text: str) -> bool:
    numbering = find_numbering(text)
    return numbering is not None and numbering.kind in ("一、", "（一）", "chapter", "chapter section")


def _rising(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest runs of numbers that rise by one at the distance of pages."""
    best: dict[int, tuple[int, int | None]] = {}
    open_ends: dict[int, list[int]] = {}
    for position, candidate in enumerate(candidates):
        before = [
            earlier
            for earlier in open_ends.get(candidate.number - 1, [])[-8:]
            if _NEAREST_PAGE <= candidate.index - candidates[earlier].index <= _FARTHEST_PAGE
        ]
        longest = max(before, key=lambda earlier: best[earlier][0], default=None)
        best[position] = (1 if longest is None else best[longest][0] + 1, longest)
        open_ends.setdefault(candidate.number, []).append(position)
    taken: set[int] = set()
    for position in sorted(best, key=lambda end: -best[end][0]):
        if best[position][0] < _FEWEST_PAGES:
            break
        step: int | None = position
        while step is not None and step not in taken:
            taken.add(step)
            step = best[step][1]
    return [candidates[position] for position in sorted(taken)]
