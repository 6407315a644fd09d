"""Jobs: files that were sent are loaded one job after the other, beside the answers.

They are kept in memory and in a temporary directory alone: what a job loaded is in the store, but a server that starts
anew knows of no job. Files are read in a process of their own, so that the server goes on answering, and each is
stored in one transaction, so that a job that fails leaves the store whole.
"""

import logging
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from starlette.concurrency import run_in_threadpool

from graph.errors import Cancelled, NotFound, PolicygraphError, StoreBusy, TooBusy
from graph.store import Store
from loaders.options import LoadOptions
from loaders.report import LoadReport
from loaders.uploads import Sent, load_uploads

MOST_WAITING = 20
"""Jobs that may wait; their files lie on the disk."""
_KEPT = 200  # finished jobs that can still be asked for
_ATTEMPTS, _PAUSE_S = 30, 2.0  # while another program writes to the store
_log = logging.getLogger("policygraph.api")


class JobState(StrEnum):
    """What becomes of a job: `done` if all of its files are in the store."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Job:
    """Files that were sent together, and what became of them so far."""

    id: str
    files: tuple[str, ...]
    created_at: str
    state: JobState = JobState.WAITING
    done: int = 0
    started_at: str | None = None
    finished_at: str | None = None
    report: LoadReport = field(default_factory=LoadReport)
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many files it has."""
        return len(self.files)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Order:
    """What a job is to do: load the files in a folder, which goes with the job."""

    folder: Path
    files: tuple[Sent, ...]
    options: LoadOptions
    replaces: bool = False


@dataclass(slots=True)
class _Entry:
    job: Job
    order: Order
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The jobs of a server; a thread works on them while there are any."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, _Entry] = {}
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._is_closed = False

    def check_room(self) -> None:
        """Nothing where one more job may wait; raises TooBusy otherwise."""
        with self._changed:
            waiting = sum(entry.job.state is JobState.WAITING for entry in self._entries.values())
        if waiting >= MOST_WAITING or self._is_closed:
            raise TooBusy(f"{waiting} jobs wait already; send the files again when some are done")

    def add(self, order: Order) -> Job:
        """The new job, which waits for those before it."""
        job = Job(id=f"job-{uuid4().hex}", files=tuple(sent.name for sent in order.files), created_at=_now())
        with self._changed:
            self._forget_oldest()
            self._entries[job.id] = _Entry(job, order)
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._worker.start()
            self._changed.notify_all()
        return job

    def get(self, id_: str) -> Job:
        """The job of this id; raises NotFound with what may have become of it."""
        return self._entry(id_).job

    def newest_first(self) -> list[Job]:
        """All jobs that are remembered."""
        with self._changed:
            return [entry.job for entry in reversed(self._entries.values())]

    def cancel(self, id_: str) -> Job:
        """The job, which is not begun if it waits, and ended if it runs; files that it has loaded stay.

        Raises Cancelled if it is finished.
        """
        entry = self._entry(id_)
        with self._changed:
            if not entry.job.is_open:
                raise Cancelled(f"the job {entry.job.id} is {entry.job.state} already; unload what it loaded")
            entry.stop.set()
            if entry.job.state is JobState.WAITING:
                self._finish(entry, JobState.CANCELLED)
        return entry.job

    def close(self) -> None:
        """End the job that runs and cancel those that wait; nothing is left in temporary directories."""
        with self._changed:
            self._is_closed = True
            for entry in self._entries.values():
                entry.stop.set()
                if entry.job.state is JobState.WAITING:
                    self._finish(entry, JobState.CANCELLED)
            self._changed.notify_all()
        if self._worker is not None:
            self._worker.join()

    @asynccontextmanager
    async def closing(self) -> AsyncIterator[None]:
        """For as long as the server lives; at its end the jobs are closed."""
        yield
        await run_in_threadpool(self.close)

    def _entry(self, id_: str) -> _Entry:
        with self._changed:
            entry = self._entries.get(id_)
        if entry is None:
            raise NotFound(
                f"no job “{id_[:60]}”; jobs are forgotten when the server stops, what they loaded is in the store"
            )
        return entry

    def _forget_oldest(self) -> None:
        finished = [id_ for id_, entry in self._entries.items() if not entry.job.is_open]
        for id_ in finished[: max(0, len(finished) - _KEPT)]:
            del self._entries[id_]

    def _work(self) -> None:
        while (entry := self._next()) is not None:
            state = JobState.FAILED
            try:
                state = self._run(entry)
            except PolicygraphError as error:
                state = JobState.CANCELLED if isinstance(error, Cancelled) else JobState.FAILED
                entry.job.errors.append(str(error))
            except Exception:
                # A defect in one job must not keep all others from being done; the log has what happened.
                _log.exception("the job %s failed", entry.job.id)
                entry.job.errors.append("the server failed; its log says how")
            with self._changed:
                self._finish(entry, state)

    def _next(self) -> _Entry | None:
        """The oldest job that waits, once there is one; None when the server stops."""
        with self._changed:
            while not self._is_closed:
                entry = next((e for e in self._entries.values() if e.job.state is JobState.WAITING), None)
                if entry is not None:
                    entry.job.state, entry.job.started_at = JobState.RUNNING, _now()
                    return entry
                self._changed.wait()
        return None

    def _run(self, entry: _Entry) -> JobState:
        """Load the files, again if another program was writing; files that are there already are not read twice."""
        job, order = entry.job, entry.order

        def show(done: int, total: int) -> None:
            job.done = done

        for attempt in range(1, _ATTEMPTS + 1):
            job.report = LoadReport()
            try:
                load_uploads(
                    self._store,
                    order.files,
                    options=order.options,
                    replaces=order.replaces,
                    stop=entry.stop,
                    on_file=show,
                    report=job.report,
                )
            except StoreBusy:
                if attempt == _ATTEMPTS or entry.stop.wait(_PAUSE_S):
                    raise
            else:
                break
        job.errors += [refused.reason for refused in job.report.refused]
        return JobState.FAILED if job.report.refused else JobState.DONE

    def _finish(self, entry: _Entry, state: JobState) -> None:
        entry.job.state, entry.job.finished_at = state, _now()
        shutil.rmtree(entry.order.folder, ignore_errors=True)


def new_folder() -> Path:
    """A temporary directory for the files of a job, for its taker to remove."""
    return Path(tempfile.mkdtemp(prefix="policygraph-job-"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
