"""Tables into files: CSV and XLSX in which no text is taken for a formula."""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from graph.formats.shield import is_like_formula, shielded
from policygraph.files import STANDARD_OUTPUT, replacing

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value: TypeAlias = str | int | float | None

_CELL_LIMIT = 32_767  # characters that a spreadsheet takes in one cell
_WIDTHS = {"quote": 60, "section": 32, "document": 28, "id": 16, "policy": 40, "goal": 40, "measure": 36, "actor": 26}
_WIDTH = 12


def write_csv(file: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write a table as CSV to a file, or to standard output for “-”; the number of rows.

    Texts are shielded from being run as formulas. A file starts with a byte order
    mark, without which spreadsheets take UTF-8 for something else.
    """
    if file == STANDARD_OUTPUT:
        return _csv(sys.stdout, head, rows, end="\n")
    with replacing(Path(file)) as path, path.open("w", encoding="utf-8-sig", newline="") as opened:
        return _csv(opened, head, rows, end="\r\n")


def write_xlsx(file: Path, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write a table as a worksheet with a header that stays in view and filters; the number of rows.

    Memory does not grow with the table. Texts are written as texts, whatever they start with.
    """
    from openpyxl import Workbook

    with replacing(file) as path:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(title)
        try:
            count = _fill(sheet, head, rows)
        finally:
            sheet.close()
        book.save(path)
    return count


def _fill(sheet: "WriteOnlyWorksheet", head: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for position, name in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(name)
    names = [_text_cell(sheet, name) for name in head]
    for cell in names:
        cell.font = Font(bold=True)
    sheet.append(names)
    count = 0
    for row in rows:
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count + 1}"
    return count


def _text_cell(sheet: "WriteOnlyWorksheet", text: str) -> "WriteOnlyCell":
    """A cell that holds the text as a text, cut to what a cell takes."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:_CELL_LIMIT])
    cell.data_type = "s"
    cell.quotePrefix = is_like_formula(text)
    return cell


def _csv(opened: TextIO, head: Sequence[str], rows: Iterable[Sequence[Value]], *, end: str) -> int:
    writer = csv.writer(opened, lineterminator=end)
    quoting = csv.writer(opened, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    count = 0
    for row in rows:
        cells = [shielded(value) if isinstance(value, str) else value for value in row]
        # Where lines end with \n the writer leaves a lone \r unquoted, and who reads the file takes it for an end.
        is_broken = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (quoting if is_broken else writer).writerow(cells)
        count += 1
    return count


def _width(name: str) -> int:
    return _WIDTHS.get(name, _WIDTHS.get(name.rpartition("_")[2], _WIDTH))
