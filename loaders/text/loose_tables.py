"""Tables without TABs or bars, below a caption 表N: one cell a line, or one row a line."""

import re
from collections.abc import Sequence

from loaders.text.grid import is_value
from loaders.text.lines import Line
from loaders.text.loose_cells import cells_of, rows_of_cells
from loaders.text.loose_rows import runs_of_rows
from loaders.text.model import Cell, Span, Table
from loaders.text.numbering import find_numbering, is_aside, is_bullet, is_caption
from loaders.text.rows import is_row, is_short_row
from loaders.text.tables import table_of

PlacedTable = tuple[int, int, Table]

_TABLE_CAPTION = re.compile("续?表")
_LONGEST_CELL, _FEWEST_ROWS = 45, 2


def loose_tables(lines: Sequence[Line], text: str) -> list[PlacedTable]:
    """The tables below captions, as positions of first and last line and the table.

    What makes no sound table (rows of different lengths, a header that does not fit) stays text.
    """
    found: list[PlacedTable] = []
    for index, line in enumerate(lines):
        if line.is_cell or not is_caption(line.text) or not _TABLE_CAPTION.match(line.text):
            continue
        last = _last(lines, index)
        if last > index + 1:
            caption = Span(line.start, line.end)
            own = lines[index + 1 : last + 1]
            by_rows = sum(1 for each in own if is_row(each.text) or is_short_row(each.text)) >= _FEWEST_ROWS
            found.extend((_rows if by_rows else _cells)(own, index + 1, text, caption=caption))
    return found


def _last(lines: Sequence[Line], caption: int) -> int:
    """The last line of the stretch below a caption that may be cells."""
    last = caption
    while last + 1 < len(lines) and not _ends_table(lines[last + 1]):
        last += 1
    return last


def _ends_table(line: Line) -> bool:
    text = line.text
    if line.is_cell or is_caption(text) or is_aside(text) or "。" in text:
        return True
    if is_bullet(text) and not is_value(text):
        return True
    if len(text) > _LONGEST_CELL and not is_row(text):
        return True
    return find_numbering(text) is not None and not text.endswith(("；", ";")) and not is_row(text)


def _cells(own: Sequence[Line], first: int, text: str, *, caption: Span) -> list[PlacedTable]:
    numbers: list[int] = []
    texts: list[tuple[Cell, bool]] = []
    for index, line in enumerate(own):
        texts.append((Cell(line.text, Span(line.start, line.end)), line.blanks > 0))
        numbers.extend([index] * (2 if line.blanks else 1))
    read = rows_of_cells(cells_of(texts))
    if read is None:
        return []
    rows, used = read
    last = numbers[used - 1]
    span = Span(own[0].start, own[last].end)
    table = table_of(rows, text, span=span, caption=caption, headers=1)
    return [] if table is None else [(first, first + last, table)]


def _rows(own: Sequence[Line], first: int, text: str, *, caption: Span) -> list[PlacedTable]:
    read = runs_of_rows(own)
    if read is None:
        return []
    header, runs = read
    found: list[PlacedTable] = []
    for number, run in enumerate(runs):
        begin = 0 if number == 0 and not _is_broken(own, run.first) else run.first
        span = Span(own[begin].start, own[run.last].end)
        table = table_of([header, *run.rows], text, span=span, caption=caption, headers=1)
        if table is not None:
            found.append((first + begin, first + run.last, table))
    return found


def _is_broken(own: Sequence[Line], first_row: int) -> bool:
    """Whether lines that are no header stand before the first row."""
    return any(any(character.isdecimal() for character in line.text.split()[-1]) for line in own[1:first_row])
