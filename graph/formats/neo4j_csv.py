"""CSV files with typed headers, as `neo4j-admin database import` reads them.

A column has one type. Rows in which a property is now a number and now a text, as the value of a goal may be, come into
several files; what no column can hold is told by `is_importable`.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, BinaryIO, Self, TypeAlias

from graph.formats.parts import to_json

Cell: TypeAlias = str | int | float | bool | list[str]
ARRAY_DELIMITER = "\x1f"
"""Unit separator: it stands between the elements of a list."""
START, END = ":START_ID", ":END_ID"
"""The columns that name the ends of a relationship."""
_UTF8_BYTES = 4


def is_importable(value: Cell) -> bool:
    """Whether a cell can hold the value: a list must not be empty, nor one empty text, nor hold the delimiter."""
    if not isinstance(value, list):
        return True
    return value not in ([], [""]) and not any(ARRAY_DELIMITER in text for text in value)


@dataclass(slots=True)
class ImportFile:
    """One file: what its rows become (labels, or a relationship type), its columns, and its rows, kept on disk.

    `has_lines` says that a text goes over several lines; no cell has more than `longest_bytes` bytes.
    """

    name: str
    becomes: str
    columns: dict[str, str] = field(default_factory=dict)
    has_lines: bool = False
    longest_bytes: int = 0
    _rows: IO[bytes] = field(default_factory=lambda: tempfile.TemporaryFile(prefix="policygraph-"))  # noqa: SIM115

    @property
    def is_of_nodes(self) -> bool:
        """Whether its rows become nodes."""
        return START not in self.columns

    def takes(self, types: Mapping[str, str]) -> bool:
        """Whether values of these types fit the columns so far."""
        return all(self.columns.get(name, type_) == type_ for name, type_ in types.items())

    def add(self, row: Mapping[str, Cell], types: Mapping[str, str]) -> None:
        """Add a row, with a column for every name that is new."""
        for name, type_ in types.items():
            self.columns.setdefault(name, type_)
        cells = [_text(row[name]) if name in row else "" for name in self.columns]
        self.has_lines = self.has_lines or any("\n" in cell or "\r" in cell for cell in cells)
        self.longest_bytes = max(self.longest_bytes, *(_UTF8_BYTES * len(cell) for cell in cells))
        self._rows.write(to_json([*cells]).encode() + b"\n")

    def write(self, out: BinaryIO | IO[bytes]) -> None:
        """Write the header and the rows, each with a cell for every column."""
        out.write(",".join(name + (f":{type_}" if type_ else "") for name, type_ in self.columns.items()).encode())
        self._rows.seek(0)
        for line in self._rows:
            cells = json.loads(line)
            # The importer would take a cell that is missing at the end of a row from the row behind it.
            cells += [""] * (len(self.columns) - len(cells))
            out.write(b"\n" + ",".join(cells).encode())
        out.write(b"\n")

    def close(self) -> None:
        """Remove the rows from disk."""
        self._rows.close()


class ImportFiles:
    """The files of an import; memory does not grow with their rows, which are removed from disk at the end."""

    def __init__(self) -> None:
        self._files: dict[str, list[ImportFile]] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._closing.close()

    def __iter__(self) -> Iterator[ImportFile]:
        """The files in the order in which they came to be."""
        return (file for files in self._files.values() for file in files)

    def add(self, name: str, becomes: str, row: Mapping[str, Cell], *, node_id: str = "") -> None:
        """Add a row to the file of this name, or to one beside it where a column has another type.

        `node_id` names the column by which relationships refer to a node.
        """
        types = {column: "ID" if column == node_id else _type(column, value) for column, value in row.items()}
        files = self._files.setdefault(name, [])
        file = next((file for file in files if file.takes(types)), None)
        if file is None:
            file = ImportFile(f"{name}{f'-{len(files) + 1}' if files else ''}.csv", becomes)
            self._closing.callback(file.close)
            files.append(file)
        file.add(row, types)


def _type(column: str, value: Cell) -> str:
    """The type that the header gives a column; those of the importer's own, such as :START_ID, have none."""
    if column.startswith(":"):
        return ""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    if isinstance(value, float):
        return "double"
    return "string[]" if isinstance(value, list) else "string"


def _text(value: Cell) -> str:
    """A cell: texts always in quotes, since an empty cell without them is no value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = ARRAY_DELIMITER.join(value) if isinstance(value, list) else value
    return '"' + text.replace('"', '""') + '"'
