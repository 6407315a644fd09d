"""Tables whose rows stand on one line each, the cells parted by spaces."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.text.fragments import joined, merged
from loaders.text.grid import EMPTY, Row, is_value
from loaders.text.lines import Line
from loaders.text.model import Cell, Span

_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?年.*)?")
_SERIAL_HEADS = ("序号", "编号")
_FEWEST_TITLES, _SHORTEST = 2, 2


@dataclass(slots=True)
class Run:
    """Rows on lines `first` to `last` without a break; the header is the same for all runs of a table."""

    first: int
    last: int
    rows: list[Row] = field(default_factory=list)


def runs_of_rows(lines: Sequence[Line]) -> tuple[Row, list[Run]] | None:
    """The header and the runs of rows among the lines of a table; None if no header fits its rows.

    Lines of no row (a cell that is broken over lines) part the runs; they are not lost, they belong to no run.
    """
    split = [_cells(line) for line in lines]
    start = next((index for index, row in enumerate(split) if _is_data(row)), 1)
    if not start:
        return None
    header = _header([cell for row in split[:start] for cell in row], split[start:])
    if header is None:
        return None
    return header, _runs(split, start, header)


def _runs(split: Sequence[Row], start: int, header: Row) -> list[Run]:
    runs: list[Run] = []
    serial: Row = []
    titles = frozenset(cell.text for cell in header)
    has_serial = header[0].text in _SERIAL_HEADS
    for index in range(start, len(split)):
        if sum(cell.text in titles for cell in split[index]) >= _FEWEST_TITLES:
            continue
        if has_serial and len(split[index]) == 1 and split[index][0].text.isdecimal():
            serial = split[index]
            continue
        if split[index][0].text.isdecimal():
            serial = []
        row = _row(serial + split[index], len(header), has_serial=has_serial)
        if row is None:
            serial = []
            continue
        first = index - (1 if serial else 0)
        serial = []
        if not runs or runs[-1].last != first - 1:
            runs.append(Run(first, index))
        runs[-1].last = index
        runs[-1].rows.append(row)
    return runs


def _cells(line: Line) -> Row:
    return [
        Cell(word[0], Span(line.start + word.start(), line.start + word.end())) for word in _WORD.finditer(line.text)
    ]


def _is_data(row: Row) -> bool:
    """Whether a row holds values behind its name, or starts with a serial number."""
    if len(row) == 1:
        return row[0].text.isdecimal() and not _YEAR.fullmatch(row[0].text)
    return row[0].text.isdecimal() or any(_is_figure(cell) for cell in row[1:])


def _is_figure(cell: Cell) -> bool:
    return is_value(cell.text) and not _YEAR.fullmatch(cell.text)


def _is_below_group(row: Row, length: int) -> bool:
    """Whether a row is one cell short since its group stands at the first row of the group: name, then values."""
    return len(row) == length - 1 and len(row) > _SHORTEST and not _is_figure(row[0]) and _is_figure(row[1])


def _is_group_head(row: Row, length: int) -> bool:
    """Whether a row has its group before its name: two words, then values."""
    return len(row) == length > _SHORTEST and not any(map(_is_figure, row[:2])) and _is_figure(row[2])


def _header(cells: Row, rows: Sequence[Row]) -> Row | None:
    """The cells of the header, as many as most rows have, or can have."""
    whole = _gapless(cells)
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    if not lengths:
        return None
    brackets = _with_brackets(whole)
    for header in (brackets, whole):
        size = len(header)
        below = lengths[size - 1] if header[0].text in _SERIAL_HEADS else 0
        if any(_is_group_head(row, size) for row in rows):
            below = sum(_is_below_group(row, size) for row in rows)
        if 2 * (lengths[size] + below) >= lengths.total() and size > 1:
            return header
    most = lengths.most_common(1)[0][0]
    return (
        merged(brackets, most, is_header=True)
        if len(brackets) > most > 1
        else brackets
        if _fits(brackets, rows)
        else None
    )


def _fits(header: Row, rows: Sequence[Row]) -> bool:
    fitting = sum(1 for row in rows if len(row) > 1 and _row(row, len(header), has_serial=False) is not None)
    return len(header) > 1 and 2 * fitting >= sum(1 for row in rows if len(row) > 1)


def _with_brackets(cells: Row) -> Row:
    """The cells, what starts with a bracket put to what stands before it."""
    found: Row = []
    for cell in cells:
        if found and cell.text[0] in "（([":
            found[-1] = joined(found[-1], cell)
        else:
            found.append(cell)
    return found


def _gapless(cells: Row) -> Row:
    """The cells, a year put to its 年."""
    found: Row = []
    for cell in cells:
        if found and cell.text == "年" and found[-1].text.isdecimal() and found[-1].span and cell.span:
            found[-1] = Cell(found[-1].text + cell.text, Span(found[-1].span.start, cell.span.end))
        else:
            found.append(cell)
    return found


def _row(cells: Row, length: int, *, has_serial: bool) -> Row | None:
    """The cells as a row of this length, Latin words and numbers put to the Han words around them where too many."""
    row = list(cells)
    first = 1 if has_serial and row[0].text.isdecimal() else 0
    wanted = length - 1 if has_serial and not first else length
    last = len(row) - 2 if is_value(row[-1].text) else len(row) - 1
    at = first
    while len(row) > wanted and at < last:
        left, right = row[at], row[at + 1]
        if left.text[-1].isascii() != right.text[0].isascii() and left.span and right.span:
            row[at : at + 2] = [Cell(left.text + right.text, Span(left.span.start, right.span.end))]
            last -= 1
        else:
            at += 1
    is_whole = len(row) == wanted or _is_below_group(row, wanted)
    if not is_whole or wanted < _SHORTEST:
        return None
    return [EMPTY] * (length - len(row)) + row
