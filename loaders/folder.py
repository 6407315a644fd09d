"""Which documents and tables a path holds, and what `documents.csv` says of each document."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from graph.errors import RefusedInput
from graph.nearest import hint
from loaders.options import LoadOptions
from loaders.readers.files import DUMP, MEDIA_TYPES, decode, readable_types
from loaders.tables.reading import is_table
from ontology.values import PolicyLevel, iso_date

TABLE = "documents.csv"
_ADDRESS = re.compile(r"(?:https?|ftp|file)://\S+|(?:urn|doi):\S+", re.IGNORECASE)
_COLUMNS = ("file", *(field.name for field in fields(LoadOptions)))


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file to be read, with the options that hold for it; `name` is given where it is not that of the path."""

    path: Path
    options: LoadOptions
    name: str = ""

    @property
    def shown(self) -> Path:
        """What messages call the file."""
        return Path(self.name) if self.name else self.path

    @property
    def source(self) -> str:
        """URI that the document is known by: the published address if one is given, else the file's own."""
        return self.options.source or self.path.resolve().as_uri()


@dataclass(frozen=True, slots=True)
class Found:
    """What a path holds, in order of paths: documents, dumps of a store, tables, and files that are not read."""

    documents: tuple[DocumentFile, ...] = ()
    dumps: tuple[DocumentFile, ...] = ()
    tables: tuple[DocumentFile, ...] = ()
    skipped: tuple[Path, ...] = ()


def find_documents(path: Path, options: LoadOptions) -> Found:
    """The documents and dumps at a path: the file itself, or all in the folder and below; a table only if it is named.

    A folder may well hold tables and exports that were not made to be loaded. Options given by the person count before
    those of `documents.csv`. Raises RefusedInput if there is nothing there, if the folder holds no document or dump,
    or if its `documents.csv` can't be used.
    """
    if not path.exists():
        raise RefusedInput(f"{path}: there is no such file or folder; check the path")
    if path.is_file():
        return _file(path, options)
    found = _folder(path, options)
    if not found.documents and not found.dumps:
        raise RefusedInput(
            f"{path}: the folder holds no document; these types are read: {readable_types()} where they are named"
        )
    return found


def _file(path: Path, options: LoadOptions) -> Found:
    if path.name == TABLE:
        raise RefusedInput(f"{path}: it says things of the files beside it; load its folder, or one of those files")
    if path.suffix.lower() == DUMP:
        return Found(dumps=(DocumentFile(path, options),))
    if is_table(path.name):
        return Found(tables=(DocumentFile(path, options),))
    table = _table(path.parent) if (path.parent / TABLE).is_file() else {}
    return Found((DocumentFile(path, _over(table.get(path.name), options)),))


def _folder(path: Path, options: LoadOptions) -> Found:
    documents: list[DocumentFile] = []
    dumps: list[DocumentFile] = []
    skipped: list[Path] = []
    for folder in sorted([path, *(sub for sub in path.rglob("*") if sub.is_dir() and not _is_hidden(sub, path))]):
        table = _table(folder) if (folder / TABLE).is_file() else {}
        for file in sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")):
            if file.suffix.lower() in MEDIA_TYPES:
                documents.append(DocumentFile(file, _over(table.get(file.name), options)))
            elif file.suffix.lower() == DUMP:
                dumps.append(DocumentFile(file, options))
            elif file.name != TABLE:
                skipped.append(file)
    return Found(tuple(documents), tuple(dumps), skipped=tuple(skipped))


def _is_hidden(folder: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in folder.relative_to(root).parts)


def _over(row: LoadOptions | None, given: LoadOptions) -> LoadOptions:
    """The row's options with those that a person gave in their place."""
    if row is None:
        return given
    return replace(row, **{f.name: value for f in fields(given) if (value := getattr(given, f.name)) is not None})


def _table(folder: Path) -> Mapping[str, LoadOptions]:
    """Options by file name of a folder's `documents.csv`."""
    path = folder / TABLE
    rows = csv.DictReader(io.StringIO(decode(path.read_bytes(), name=str(path))), strict=True)
    try:
        return dict(_rows(path, rows))
    except csv.Error as error:
        raise RefusedInput(f"{path}, line {rows.line_num}: no proper CSV ({error}); mend the line") from error


def _rows(path: Path, rows: "csv.DictReader[str]") -> Iterator[tuple[str, LoadOptions]]:
    columns = rows.fieldnames or []
    if "file" not in columns:
        raise RefusedInput(f"{path}: it has no column “file”; the columns are {', '.join(_COLUMNS)}")
    for column in columns:
        if column not in _COLUMNS:
            instead = hint(column, _COLUMNS, otherwise="the columns are")
            raise RefusedInput(f"{path}: unknown column “{column}”; {instead}")
    seen: set[str] = set()
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        if None in row or None in row.values():
            raise RefusedInput(f"{where}: it has more or fewer cells than the header; mend the line")
        name = row["file"].strip()
        if name in seen:
            raise RefusedInput(f"{where}: “{name}” stands there twice; keep one of the lines")
        seen.add(name)
        if "/" in name or "\\" in name or not (path.parent / name).is_file():
            raise RefusedInput(f"{where}: there is no file “{name}” in this folder; mend the name or delete the line")
        yield name, _options(row, where)


def _options(row: Mapping[str, str], where: str) -> LoadOptions:
    values = {column: cell.strip() for column, cell in row.items() if column != "file" and cell.strip()}
    return options_of(values, where=where)


def options_of(values: Mapping[str, str], *, where: str) -> LoadOptions:
    """Checked options, white space in them folded; `where` says in the error line what gave them."""
    given = {name: " ".join(value.split()) for name, value in values.items()}
    level = given.pop("level", None)
    if level is not None and level not in set(PolicyLevel):
        raise RefusedInput(f"{where}: unknown level “{level}”; the levels are {', '.join(PolicyLevel)}")
    issued_on = given.get("issued_on")
    if issued_on is not None and not _is_date(issued_on):
        raise RefusedInput(f"{where}: “{issued_on}” is no date; write 2021, 2021-05 or 2021-05-25")
    source = given.get("source")
    if source is not None and not _ADDRESS.fullmatch(source):
        raise RefusedInput(f"{where}: “{source}” is no absolute address; write it with https://, urn: or file:///")
    return LoadOptions(**given, level=PolicyLevel(level) if level else None)


def _is_date(text: str) -> bool:
    try:
        iso_date(text)
    except ValueError:
        return False
    return True
