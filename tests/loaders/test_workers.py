"""Processes that read ahead: order, errors, and what happens when one dies."""

import os
import signal
from collections.abc import Iterator

import pytest

from graph.errors import PolicygraphError, RefusedInput
from loaders.workers import read_ahead


def double(number: int) -> int:
    """What the test jobs do: 13 is refused, 99 kills its process."""
    if number == 13:
        raise RefusedInput("13: unlucky")
    if number == 99:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


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
