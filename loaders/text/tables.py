"""Tables of a clean text: out of lines that start with a TAB, and out of rows with bars."""

import re
from collections.abc import Sequence

from loaders.text.even_rows import even_rows
from loaders.text.grid import EMPTY, Row, grid, header_rows
from loaders.text.lines import Line
from loaders.text.model import Cell, Span, Table

_BAR_ROW = re.compile(r"\|.*\|")
_MOST_FILLED, _SMALL = 4, 10_000
_BAR_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")


def is_bar_row(text: str) -> bool:
    """Whether a line is a row of a table drawn with bars: | a | b |."""
    return text.count("|") >= 2 and _BAR_ROW.fullmatch(text) is not None


def cell_table(lines: Sequence[Line], text: str, *, caption: Span | None) -> Table | None:
    """The table that lines with TABs make, one cell or one row a line; None if its rows have one cell each.

    A blank line ends a row where each line is one cell; without any the columns tell the rows.
    """
    rows: list[Row] = []
    for line in lines:
        cells = _cells_of(line, text)
        if line.blanks or not rows or len(cells) > 1:
            rows.append([])
        rows[-1].extend(cells)
    if len(rows) == 1:
        rows = even_rows(rows[0]) or rows
    return table_of(_with_group_rows(rows), text, span=_span(lines), caption=caption)


def bar_table(lines: Sequence[Line], text: str, *, caption: Span | None) -> Table | None:
    """The table that rows with bars make, without the rule below its header; None if there is no row."""
    rows = [_bar_cells(line) for line in lines if not _BAR_RULE.fullmatch(line.text)]
    return table_of(rows, text, span=_span(lines), caption=caption)


def table_of(
    rows: Sequence[Row], text: str, *, span: Span, caption: Span | None, headers: int | None = None
) -> Table | None:
    """The table that rows of cells make; None if they are fewer than two, or none has two cells.

    Nor is it a large table if most places in it would have to be filled in (a row of thousands among short ones).
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2 or len(rows) * width > max(_SMALL, _MOST_FILLED * sum(map(len, rows))):
        return None
    top = header_rows(rows) if headers is None else headers
    words = "" if caption is None else caption.of(text).strip()
    return Table(span, tuple(tuple(row) for row in grid(rows, headers=top)), top, words, caption)


def cell_at(piece: str, start: int) -> Cell:
    """The cell that a piece of clean text, starting at `start`, makes."""
    words = piece.strip()
    if not words:
        return EMPTY
    at = start + len(piece) - len(piece.lstrip())
    return Cell(words, Span(at, at + len(words)))


def _span(lines: Sequence[Line]) -> Span:
    return Span(lines[0].row_start, max(lines[-1].end, lines[-1].row_start))


def _cells_of(line: Line, text: str) -> Row:
    start = line.row_start
    whole = text[start : max(line.end, line.start)]
    opens_with_tab = "\t" in whole and not whole[: whole.index("\t")].strip()
    position = whole.index("\t") + 1 if opens_with_tab else 0
    cells: Row = []
    for piece in whole[position:].split("\t"):
        cells.append(cell_at(piece, start + position))
        position += len(piece) + 1
    return cells


def _bar_cells(line: Line) -> Row:
    cells: Row = []
    position = line.start + 1
    for piece in line.text[1:-1].split("|"):
        cells.append(cell_at(piece, position))
        position += len(piece) + 1
    return cells


def _with_group_rows(rows: Sequence[Row]) -> list[Row]:
    """A row of one cell among longer rows is the group of the rows below it: it becomes the first cell of the next."""
    if max(map(len, rows)) < 3:
        return list(rows)
    found: list[Row] = []
    group: Row = []
    for row in rows:
        if len(row) == 1 and row[0].text:
            group = row
        else:
            found.append(group + row)
            group = []
    return [*found, group] if group else found
