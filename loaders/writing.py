"""Batches into a store, with the time; what is refused is in the report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from graph.errors import BadBatch, PolicygraphError, StoreError, StoreTooSmall
from graph.facts import Batch
from graph.store import Store, Written
from loaders.folder import DocumentFile
from loaders.report import LoadReport, Refused, line_about


def write_batch(store: Store, file: DocumentFile, batch: Batch, report: LoadReport) -> Written | None:
    """What the write of a file's batch did, None where it was refused; raises StoreError where the store fails."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return store.write(replace(batch, header=replace(batch.header, loaded_at=now)))
    except BadBatch as error:
        report.refused.append(refused(file, error.faults))
    except PolicygraphError as error:
        if isinstance(error, StoreError) and not isinstance(error, StoreTooSmall):
            raise
        report.refused.append(Refused(file.shown, line_about(file.shown, error)))
    return None


def refused(file: DocumentFile, faults: Sequence[str]) -> Refused:
    """A file of which nothing was stored, with every fault, the first of them in its line."""
    others = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    return Refused(file.shown, f"{file.shown}: nothing of it was stored: {faults[0]}{others}", tuple(faults))
