"""Processes that read documents ahead of the one that writes."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event
from typing import TypeAlias, TypeVar

from graph.errors import Cancelled, PolicygraphError, RefusedInput

_SPAWN = get_context("spawn")
_AHEAD = 2  # jobs a worker may be ahead of the writer: enough to keep it busy, few enough to hold in memory
_LOOK_S = 0.2

Job = TypeVar("Job")
Result = TypeVar("Result")
Lifeline: TypeAlias = "Connection[None, None]"


def read_ahead(
    jobs: Iterable[Job], read: Callable[[Job], Result], *, workers: int, stop: Event | None = None
) -> Iterator[tuple[Job, Result | PolicygraphError]]:
    """Per job, in order, what `read` gives or the error that it raises.

    With one worker all is read in this process, unless there is a `stop`: then it stays free for others, and setting
    that ends the workers and raises Cancelled. A job whose process dies is tried once more alone, and is refused if
    that dies too. Workers end with this process, however it ends.
    """
    if workers <= 1 and stop is None:
        for job in jobs:
            yield job, _outcome(lambda job=job: read(job))  # type: ignore[misc]
        return
    lifeline, held = _SPAWN.Pipe(duplex=False)
    workers = max(workers, 1)
    pool = _pool(workers, lifeline)
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    try:
        for job in jobs:
            try:
                future = pool.submit(read, job)
            except BrokenProcessPool:
                pool = _pool(workers, lifeline)
                future = pool.submit(read, job)
            waiting.append((job, future))
            if len(waiting) >= _AHEAD * workers:
                first = _finished(*waiting.popleft(), read, lifeline=lifeline, stop=stop)
                yield first
        while waiting:
            last = _finished(*waiting.popleft(), read, lifeline=lifeline, stop=stop)
            yield last
    except BaseException:  # an interrupt too must not wait for what is being read
        held.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        held.close()
        lifeline.close()


def _finished(
    job: Job, future: "Future[Result]", read: Callable[[Job], Result], *, lifeline: Lifeline, stop: Event | None
) -> tuple[Job, Result | PolicygraphError]:
    _await(future, stop)
    try:
        return job, _outcome(future.result)
    except BrokenProcessPool:
        with _pool(1, lifeline) as alone:
            again = alone.submit(read, job)
            _await(again, stop)
            try:
                return job, _outcome(again.result)
            except BrokenProcessPool:
                reason = "the process that read it was ended, perhaps for want of memory; divide the file"
                return job, RefusedInput(reason)


def _await(future: "Future[Result]", stop: Event | None) -> None:
    """Wait until it is done; raises Cancelled once that is not wanted any more."""
    while stop is not None and not wait([future], _LOOK_S).done:
        if stop.is_set():
            raise Cancelled("cancelled while it was read")


def _outcome(read: Callable[[], Result]) -> Result | PolicygraphError:
    try:
        return read()
    except PolicygraphError as error:
        return error


def _pool(workers: int, lifeline: Lifeline) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_SPAWN, initializer=_begin, initargs=(lifeline,))


def _begin(lifeline: Lifeline) -> None:
    """An interrupt is the parent's to handle; a worker ends when the parent lets go of its end of the line, or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Lifeline) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv()
    os._exit(1)
