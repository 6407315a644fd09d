"""What a table is once it is read: sheets of rows, every cell as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.errors import RefusedInput
from graph.normal import fold

MOST_ROWS = 200_000
"""Rows that one file may have: what is stored in one transaction has to fit into memory."""
MOST_COLUMNS = 200
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its number as a spreadsheet counts (from 1, the head too), its cells by column.

    Cells that are empty are left out. `flaws` names cells that can't be taken as they are, and why.
    """

    number: int
    cells: Mapping[str, str]
    flaws: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file; `name` is empty where the file is one sheet."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]

    def where(self, row: Row) -> str:
        """The place of a row, as a person finds it."""
        return f"sheet “{self.name}”, row {row.number}" if self.name else f"row {row.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a file: its text, and what is wrong with it where that can't be taken."""

    text: str
    flaw: str = ""


def sheet_of(name: str, lines: Iterator[Sequence[Cell]], *, file: str, head: Sequence[str] | None = None) -> Sheet:
    """The sheet that these lines make, of which the first is the head unless that is given.

    Raises RefusedInput for a column that is there twice, a cell beside the head, and too many rows or columns.
    """
    place = f"{file}, sheet “{name}”" if name else file
    numbered = enumerate(lines, 1)
    if head is None:
        head = [cell.text for cell in next(numbered, (1, ()))[1]]
    head = _head(head, place)
    rows = tuple(islice(_rows(head, numbered, place), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise RefusedInput(f"{place}: more than {MOST_ROWS:,} rows; divide the table")
    return Sheet(name, head, rows)


def _head(cells: Sequence[str], place: str) -> tuple[str, ...]:
    named = ["_".join(fold(text).split()) for text in cells[:MOST_COLUMNS]]
    while named and not named[-1]:
        named.pop()
    if any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        raise RefusedInput(f"{place}: more than {MOST_COLUMNS} columns; this is no table of nodes or edges")
    twice = next((name for at, name in enumerate(named) if name and name in named[:at]), None)
    if twice is not None:
        raise RefusedInput(f"{place}: the column {twice} is there twice; keep one of them")
    return tuple(named)


def _rows(head: Sequence[str], lines: Iterable[tuple[int, Sequence[Cell]]], place: str) -> Iterator[Row]:
    for number, line in lines:
        if number > _LAST_ROW:
            raise RefusedInput(f"{place}: rows behind the last that a spreadsheet has ({_LAST_ROW:,}); save it again")
        if any(cell.text.strip() for cell in line[len(head) :]):
            raise RefusedInput(f"{place}, row {number}: it has more cells than the head; name the column or empty it")
        filled = [(name, cell) for name, cell in zip(head, line, strict=False) if cell.text.strip() or cell.flaw]
        unnamed = next((cell.text for name, cell in filled if not name), None)
        if unnamed is not None:
            raise RefusedInput(f"{place}, row {number}: “{unnamed[:40]}” stands under no column name; name the column")
        if filled:
            flaws = {name: cell.flaw for name, cell in filled if cell.flaw}
            yield Row(number, {name: cell.text for name, cell in filled if not cell.flaw}, flaws)
