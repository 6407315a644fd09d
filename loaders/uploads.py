"""Files that were sent rather than found: known by the name that the sender gave, which is never a path."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from threading import Event
from urllib.parse import quote

from graph.errors import RefusedInput
from graph.facts import BatchHeader
from graph.store import Store
from loaders.folder import TABLE, DocumentFile, Found
from loaders.load import check_options, load_found
from loaders.options import LoadOptions
from loaders.readers.files import DUMP, media_type_of
from loaders.report import LoadReport, Refused
from loaders.tables.reading import is_table

SCHEME = "upload:"
"""What the source of a sent file begins with, where nobody says where it is published."""
_LONGEST_NAME = 200
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: where its bytes are, and the name that it came under, as `name_of` makes it."""

    path: Path
    name: str


def name_of(given: str) -> str:
    """The name that a sent file is known by: the last part of what its sender calls it, without what nobody sees.

    Raises RefusedInput if nothing is left, and for types that are not read.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2])).strip(" .")
    if not plain:
        raise RefusedInput(f"“{given[:40]!a}”: no name of a file; send it with one, such as plan.txt")
    if len(plain) > _LONGEST_NAME:
        raise RefusedInput(f"“{plain[:40]}…”: a name of {len(plain)} characters; give at most {_LONGEST_NAME}")
    if plain == TABLE:
        raise RefusedInput(f"{plain}: it is for files in a folder; send what it says as fields of the form")
    if not is_table(plain) and PurePath(plain).suffix.lower() != DUMP:
        media_type_of(plain)
    return plain


def check_uploads(files: Sequence[Sent], options: LoadOptions) -> None:
    """Nothing where the options can hold for the files; else raises RefusedInput."""
    check_options(options, _found(files, options))


def load_uploads(
    store: Store,
    files: Sequence[Sent],
    *,
    options: LoadOptions,
    replaces: bool,
    stop: Event,
    on_file: Callable[[int, int], None],
    report: LoadReport,
) -> None:
    """Load files that were sent, and add to the report; see `load_found`.

    A file takes the place of another that was sent under its name only if it `replaces`: unlike a path, a name may mean
    two things.
    """
    found = _found(files, options)
    if not replaces and not options.source:
        found = _without_others(found, store.batches(), report)
    load_found(store, found, stop=stop, on_file=on_file, report=report)


def _found(files: Iterable[Sent], options: LoadOptions) -> Found:
    documents: list[DocumentFile] = []
    tables: list[DocumentFile] = []
    dumps: list[DocumentFile] = []
    for sent in files:
        source = options.source or SCHEME + quote(sent.name)
        file = DocumentFile(sent.path, replace(options, source=source), sent.name)
        if is_table(sent.name):
            tables.append(file)
        elif PurePath(sent.name).suffix.lower() == DUMP:
            dumps.append(file)
        else:
            documents.append(file)
    return Found(tuple(documents), tuple(dumps), tuple(tables))


def _without_others(found: Found, headers: Iterable[BatchHeader], report: LoadReport) -> Found:
    """The files whose names were not sent before with other bytes; those that were are refused."""
    held = {source: header for header in headers for source in header.sources if source.startswith(SCHEME)}

    def free(files: Sequence[DocumentFile]) -> tuple[DocumentFile, ...]:
        kept = []
        for file in files:
            header = held.get(file.source)
            if header is None or header.content == _digest(file.path):
                kept.append(file)
                continue
            reason = f"“{header.title}” was sent under this name; say replace=true, or give a source or another name"
            report.refused.append(Refused(file.shown, f"{file.name}: {reason}"))
        return tuple(kept)

    return Found(free(found.documents), found.dumps, free(found.tables))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
