"""How long the question that is being answered may take; every store looks here before and while it reads.

The deadline goes with the context: threads that are given a question's work have it, those that make answers in the
background for everybody have none.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.errors import TooLong


class Deadline:
    """A moment by which an answer must be there, until it is lifted."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at: float | None = time.monotonic() + seconds

    def lift(self) -> None:
        """Have it count no more: the answer has begun, and must not end in its middle."""
        self._at = None

    @property
    def left_s(self) -> float | None:
        """Seconds that are left, below 0 when it is over; None if it was lifted."""
        return None if self._at is None else self._at - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the moment has come."""
        left = self.left_s
        return left is not None and left <= 0

    def check(self) -> None:
        """Raise TooLong if it is over."""
        if self.is_over:
            raise TooLong(f"stopped after {self.seconds:g} s, before the answer was whole; ask for less")


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Have what is done in this context end in so many seconds."""
    made = Deadline(seconds)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def current_deadline() -> Deadline | None:
    """The deadline of this context, None where there is none."""
    return _current.get()


def check_deadline() -> None:
    """Raise TooLong if the deadline of this context is over."""
    if (found := _current.get()) is not None:
        found.check()


def lift_deadline() -> None:
    """Have the deadline of this context count no more."""
    if (found := _current.get()) is not None:
        found.lift()
