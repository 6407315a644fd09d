"""Processes that read documents ahead of the one that writes."""

import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any, Generic, Self, TypeAlias, TypeVar

from graph.errors import Cancelled, PolicygraphError, RefusedInput

_SPAWN = get_context("spawn")
_AHEAD = 2  # jobs a worker may be ahead of the writer: enough to keep it busy, few enough to hold in memory
_LOOK_S = 0.2
_ATTEMPTS = 2

Job = TypeVar("Job")
Result = TypeVar("Result")


def read_ahead(
    jobs: Iterable[Job], read: Callable[[Job], Result], *, workers: int, stop: Event | None = None
) -> Iterator[tuple[Job, Result | PolicygraphError]]:
    """Per job, in order, what `read` gives or the error that it raises.

    With one worker all is read in this process, unless there is a `stop`: then it stays free for others, and setting
    that ends the workers and raises Cancelled. A job whose process dies is tried once more, and is refused if that dies
    too. Workers end with this process, however it ends.
    """
    if workers <= 1 and stop is None:
        for job in jobs:
            yield job, _outcome(read, job)
        return
    workers = max(workers, 1)
    waiting: deque[tuple[Job, Future[Result | PolicygraphError]]] = deque()
    with _Readers(read, workers) as readers:
        for job in jobs:
            waiting.append((job, readers.submit(job)))
            if len(waiting) >= _AHEAD * workers:
                yield _finished(*waiting.popleft(), stop)
        while waiting:
            yield _finished(*waiting.popleft(), stop)


def _finished(
    job: Job, future: "Future[Result | PolicygraphError]", stop: Event | None
) -> tuple[Job, Result | PolicygraphError]:
    while stop is not None and not wait([future], _LOOK_S).done:
        if stop.is_set():
            raise Cancelled("cancelled while it was read")
    return job, future.result()


def _outcome(read: Callable[[Job], Result], job: Job) -> Result | PolicygraphError:
    try:
        return read(job)
    except PolicygraphError as error:
        return error


@dataclass(frozen=True, slots=True)
class _Defect:
    """What a worker could not go on with, as a traceback."""

    text: str


_Said: TypeAlias = Any
"""What comes from a worker: a result, an error of ours, or a defect."""


class _Reader:
    """A process that reads, and a line to it that breaks when it dies, even in the middle of an answer.

    A queue that processes share, as those of pools, does not: who listens to it would wait for the other half forever.
    """

    def __init__(self, read: Callable[[Any], object]) -> None:
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_answer, args=(theirs, read), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, job: object) -> _Said:
        """What it says of the job; raises EOFError or OSError if it dies."""
        self._line.send(job)
        return self._line.recv()

    def close(self) -> None:
        """Let it end, which it does when it waits for a job."""
        self._line.close()
        self._process.join()

    def kill(self) -> None:
        """End it whatever it does; who waits for an answer is told."""
        self._process.kill()


class _Readers(Generic[Job, Result]):
    """Processes, each with a thread that waits for what it reads; when an error ends the block they are killed."""

    def __init__(self, read: Callable[[Job], Result], workers: int) -> None:
        self._read = read
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._idle: SimpleQueue[_Reader] = SimpleQueue()
        self._alive: set[_Reader] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *exc: object) -> None:
        if kind is not None:  # an interrupt too must not wait for what is being read
            with self._lock:
                self._is_closed = True
                for reader in self._alive:
                    reader.kill()
        self._threads.shutdown(cancel_futures=True)
        for reader in self._alive:
            reader.close()

    def submit(self, job: Job) -> "Future[Result | PolicygraphError]":
        """What will be read of the job."""
        return self._threads.submit(self._ask, job)

    def _ask(self, job: Job) -> Result | PolicygraphError:
        for _ in range(_ATTEMPTS):
            reader = self._take()
            try:
                said = reader.ask(job)
            except (EOFError, OSError):
                self._bury(reader)
                continue
            self._idle.put(reader)
            if isinstance(said, _Defect):
                raise RuntimeError(said.text)
            found: Result | PolicygraphError = said
            return found
        return RefusedInput("the process that read it was ended, perhaps for want of memory; divide the file")

    def _take(self) -> _Reader:
        with suppress(Empty):
            return self._idle.get_nowait()
        with self._lock:
            if self._is_closed:
                raise Cancelled("cancelled while it was read")
            reader = _Reader(self._read)
            self._alive.add(reader)
        return reader

    def _bury(self, reader: _Reader) -> None:
        with self._lock:
            self._alive.remove(reader)
        reader.close()


def _answer(line: "Connection[_Said, Any]", read: Callable[[Any], object]) -> None:
    """Read what comes until the line is closed; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            job = line.recv()
            try:
                said: _Said = _outcome(read, job)
            except Exception:  # a defect is the parent's to report
                said = _Defect(traceback.format_exc())
            line.send(said)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
