"""Processes that read documents ahead of the one that writes."""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from graph.errors import PolicygraphError, RefusedInput

_PARENT_CHECK_S = 1.0
_AHEAD = 2  # jobs a worker may be ahead of the writer: enough to keep it busy, few enough to hold in memory

Job = TypeVar("Job")
Result = TypeVar("Result")


def read_ahead(
    jobs: Iterable[Job], read: Callable[[Job], Result], *, workers: int
) -> Iterator[tuple[Job, Result | PolicygraphError]]:
    """Per job, in order, what `read` gives or the error that it raises.

    With one worker all is read in this process. A job whose process dies is tried once more alone, and is refused if
    that dies too. Workers end with this process, however it ends.
    """
    if workers <= 1:
        for job in jobs:
            yield job, _outcome(lambda job=job: read(job))  # type: ignore[misc]
        return
    pool = _pool(workers)
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    try:
        for job in jobs:
            try:
                future = pool.submit(read, job)
            except BrokenProcessPool:
                pool = _pool(workers)
                future = pool.submit(read, job)
            waiting.append((job, future))
            if len(waiting) >= _AHEAD * workers:
                first = _finished(*waiting.popleft(), read)
                yield first
        while waiting:
            last = _finished(*waiting.popleft(), read)
            yield last
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _finished(
    job: Job, future: "Future[Result]", read: Callable[[Job], Result]
) -> tuple[Job, Result | PolicygraphError]:
    try:
        return job, _outcome(future.result)
    except BrokenProcessPool:
        with _pool(1) as alone:
            try:
                return job, _outcome(alone.submit(read, job).result)
            except BrokenProcessPool:
                reason = "the process that read it was ended, perhaps for want of memory; divide the file"
                return job, RefusedInput(reason)


def _outcome(read: Callable[[], Result]) -> Result | PolicygraphError:
    try:
        return read()
    except PolicygraphError as error:
        return error


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """An interrupt is the parent's to handle; a parent that was killed can't end its workers, so they watch it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_S)
    os._exit(1)
