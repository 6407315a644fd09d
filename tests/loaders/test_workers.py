"""Processes that read ahead: order, errors, and what happens when one dies."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from graph.errors import Cancelled, PolicygraphError, RefusedInput
from loaders.workers import read_ahead


def double(number: int) -> int:
    """What the test jobs do: 13 is refused, 99 kills its process."""
    if number == 13:
        raise RefusedInput("13: unlucky")
    if number == 99:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die_while_it_is_sent(number: int) -> bytes:
    """What is so long that a pipe does not hold it, of which half is sent."""

    def send_half(line: Connection, packed: bytes) -> None:
        os.write(line.fileno(), packed[: len(packed) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Connection, "_send", send_half)  # noqa: B010  # it is not public
    return bytes(100_000)


def compute(number: int) -> None:
    """What takes for ever and lets no other thread of its process have a turn."""
    re.match("(a+)+$", "a" * 100 + "b")


def divide(number: int) -> float:
    return 1 / number


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_jobs(workers: int) -> None:
    assert list(read_ahead(range(10), double, workers=workers)) == [(n, 2 * n) for n in range(10)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_given_and_the_others_go_on(workers: int) -> None:
    found = dict(read_ahead([1, 13, 2], double, workers=workers))
    assert (found[1], found[2]) == (2, 4)
    assert isinstance(found[13], RefusedInput)


def test_a_job_that_kills_its_process_is_refused_and_the_others_are_done() -> None:
    found: dict[int, int | PolicygraphError] = dict(read_ahead([1, 99, 2, 3, 4, 5], double, workers=2))
    assert {number: result for number, result in found.items() if number != 99} == {n: 2 * n for n in range(1, 6)}
    assert "memory" in str(found[99])


def test_a_process_that_dies_while_it_sends_is_not_waited_for() -> None:
    ((_, found),) = read_ahead([1], die_while_it_is_sent, workers=2)
    assert isinstance(found, RefusedInput)


def test_what_is_being_read_is_given_up_when_it_is_told_to_stop() -> None:
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(read_ahead([1, 2, 3], compute, workers=1, stop=stop))
    assert time.monotonic() - began < 20


def test_a_defect_is_raised_with_its_place() -> None:
    with pytest.raises(RuntimeError, match=r"in divide\n(.*\n)*ZeroDivisionError"):
        list(read_ahead([1, 0], divide, workers=2))


def test_only_a_few_jobs_are_taken_ahead() -> None:
    taken = 0

    def jobs() -> Iterator[int]:
        nonlocal taken
        while taken < 100:
            taken += 1
            yield taken

    reading = read_ahead(jobs(), double, workers=2)
    next(reading)
    assert taken < 10
