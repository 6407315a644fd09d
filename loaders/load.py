"""Paths into a store: every document read by a pure function, in this process or in others; only this one writes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from graph import ids
from graph.errors import PolicygraphError, RefusedInput, StoreError
from graph.facts import BatchHeader, BatchKind
from graph.formats.load import load_dump
from graph.store import Store, Written
from loaders.folder import DocumentFile, find_documents
from loaders.options import LoadOptions
from loaders.pipeline import READER, MissedText, Reading, read_with_missed
from loaders.readers.files import check_size
from loaders.workers import read_ahead

ONE_EACH = ("title", "source", "doc_number")
"""Options that can hold for one document only."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that is in the store: what the write did, its title, how many nodes and edges it states.

    `missed_figures` and `missed_titles` count what was not understood, None where nobody counted, and `missed` has it
    itself. `is_bare` says that it states nothing beyond itself. Of a document that was not read again the store knows
    the counts alone.
    """

    path: Path
    written: Written
    title: str
    nodes: int = 0
    edges: int = 0
    missed_figures: int | None = None
    missed_titles: int | None = None
    missed: tuple[MissedText, ...] = ()
    is_bare: bool | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not loaded, and why, in one line."""

    path: Path
    reason: str


@dataclass(slots=True)
class LoadReport:
    """What became of each file: loaded, refused, or skipped since its type is not read."""

    loaded: list[Loaded] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Job:
    """A file that has to be read."""

    document: DocumentFile
    data: bytes


@dataclass(frozen=True, slots=True)
class _Known:
    """A store, and the headers of the documents in it that need not be read again, by content and source."""

    store: Store
    headers: Mapping[tuple[str, str], BatchHeader]


def load_paths(
    store: Store,
    paths: Sequence[Path],
    *,
    options: LoadOptions | None = None,
    workers: int = 1,
    reads_all: bool = False,
    on_file: Callable[[int, int], None] = lambda done, total: None,
) -> LoadReport:
    """Load documents, dumps and folders of them; each document is one transaction, and a refused one leaves no trace.

    `on_file` is told after each file how many of how many are done. `reads_all` reads documents that the store has
    already, too, so that the report has what was missed in them. A file that can't be used is named in the report
    and the others are loaded; a store that fails raises StoreError.
    """
    given = options or LoadOptions()
    report = LoadReport()
    documents, dumps = _find_all(paths, given, report)
    if len(documents) > 1 and any(getattr(given, name) for name in ONE_EACH):
        names = ", ".join(f"--{name.replace('_', '-')}" for name in ONE_EACH if getattr(given, name))
        raise RefusedInput(f"{names}: given for {len(documents)} documents; load them one by one, or use documents.csv")
    present = {(h.content, s): h for h in store.batches() if h.kind is BatchKind.DOCUMENT for s in h.sources}
    total, refused_before = len(documents) + len(dumps), len(report.refused)
    known = _Known(store, {} if reads_all else present)
    jobs = (job for document in documents for job in _jobs(document, known, report))
    for job, reading in read_ahead(jobs, _read, workers=min(workers, len(documents))):
        if isinstance(reading, PolicygraphError):
            report.refused.append(Refused(job.document.path, _line(job.document.path, reading)))
        else:
            _write(store, job.document, reading, report)
        on_file(len(report.loaded) + len(report.refused) - refused_before, total)
    if documents:  # those that were there already are told together
        on_file(len(documents), total)
    for done, dump in enumerate(dumps, len(documents) + 1):
        _load_dump(store, dump, report)
        on_file(done, total)
    order = {path: position for position, path in enumerate([*(d.path for d in documents), *dumps])}
    report.loaded.sort(key=lambda loaded: order[loaded.path])
    report.refused.sort(key=lambda refused: refused.path)
    return report


