"""Statements that change the store, sent by a thread of their own: what comes next is read and made meanwhile."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

from neo4j import ManagedTransaction

from graph.neo4j.connections import Ask, done, rows_of

AHEAD = 5
"""So many statements may wait with their rows in memory."""


class _Rows(list[object]):
    """Rows that show as their number: the driver writes out all that it sends, for a log or for none."""

    def __repr__(self) -> str:
        return f"<{len(self):,} rows>"


class Sender:
    """Runs statements of one transaction in the order in which they are given, one at a time.

    An error of a statement comes with a later call, or when the block is left; those behind it are not sent. What is
    asked is asked `beside` where that is given, of what was committed before, else behind all that was sent.
    """

    def __init__(self, transaction: ManagedTransaction, beside: Ask | None = None) -> None:
        self._transaction = transaction
        self._beside = beside
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="neo4j")
        self._sent: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *exc: object) -> None:
        try:
            if kind is None:
                self._wait(0)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def send(self, statement: str, rows: Sequence[object], **parameters: object) -> None:
        """Have a statement run on rows, if there are any, without waiting for it."""
        if rows:
            self.run(statement, rows=_Rows(rows), **parameters)

    def run(self, statement: str, **parameters: object) -> None:
        """Have a statement run without waiting for it."""
        self._wait(AHEAD - 1)
        self._sent.append(self._pool.submit(done, self._transaction, statement, **parameters))

    def ask(self, statement: str, **parameters: object) -> list[list[Any]]:
        """The packed rows that a statement gives."""
        if self._beside:
            return self._beside(statement, **parameters)
        self._wait(0)
        return rows_of(self._transaction, statement, **parameters)

    def _wait(self, left: int) -> None:
        """Return when so many statements are left to be done."""
        while len(self._sent) > left:
            self._sent.popleft().result()
