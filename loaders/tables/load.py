"""Tables into a store: all that are loaded together are checked before the first is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from graph.errors import PolicygraphError, RefusedInput
from graph.facts import REFERENCE, Batch
from graph.store import Store
from loaders.folder import DocumentFile
from loaders.readers.files import check_size
from loaders.report import Loaded, LoadReport, Refused, line_about
from loaders.tables.batch import curate
from loaders.tables.reading import Table, read_table
from loaders.workers import read_ahead
from loaders.writing import refused, write_batch


@dataclass(frozen=True, slots=True)
class _Job:
    """A table that has to be read."""

    file: DocumentFile
    data: bytes


def load_tables(store: Store, files: Sequence[DocumentFile], report: LoadReport, *, stop: Event | None = None) -> None:
    """Load curated tables, each in one transaction, and add to the report what became of them.

    A table with a faulty row is refused with all its faults, and nothing of it is stored. With a `stop` they are read
    in another process, so that this one can do something else, and setting it raises Cancelled.
    """
    read: list[tuple[DocumentFile, Table]] = []
    for job, table in read_ahead(_jobs(files, report), _read, workers=1, stop=stop):
        if isinstance(table, PolicygraphError):
            report.refused.append(Refused(job.file.shown, line_about(job.file.shown, table)))
        else:
            read.append((job.file, table))
    for (file, table), curated in zip(read, curate([table for _, table in read], store), strict=True):
        report.notes.extend(table.notes)
        if curated.batch is None:
            report.refused.append(refused(file, curated.faults))
        else:
            _write(store, file, curated.batch, report)


def _jobs(files: Iterable[DocumentFile], report: LoadReport) -> Iterator[_Job]:
    for file in files:
        try:
            check_size(file.path.stat().st_size, name=file.shown.name)
            yield _Job(file, file.path.read_bytes())
        except (RefusedInput, OSError) as error:
            report.refused.append(Refused(file.shown, line_about(file.shown, error)))


def _read(job: _Job) -> Table:
    return read_table(job.data, name=job.file.shown.name, source=job.file.source, title=job.file.options.title)


def _write(store: Store, file: DocumentFile, batch: Batch, report: LoadReport) -> None:
    written = write_batch(store, file, batch, report)
    if written is None:
        return
    report.loaded.append(
        Loaded(
            path=file.shown,
            written=written,
            title=batch.header.title,
            batch=batch.header.id,
            nodes=sum(claim.rule != REFERENCE for claim in batch.nodes),
            edges=len(batch.edges),
        )
    )