def _find_all(paths: Iterable[Path], options: LoadOptions, report: LoadReport) -> tuple[list[DocumentFile], list[Path]]:
    """Documents and dumps at the paths, each file once."""
    documents: dict[Path, DocumentFile] = {}
    dumps: dict[Path, Path] = {}
    sources: dict[str, Path] = {}
    for path in paths:
        try:
            found = find_documents(path, options)
        except (RefusedInput, OSError) as error:
            report.refused.append(Refused(path, _line(path, error)))
            continue
        report.skipped.extend(found.skipped)
        for document in found.documents:
            named = sources.setdefault(document.source, document.path.resolve())
            if named != document.path.resolve():
                reason = f"{document.path}: its source {document.source} is that of {named.name} too; give it its own"
                report.refused.append(Refused(document.path, reason))
                continue
            documents.setdefault(document.path.resolve(), document)
        for dump in found.dumps:
            dumps.setdefault(dump.resolve(), dump)
    return list(documents.values()), list(dumps.values())


def _jobs(document: DocumentFile, known: _Known, report: LoadReport) -> Iterator[_Job]:
    """The bytes of a file to be read; nothing where the store has just that, or where it can't be used."""
    try:
        check_size(document.path.stat().st_size, name=document.path.name)
        data = document.path.read_bytes()
    except (RefusedInput, OSError) as error:
        report.refused.append(Refused(document.path, _line(document.path, error)))
        return
    sha256 = hashlib.sha256(data).hexdigest()
    header = known.headers.get((sha256, document.source))
    is_same = header is not None and header.version == READER and header.has_text
    if header is not None and is_same and dict(header.options) == document.options.given():
        report.loaded.append(_unchanged(known.store, document.path, header))
    else:
        yield _Job(document, data)


def _unchanged(store: Store, path: Path, header: BatchHeader) -> Loaded:
    """A document that is not read again, with what was counted when it was."""
    document_id = ids.document_id(header.content)
    found = store.nodes([document_id]).get(document_id)
    figures, titles = (found.properties.get(name) if found else None for name in ("missed_figures", "missed_titles"))
    return Loaded(
        path=path,
        written=Written.UNCHANGED,
        title=header.title,
        missed_figures=figures if isinstance(figures, int) else None,
        missed_titles=titles if isinstance(titles, int) else None,
    )


def _read(job: _Job) -> Reading:
    document = job.document
    return read_with_missed(job.data, name=document.path.name, source=document.source, options=document.options)


def _write(store: Store, document: DocumentFile, reading: Reading, report: LoadReport) -> None:
    batch, kinds = reading.batch, [each.kind for each in reading.missed]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        written = store.write(replace(batch, header=replace(batch.header, loaded_at=now)))
    except StoreError:
        raise
    except PolicygraphError as error:
        report.refused.append(Refused(document.path, _line(document.path, error)))
        return
    report.loaded.append(
        Loaded(
            path=document.path,
            written=written,
            title=batch.header.title,
            nodes=len(batch.nodes),
            edges=len(batch.edges),
            missed_figures=kinds.count("figure"),
            missed_titles=kinds.count("title"),
            missed=reading.missed,
            is_bare=reading.is_bare,
        )
    )


def _load_dump(store: Store, path: Path, report: LoadReport) -> None:
    """Write the batches of a dump, or none of them if the file is not whole and right."""
    try:
        with path.open("rb") as file:
            written = load_dump(store, file, name=path.name)
    except StoreError:
        raise
    except (PolicygraphError, OSError) as error:
        report.refused.append(Refused(path, _line(path, error)))
        return
    report.loaded.extend(Loaded(path, what, header.title) for header, what in written)


def _line(path: Path, error: Exception) -> str:
    """One line that names the file first."""
    if isinstance(error, OSError):
        return f"{path}: it can't be read ({error.strerror}); check the file and its permissions"
    text = str(error)
    return text if text.startswith(str(path)) else f"{path}: {text.removeprefix(f'{path.name}: ')}"
