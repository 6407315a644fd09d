"""Bytes of a file -> a table: which type it is of, and what its sheets are. A pure function, for any process."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from graph.errors import RefusedInput
from loaders.readers.files import TABLES, check_size
from loaders.tables.columns import FOLDED, Kind, kind_of
from loaders.tables.csv_file import read_csv
from loaders.tables.json_file import read_json
from loaders.tables.sheets import Sheet
from loaders.tables.xlsx_file import read_xlsx

_READERS: Mapping[str, Callable[..., list[Sheet]]] = dict(
    zip(TABLES, (read_csv, read_csv, read_xlsx, read_json), strict=True)
)
_USUAL = {"review": "unreviewed", "origin": None}
"""What exports write of a fact that nobody has looked at; None where it follows from who states the fact."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of curated rows; `sheets` have what their rows are, `notes` are lines on what was not taken."""

    name: str
    source: str
    title: str
    sha256: str
    sheets: tuple[tuple[Kind, Sheet], ...]
    notes: tuple[str, ...] = ()

    def sheets_of(self, kind: Kind) -> list[Sheet]:
        """The sheets whose rows are nodes, or edges."""
        return [sheet for found, sheet in self.sheets if found is kind]


def is_table(name: str) -> bool:
    """Whether a file of this name may be a table."""
    return PurePath(name).suffix.lower() in TABLES


def read_table(data: bytes, *, name: str, source: str, title: str | None = None) -> Table:
    """The table in a file of this name, known by its source.

    Raises RefusedInput, with one line, for what can't be read or is no table of nodes or edges.
    """
    check_size(len(data), name=name)
    read = _READERS[PurePath(name).suffix.lower()](data, name=name)
    kinds = [(kind_of(sheet, file=name), sheet) for sheet in read]
    sheets = tuple((kind, sheet) for kind, sheet in kinds if kind is not None)
    if not sheets:
        raise RefusedInput(
            f"{name}: no table of nodes (columns class, name and more) or of edges (type, source, target and more); "
            "the head is the first row"
        )
    others = [f"{name}: sheet “{sheet.name}” not taken: it is no such table" for kind, sheet in kinds if kind is None]
    return Table(
        name=name,
        source=source,
        title=title or name,
        sha256=hashlib.sha256(data).hexdigest(),
        sheets=sheets,
        notes=(*others, *_folded(name, [sheet for _, sheet in sheets])),
    )


def _folded(name: str, sheets: Sequence[Sheet]) -> list[str]:
    """A line on columns that say what became of a fact, which its reviews say and no table."""
    rows = [row for sheet in sheets for row in sheet.rows]
    told = [column for column in FOLDED if any(_says_more(column, row.cells.get(column, "")) for row in rows)]
    return [f"{name}: {' and '.join(told)} not taken: that is said by a review"] if told else []


def _says_more(column: str, text: str) -> bool:
    return _USUAL[column] is not None and text not in ("", _USUAL[column])
