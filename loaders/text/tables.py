"""Tables of a clean text: rows of cells out of lines that start with a TAB, or out of rows with bars."""

import re
from collections import Counter
from collections.abc import Sequence

from loaders.text.lines import Line
from loaders.text.model import Cell, Span, Table

_VALUE = re.compile(
    r"[≥≤<>＞＜≈±+\-–—~～约]?\s?\d[\d.,，]*\s?(?:[%％‰万亿]|[:：/～~—–-]\s?\d[\d.,]*|以[上下内])*|[/／—–\-]+|\d+\s?年.*"
)
_UNIT = re.compile(r"[^\d\s]{1,8}|-|/")
_BAR_ROW = re.compile(r"\|.*\|")
_BAR_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_EMPTY = Cell("", None)
_SPANNED = Cell("", None)

Row = list[Cell]


def is_bar_row(text: str) -> bool:
    """Whether a line is a row of a table drawn with bars: | a | b |."""
    return text.count("|") >= 2 and _BAR_ROW.fullmatch(text) is not None


def cell_table(lines: Sequence[Line], text: str, *, caption: Span | None) -> Table | None:
    """The table that lines with TABs make, one cell or one row a line; None if its rows have one cell each.

    A blank line ends a row where each line is one cell.
    """
    rows: list[Row] = []
    for line in lines:
        cells = _cells_of(line, text)
        if line.blanks or not rows or len(cells) > 1:
            rows.append([])
        rows[-1].extend(cells)
    return _table(_with_group_rows(rows), text, span=_span(lines), caption=caption)


def bar_table(lines: Sequence[Line], text: str, *, caption: Span | None) -> Table | None:
    """The table that rows with bars make, without the rule below its header; None if there is no row."""
    rows = [_bar_cells(line) for line in lines if not _BAR_RULE.fullmatch(line.text)]
    return _table(rows, text, span=_span(lines), caption=caption)


def table_of_rows(rows: Sequence[Row], text: str, *, span: Span, caption: Span | None) -> Table | None:
    """The table that rows of cells make, aligned and with group cells carried down; None if none has two cells."""
    return _table(rows, text, span=span, caption=caption)


def _table(rows: Sequence[Row], text: str, *, span: Span, caption: Span | None) -> Table | None:
    rows = [row for row in rows if any(cell.text for cell in row)]
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    values = _value_columns(rows)
    headers = _header_rows(rows)
    aligned = [_aligned(row, width, values=values, is_header=index < headers) for index, row in enumerate(rows)]
    _carry_groups(aligned, width=width, values=values, headers=headers)
    words = "" if caption is None else caption.of(text).strip()
    return Table(span, tuple(tuple(row) for row in aligned), headers, words, caption)


def _span(lines: Sequence[Line]) -> Span:
    return Span(lines[0].row_start, max(lines[-1].end, lines[-1].row_start))


def _cells_of(line: Line, text: str) -> Row:
    start = line.row_start
    whole = text[start : max(line.end, line.start)]
    cells: Row = []
    position = whole.index("\t") + 1 if whole[: line.start - start].strip(" \t") == "" and "\t" in whole else 0
    for piece in whole[position:].split("\t"):
        cells.append(_cell(piece, start + position))
        position += len(piece) + 1
    return cells


def _bar_cells(line: Line) -> Row:
    cells: Row = []
    position = line.start + 1
    for piece in line.text.strip("|").split("|"):
        cells.append(_cell(piece, position))
        position += len(piece) + 1
    return cells


def _cell(piece: str, start: int) -> Cell:
    words = piece.strip()
    if not words:
        return _EMPTY
    at = start + len(piece) - len(piece.lstrip())
    return Cell(words, Span(at, at + len(words)))


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


def _is_value(cell: Cell) -> bool:
    return _VALUE.fullmatch(cell.text) is not None


def _header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top name the columns: those before the first with two values, at least one."""
    for index, row in enumerate(rows[:4]):
        numbers = [cell for cell in row if _is_value(cell) and not re.fullmatch(r"20\d\d\s?年?.*", cell.text)]
        if len(numbers) >= 2 or (numbers and index):
            return max(1, index)
    return 1


def _value_columns(rows: Sequence[Row]) -> int:
    """How many columns stand to the right of the column with the row's name, in most rows."""
    counts: Counter[int] = Counter()
    for row in rows[1:]:
        first = next((index for index, cell in enumerate(row) if index and _is_value(cell)), None)
        if first is None:
            continue
        name = first - 1
        if name >= 1 and _UNIT.fullmatch(row[name].text) and len(row[name].text) < len(row[name - 1].text):
            name -= 1
        counts[len(row) - 1 - name] += 1
    return counts.most_common(1)[0][0] if counts else 0


def _aligned(row: Row, width: int, *, values: int, is_header: bool) -> Row:
    """A row of full width: what merged cells leave out is put before the name of the row."""
    missing = width - len(row)
    if not missing:
        return list(row)
    if not values or len(row) <= values:
        return list(row) + [_EMPTY] * missing if not values else [_EMPTY] * missing + list(row)
    name = len(row) - 1 - values
    spanned = row[name] if is_header or name == 0 else _SPANNED
    return [*row[:name], *[spanned] * missing, *row[name:]]


def _carry_groups(rows: Sequence[Row], *, width: int, values: int, headers: int) -> None:
    """Empty cells left of the row's name take the group above them, but not across a new group to their left."""
    groups = max(0, width - 1 - values) if values else 1
    carried = [_EMPTY] * groups
    for row in rows[headers:]:
        for column in range(groups):
            cell = row[column]
            if cell.text:
                carried[column:] = [_EMPTY] * (groups - column)
                carried[column] = cell
            elif cell is _EMPTY:
                row[column] = carried[column]
