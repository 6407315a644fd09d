"""XLSX -> sheets, by openpyxl; formulas are taken as the texts that they are."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from graph.errors import RefusedInput
from loaders.tables.sheets import Cell, Sheet, sheet_of

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MOST_UNPACKED = 100_000_000
"""Bytes that the parts of a workbook may have together: a small archive can hold any number of zeros."""
_MOST_PARTS = 1_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOOKED_AT = 4_096
# openpyxl and what it stands on raise any of these for a file that is damaged or no workbook.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError, RuntimeError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)
_PERCENTAGE = "a cell in per cent, whose number is another than it shows; write 60 here and % in the column unit"


def read_xlsx(data: bytes, *, name: str) -> list[Sheet]:
    """The sheets of a workbook that hold anything.

    Raises RefusedInput for what is no workbook, is damaged, or unpacks to more than MOST_UNPACKED.
    """
    from openpyxl import load_workbook

    try:
        _check_archive(data, name)
        with warnings.catch_warnings():  # it warns of pictures and rules, which a table of claims does not need
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                return [sheet for sheet in (_sheet(book[title], title, name) for title in _titles(book)) if sheet.head]
            finally:
                book.close()
    except _DAMAGE as error:
        raise RefusedInput(f"{name}: no workbook that can be read, or a damaged one; save it as XLSX again") from error


def _titles(book: object) -> list[str]:
    return [sheet.title for sheet in book.worksheets]  # type: ignore[attr-defined]  # openpyxl has no types


def _check_archive(data: bytes, name: str) -> None:
    """Raise RefusedInput for an archive that is made to exhaust whoever unpacks it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            limit = MOST_UNPACKED // 1_000_000
            raise RefusedInput(f"{name}: it unpacks to more than {limit} MB or {_MOST_PARTS:,} parts; divide the table")
        for part in parts:
            with archive.open(part) as opened:
                if _DECLARATION.search(opened.read(_LOOKED_AT).replace(b"\0", b"")):
                    raise RefusedInput(f"{name}: its XML declares entities, which no workbook needs; save it again")


def _sheet(sheet: object, title: str, name: str) -> Sheet:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its size may be wrong
    rows: Iterable[Iterable[ReadOnlyCell | EmptyCell]] = sheet.iter_rows()  # type: ignore[attr-defined]
    return sheet_of(" ".join(title.split()), _lines(rows), file=name)


def _lines(rows: "Iterable[Iterable[ReadOnlyCell | EmptyCell]]") -> Iterator[list[Cell]]:
    for row in rows:
        yield [_cell(cell) for cell in row]


def _cell(cell: "ReadOnlyCell | EmptyCell") -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "e":
        return Cell(str(value), f"the spreadsheet shows {value}; mend the formula, or write the value")
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        return Cell(str(value), _PERCENTAGE)
    return Cell(_text(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(getattr(value, "text", value))  # a formula over several cells is an object that holds its text
