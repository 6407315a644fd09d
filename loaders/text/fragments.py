"""Cells that a layout broke over several lines, put together again."""

import re

from loaders.text.grid import Row
from loaders.text.model import Cell, Span

_QUALIFIED = re.compile(r"[^\d≥≤<>]{2,12}[≥≤<>＞＜]\s?\d[\d.]*\s?[%％]?")
_SHORT_WORD = re.compile(r"[\u3400-\u9fff]{1,4}")
_BRACKET = re.compile(r"[（(\[]")
_FIRST_COLUMNS = 3
_EACH_PART = 0.5


def merged(row: Row, length: int, *, is_header: bool = False) -> Row | None:
    """The row with this many cells, neighbouring fragments of one cell put together; None if that can't be.

    Fragments are: what starts with a bracket; values that say for whom they are (设市城市≥30 小城镇≥15); short words
    in the first columns, in a header anywhere.
    """
    cells = list(row)
    parts = [1] * len(cells)
    while len(cells) > length:
        scored = [
            (score - _EACH_PART * (parts[at] + parts[at + 1]), at)
            for at in range(len(cells) - 1)
            if (score := _score(cells[at].text, cells[at + 1].text, at, is_header=is_header))
        ]
        if not scored:
            return None
        _, at = max(scored, key=lambda pair: (pair[0], pair[1] if is_header else -pair[1]))
        cells[at : at + 2] = [joined(cells[at], cells[at + 1])]
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return cells if len(cells) == length else None


def joined(left: Cell, right: Cell) -> Cell:
    """One cell of two; a space parts their words only where a value ends or begins at the seam."""
    if left.span is None or right.span is None:
        return left if right.span is None else right
    has_value = any(character.isdecimal() for character in left.text[-2:] + right.text[:1])
    return Cell(left.text + (" " if has_value else "") + right.text, Span(left.span.start, right.span.end))


def _score(left: str, right: str, at: int, *, is_header: bool) -> float:
    """How likely two neighbours are parts of one cell; 0: not at all."""
    if not left or not right:
        return 0.0
    if _BRACKET.match(right):
        return 6.0
    if _QUALIFIED.search(left) and _QUALIFIED.fullmatch(right):
        return 5.0
    if is_header:
        return _header_score(left, right, at)
    both_short = _SHORT_WORD.fullmatch(left) and _SHORT_WORD.fullmatch(right)
    return 3.0 if both_short and 0 < at < _FIRST_COLUMNS else 0.0


def _header_score(left: str, right: str, at: int) -> float:
    if _SHORT_WORD.fullmatch(right) and len(right) <= 2:
        return 4.0 if len(left) <= 2 or left.endswith(("”", "划", "成", "任")) else 3.0
    is_diagonal = at == 0 and left[-2:] == right[-2:]
    return 2.0 if is_diagonal else 0.0
