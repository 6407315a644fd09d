"""Paths into a store: every document read by a pure function, in this process or in others; only this one writes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from graph import ids
from graph.errors import Cancelled, PolicygraphError, RefusedInput, StoreError
from graph.facts import BatchHeader, BatchKind
from graph.formats.load import load_dump
from graph.store import Store, Written
from loaders.folder import DocumentFile, Found, find_documents
from loaders.options import LoadOptions
from loaders.pipeline import READER, Reading, read_with_missed
from loaders.readers.files import check_size
from loaders.report import Loaded, LoadReport, Refused, line_about
from loaders.tables.load import load_tables
from loaders.workers import read_ahead
from loaders.writing import write_batch

ONE_EACH = ("title", "source", "doc_number")
"""Options that can hold for one document only."""
OF_TABLES = ("title", "source")
"""Options that hold for a table too."""


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
    report: LoadReport | None = None,
) -> LoadReport:
    """Load documents, dumps and folders of them; each document is one transaction, and a refused one leaves no trace.

    `on_file` is told after each file how many of how many are done. `reads_all` reads documents that the store has
    already, too, so that the report has what was missed in them. A file that can't be used is named in the report
    and the others are loaded; a store that fails raises StoreError, and a `report` that was given has what was done.
    """
    given = options or LoadOptions()
    report = report if report is not None else LoadReport()
    found = _find_all(paths, given, report)
    check_options(given, found)
    return load_found(store, found, workers=workers, reads_all=reads_all, on_file=on_file, report=report)


def load_found(
    store: Store,
    found: Found,
    *,
    workers: int = 1,
    stop: Event | None = None,
    reads_all: bool = False,
    on_file: Callable[[int, int], None] = lambda done, total: None,
    report: LoadReport | None = None,
) -> LoadReport:
    """Load these files, documents before dumps before tables, and add to the report; see `load_paths`.

    With a `stop` they are read in other processes even where one is enough, so that this one can do something else, and
    setting it raises Cancelled; what was written by then stays.
    """
    report = report if report is not None else LoadReport()
    documents, dumps, tables = found.documents, found.dumps, found.tables
    present = {(h.content, s): h for h in store.batches() if h.kind is BatchKind.DOCUMENT for s in h.sources}
    total, refused_before = len(documents) + len(dumps) + len(tables), len(report.refused)
    known = _Known(store, {} if reads_all else present)
    jobs = (job for document in documents for job in _jobs(document, known, report))
    for job, reading in read_ahead(jobs, _read, workers=min(workers, len(documents)), stop=stop if documents else None):
        if isinstance(reading, PolicygraphError):
            report.refused.append(Refused(job.document.shown, line_about(job.document.shown, reading)))
        else:
            _write(store, job.document, reading, report)
        on_file(len(report.loaded) + len(report.refused) - refused_before, total)
    if documents:  # those that were there already are told together
        on_file(len(documents), total)
    for done, dump in enumerate(dumps, len(documents) + 1):
        _refuse_cancelled(stop)
        _load_dump(store, dump, report)
        on_file(done, total)
    if tables:
        load_tables(store, tables, report, stop=stop)
        on_file(total, total)
    order = {path: position for position, path in enumerate(d.shown for d in (*documents, *dumps))}
    report.loaded.sort(key=lambda loaded: order.get(loaded.path, total))
    report.refused.sort(key=lambda refused: refused.path)
    return report


def _refuse_cancelled(stop: Event | None) -> None:
    if stop is not None and stop.is_set():
        raise Cancelled("cancelled before all files were loaded")


def _find_all(paths: Iterable[Path], options: LoadOptions, report: LoadReport) -> Found:
    """Documents, dumps and tables at the paths, each file once."""
    documents: dict[Path, DocumentFile] = {}
    dumps: dict[Path, DocumentFile] = {}
    tables: dict[Path, DocumentFile] = {}
    sources: dict[str, Path] = {}
    for path in paths:
        try:
            found = find_documents(path, options)
        except (RefusedInput, OSError) as error:
            report.refused.append(Refused(path, line_about(path, error)))
            continue
        report.skipped.extend(found.skipped)
        for document in found.documents:
            named = sources.setdefault(document.source, document.path.resolve())
            if named != document.path.resolve():
                reason = f"{document.path}: its source {document.source} is that of {named.name} too; give it its own"
                report.refused.append(Refused(document.path, reason))
                continue
            documents.setdefault(document.path.resolve(), document)
        dumps.update((dump.path.resolve(), dump) for dump in found.dumps if dump.path.resolve() not in dumps)
        tables.update((table.path.resolve(), table) for table in found.tables if table.path.resolve() not in tables)
    return Found(tuple(documents.values()), tuple(dumps.values()), tuple(tables.values()))


def check_options(given: LoadOptions, found: Found) -> None:
    """Nothing where the options can hold for what was found; else raises RefusedInput."""
    described = len(found.documents) + len(found.tables)
    single = [name for name in ONE_EACH if getattr(given, name)]
    if described > 1 and single:
        kind = "files" if found.tables else "documents"
        raise RefusedInput(f"{_options(single)}: given for {described} {kind}; load them singly, or use documents.csv")
    others = [name for name in given.given() if name not in OF_TABLES]
    if found.tables and not found.documents and others:
        raise RefusedInput(f"{_options(others)}: said of documents; a table has --title and --source only")


def _options(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


def _jobs(document: DocumentFile, known: _Known, report: LoadReport) -> Iterator[_Job]:
    """The bytes of a file to be read; nothing where the store has just that, or where it can't be used."""
    try:
        check_size(document.path.stat().st_size, name=document.shown.name)
        data = document.path.read_bytes()
    except (RefusedInput, OSError) as error:
        report.refused.append(Refused(document.shown, line_about(document.shown, error)))
        return
    sha256 = hashlib.sha256(data).hexdigest()
    header = known.headers.get((sha256, document.source))
    is_same = header is not None and header.version == READER and header.has_text
    if header is not None and is_same and dict(header.options) == document.options.given():
        report.loaded.append(_unchanged(known.store, document.shown, header))
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
        batch=header.id,
        missed_figures=figures if isinstance(figures, int) else None,
        missed_titles=titles if isinstance(titles, int) else None,
    )


def _read(job: _Job) -> Reading:
    document = job.document
    return read_with_missed(job.data, name=document.shown.name, source=document.source, options=document.options)


def _write(store: Store, document: DocumentFile, reading: Reading, report: LoadReport) -> None:
    batch, kinds = reading.batch, [each.kind for each in reading.missed]
    written = write_batch(store, document, batch, report)
    if written is None:
        return
    report.loaded.append(
        Loaded(
            path=document.shown,
            written=written,
            title=batch.header.title,
            batch=batch.header.id,
            nodes=len(batch.nodes),
            edges=len(batch.edges),
            missed_figures=kinds.count("figure"),
            missed_titles=kinds.count("title"),
            missed=reading.missed,
            is_bare=reading.is_bare,
        )
    )


def _load_dump(store: Store, dump: DocumentFile, report: LoadReport) -> None:
    """Write the batches of a dump, or none of them if the file is not whole and right."""
    try:
        with dump.path.open("rb") as file:
            written = load_dump(store, file, name=dump.shown.name)
    except StoreError:
        raise
    except (PolicygraphError, OSError) as error:
        report.refused.append(Refused(dump.shown, line_about(dump.shown, error)))
        return
    report.loaded.extend(Loaded(dump.shown, what, header.title, batch=header.id) for header, what in written)
