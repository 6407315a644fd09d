"""Tables that come as one cell a line, without TABs: rows are told by serial numbers, or by where values end."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.text.fragments import merged
from loaders.text.grid import EMPTY, Row, is_value
from loaders.text.model import Cell

_SERIAL_HEADS = frozenset({"序号", "编号", "项号"})
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?(?:\D{0,6})")
_BEHIND_VALUES = re.compile(r"(?:指标)?(?:属性|性质|类型)|备注|说明|责任(?:单位|部门)|牵头(?:单位|部门)|年均\D{0,6}")
_SHORTEST_ROW, _LONGEST_ROW, _MOST_FRAGMENTS = 3, 16, 8


def rows_of_cells(cells: Sequence[Cell]) -> tuple[list[Row], int] | None:
    """Header row and rows, all of one length, and how many cells they use up; None if the cells make no sound table."""
    if cells and cells[0].text in _SERIAL_HEADS:
        return _serial_rows(cells)
    return _year_rows(cells) or _value_rows(cells)


def _serial_rows(cells: Sequence[Cell]) -> tuple[list[Row], int] | None:
    starts = _serial_starts([cell.text for cell in cells])
    if not starts:
        return None
    header = _without_labels(cells[: starts[0]])
    rows = [_without_labels(cells[start:end]) for start, end in pairwise([*starts, len(cells)])]
    length = min(map(len, rows[:-1])) if len(rows) > 1 else len(header)
    top = merged(header, length, is_header=True)
    if top is None or length < _SHORTEST_ROW:
        return None
    body = [merged(row, length) for row in rows[:-1]]
    last, used = _last_row(rows[-1], length)
    sound = [row for row in [*body, last] if row is not None]
    if len(sound) < len(rows):
        return None
    return [top, *sound], starts[-1] + used


def _last_row(row: Row, length: int) -> tuple[Row | None, int]:
    """The last row takes as many cells as can be put together to one row."""
    for size in range(min(len(row), length + _MOST_FRAGMENTS), length - 1, -1):
        whole = merged(row[:size], length)
        if whole is not None:
            return whole, size
    return None, 0


def _serial_starts(texts: Sequence[str]) -> list[int]:
    """Where cells 1, 2, 3 … stand that begin rows of about one length."""
    first = next((index for index, text in enumerate(texts) if text == "1" and index), None)
    if first is None:
        return []
    places: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if text.isdecimal():
            places.setdefault(text, []).append(index)
    best: list[int] = [first]
    best_drift = 0
    for second in places.get("2", []):
        length = second - first
        if not _SHORTEST_ROW <= length <= _LONGEST_ROW:
            continue
        chain = _chain(first, second, places)
        drift = sum(abs(b - a - length) for a, b in pairwise(chain))
        if (len(chain), -drift) > (len(best), -best_drift):
            best, best_drift = chain, drift
    return best


def _chain(first: int, second: int, places: dict[str, list[int]]) -> list[int]:
    chain, length = [first, second], second - first
    while True:
        wanted = chain[-1] + length
        near = [
            place for place in places.get(str(len(chain) + 1), []) if chain[-1] + _SHORTEST_ROW <= place <= wanted + 5
        ]
        if not near:
            return chain
        chain.append(min(near, key=lambda place: abs(place - wanted)))


def _without_labels(cells: Sequence[Cell]) -> Row:
    """The cells without those that head a group of rows (近期：)."""
    return [cell for cell in cells if not cell.text.endswith(("：", ":"))]


def _year_rows(cells: Sequence[Cell]) -> tuple[list[Row], int] | None:
    """Rows below a header with years; a row has as many values, as many cells behind them, and may lack its group."""
    first = next((index for index, cell in enumerate(cells) if _YEAR.fullmatch(cell.text)), None)
    if not first:
        return None
    last = first
    while last < len(cells) and _YEAR.fullmatch(cells[last].text):
        last += 1
    values, end = last - first, last
    while end < len(cells) and _BEHIND_VALUES.fullmatch(cells[end].text):
        end += 1
    header, rows, at = list(cells[:end]), [], end
    serials = sum(cell.text in _SERIAL_HEADS for cell in header[:first])
    shape = _Shape(first, serials, values, end - last)
    while (row := _year_row(cells, at, shape)) is not None:
        rows.append(row)
        at += len(row)
    if len(rows) < 2 or max(map(len, rows)) < len(header):
        return None
    return [header, *([EMPTY] * (len(header) - len(row)) + row for row in rows)], at


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many cells before the values a row has at most, how many of these are serial numbers, and what follows."""

    most: int
    serials: int
    values: int
    behind: int


def _year_row(cells: Sequence[Cell], start: int, shape: _Shape) -> Row | None:
    """The row that begins here: names, with a serial number where the header has one, values, what stands behind."""
    for at in range(start + 1, start + shape.most + 1):
        end = at + shape.values + shape.behind
        if end > len(cells) or is_value(cells[at - 1].text):
            continue
        numbers = [cell for cell in cells[start:at] if is_value(cell.text)]
        are_serials = len(numbers) == shape.serials and all(cell.text.isdecimal() for cell in numbers)
        if are_serials and all(is_value(cell.text) for cell in cells[at : at + shape.values]):
            return list(cells[start:end])
    return None


def _value_rows(cells: Sequence[Cell]) -> tuple[list[Row], int] | None:
    """Rows of names and then values; a name after a value begins a row."""
    first = next((index for index, cell in enumerate(cells) if is_value(cell.text)), None)
    if first is None:
        return None
    starts = [
        index
        for index in range(first + 1, len(cells))
        if not is_value(cells[index].text) and is_value(cells[index - 1].text)
    ]
    rows = [list(cells[start:end]) for start, end in pairwise([*starts, len(cells)])]
    names = Counter(_names(row) for row in rows).most_common(1)[0][0] if rows else 1
    start = first - names
    if start < 1:
        return None
    top_row = list(cells[start : starts[0] if starts else len(cells)])
    header = merged(list(cells[:start]), len(top_row), is_header=True)
    if header is None or len(top_row) < 2:
        return None
    if any(len(row) != len(top_row) or _names(row) != names for row in rows):
        return None
    return [header, top_row, *rows], len(cells)


def _names(row: Row) -> int:
    return next((index for index, cell in enumerate(row) if is_value(cell.text)), len(row))


def cells_of(texts: Sequence[tuple[Cell, bool]]) -> list[Cell]:
    """The cells of lines; an empty one stands before each whose line has a blank line before it."""
    found: list[Cell] = []
    for cell, is_after_blank in texts:
        if is_after_blank:
            found.append(EMPTY)
        found.append(cell)
    return found
