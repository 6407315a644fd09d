"""Sessions with the server: reading, writing in turn, and their errors as ours."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Query,
    Record,
    Result,
    Session,
    unit_of_work,
)
from neo4j.exceptions import ClientError, ConstraintError, DriverError, IncompleteCommit, Neo4jError, ServiceUnavailable

from graph.deadline import check_deadline, current_deadline
from graph.errors import StoreBusy, StoreReadOnly, StoreUnusable
from graph.neo4j.access import Neo4jAccess
from graph.neo4j.cypher import Cypher
from graph.neo4j.faults import as_ours, is_made_already, is_out_of_memory, is_unknown_host, is_untrusted, translated

_START_S = 10.0
_PAUSE_S = 0.25
_ATTEMPTS = 3

T = TypeVar("T")
Ask: TypeAlias = Callable[..., list[list[Any]]]
"""Gives the rows of a statement that packs them, of its text and its parameters."""


class Runs(Protocol):
    """Runs statements: a transaction, or what makes a transaction of each."""

    def run(self, statement: str, parameters: dict[str, Any], /) -> Result:
        """What the statement gives, one that was not read to the end before it being read to the end now."""
        ...


logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what matters comes as an error of ours


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to write, for as long as a transaction lasts, to a store of this version that has reviews or has none.

    `headers` are stored ones that matter to what is written. What was committed before may be asked `beside` the
    transaction, on another connection, where that is given.
    """

    transaction: ManagedTransaction
    version: int
    is_reviewed: bool
    headers: Sequence[Mapping[str, Any]]
    beside: Ask | None = None


class Connections:
    """Sessions of one store. Any number of threads may read; writers take turns, also with other programs."""

    def __init__(self, driver: Driver, *, url: str, access: Neo4jAccess, read_only: bool, timeout_s: float) -> None:
        self.url = url
        self.database = access.database
        self.cypher = Cypher(access.label)
        self.is_read_only = read_only
        self._driver = driver
        self._timeout_s = timeout_s
        self._write_lock = threading.Lock()
        self._is_closed = False
        # Whoever has written reads it, from whichever member of a cluster.
        self._bookmarks = GraphDatabase.bookmark_manager()

    @classmethod
    def open(cls, url: str, *, access: Neo4jAccess, read_only: bool, timeout_s: float) -> "Connections":
        """Connections to the server at an address, which answers; one that is just starting is waited for.

        Raises StoreUnusable or StoreAway.
        """
        _check_address(url)
        wait_s = min(timeout_s, _START_S)
        try:
            driver = GraphDatabase.driver(
                url,
                auth=(access.user, access.password),
                connection_timeout=max(wait_s, 0.1),
                max_transaction_retry_time=timeout_s,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
                user_agent="policygraph",
            )
        except (DriverError, ValueError) as error:
            raise StoreUnusable(
                f"{url}: not the address of a Neo4j server ({error}); give neo4j://HOST:PORT"
            ) from error
        try:
            with translated(url, access.database):
                _await(driver, wait_s=wait_s)
        except BaseException:
            driver.close()
            raise
        return cls(driver, url=url, access=access, read_only=read_only, timeout_s=timeout_s)

    def read(self, work: Callable[[Runs], T]) -> T:
        """What the work finds by statements that only read; it is done again if the connection breaks.

        Each statement is a transaction of its own, which takes one round trip instead of three; one around several
        would see what is committed between them, too. At the deadline of the question the server stops it.
        """
        check_deadline()
        try:
            with self._session(default_access_mode=READ_ACCESS) as session:
                try:
                    return work(_EachAlone(session))
                except (Neo4jError, DriverError) as error:
                    if not error.is_retryable():
                        raise
                return session.execute_read(unit_of_work(timeout=_left_s())(work))
        except StoreBusy:
            check_deadline()
            raise

    def write(
        self, what: dict[str, Any], work: Callable[[Turn], T], *, on_commit: Callable[[], None] = lambda: None
    ) -> T:
        """What the work gives, in one transaction that is committed at its end; it may be done more than once.

        `what` it is to write says `Cypher.take_turn`, whose parameters these are. Nobody else writes until it ends.
        `on_commit` is called when there is only the commit left to wait for.
        """
        self._check_writable()
        if not self._write_lock.acquire(timeout=self._timeout_s):
            raise StoreBusy(f"{self.url}: another thread is writing to it; try again when that is done")
        try:
            with self._session() as session:
                self._await_turn(session)
                return self._attempted(session, what, work, on_commit)
        finally:
            self._write_lock.release()

    def change_schema(self, statements: Iterable[str], **parameters: object) -> None:
        """Run statements that make constraints, indexes and the store, each in a transaction of its own.

        What another program makes at the same time is made.
        """
        self._check_writable()
        with self._session() as session:
            for statement in statements:
                try:
                    session.execute_write(done, statement, **parameters)
                except ClientError as error:
                    if not isinstance(error, ConstraintError) and not is_made_already(error):
                        raise

    def try_out(self, statement: str, **parameters: object) -> list[Record]:
        """What a statement gives whose transaction is rolled back, so that it leaves nothing behind."""
        with self._session() as session, session.begin_transaction() as transaction:
            found = list(transaction.run(statement, parameters))
            transaction.rollback()
            return found

    def close(self) -> None:
        """Close all connections."""
        self._is_closed = True
        self._driver.close()

    def _check_writable(self) -> None:
        if self.is_read_only:
            raise StoreReadOnly(f"{self.url}: opened for reading only, so nothing can be changed")

    def _await_turn(self, session: Session) -> None:
        """Wait for other programs that write: nothing else does, so this alone has a time to wait for."""
        timeout_s = max(self._timeout_s, 0.1)
        try:
            session.run(Query(self.cypher.lock, timeout=timeout_s)).consume()
        except (Neo4jError, DriverError) as error:
            if not error.is_retryable():
                raise
            session.execute_write(unit_of_work(timeout=timeout_s)(done), self.cypher.lock)

    def _attempted(
        self, session: Session, what: dict[str, Any], work: Callable[[Turn], T], on_commit: Callable[[], None]
    ) -> T:
        """The driver does again what can be done again; what it leaves is a commit of which nobody heard, and a race.

        Both are safe to do again, since a batch that is there changes nothing.
        """

        def locked(transaction: ManagedTransaction) -> T:
            try:
                found = transaction.run(self.cypher.take_turn, what).single()
                if found is None:
                    raise StoreUnusable(f"{self.url}: the store is there no more; open it again")
                # A session that may write reads from the one member of a cluster that has seen all that was committed.
                with self._plain_session(default_access_mode=WRITE_ACCESS) as beside:
                    made = work(Turn(transaction, beside=asking(_EachAlone(beside)), **found))
            except Neo4jError as error:
                if is_out_of_memory(error):
                    raise as_ours(self.url, self.database, error) from error  # the driver would go on for long
                raise
            on_commit()
            return made

        for _ in range(_ATTEMPTS - 1):
            try:
                return session.execute_write(locked)
            except (ConstraintError, IncompleteCommit):
                time.sleep(_PAUSE_S)
        return session.execute_write(locked)

    @contextmanager
    def _session(self, **options: Any) -> Iterator[Session]:
        if self._is_closed:
            raise StoreUnusable(f"{self.url}: closed already; open it again")
        with translated(self.url, self.database), self._plain_session(**options) as session:
            yield session

    def _plain_session(self, **options: Any) -> Session:
        """A session whose errors are the driver's, which knows what may be done again."""
        return self._driver.session(database=self.database, bookmark_manager=self._bookmarks, **options)


class _EachAlone:
    """Runs each statement in a transaction of its own, until the deadline of the question."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(self, statement: str, parameters: dict[str, Any], /) -> Result:
        """What the statement gives."""
        return self._session.run(Query(statement, timeout=_left_s()), parameters)


def many(transaction: Runs, statement: str, /, **parameters: object) -> list[Record]:
    """All records of a statement."""
    return list(transaction.run(statement, parameters))


def rows_of(transaction: Runs, statement: str, /, **parameters: object) -> list[list[Any]]:
    """All rows of a statement that packs them, in no order."""
    return [row for record in transaction.run(statement, parameters) for row in record[0]]


def asking(transaction: Runs) -> Ask:
    """Gives the rows of statements of this transaction."""
    return partial(rows_of, transaction)


def done(transaction: ManagedTransaction, /, statement: str, **parameters: Any) -> None:
    """Run a statement that gives nothing."""
    transaction.run(statement, parameters).consume()


def _left_s() -> float | None:
    """Seconds until the deadline of the question, a moment if it is over; None without one."""
    deadline = current_deadline()
    left_s = deadline.left_s if deadline else None
    return None if left_s is None else max(left_s, 0.1)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises if it is no number
    except ValueError as error:
        raise StoreUnusable(f"{url}: not the address of a Neo4j server ({error}); give neo4j://HOST:PORT") from error
    if "@" in parts.netloc:
        shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        raise StoreUnusable(
            f"{shown}: an address holds no user and no password;"
            " set POLICYGRAPH_NEO4J_USER and POLICYGRAPH_NEO4J_PASSWORD"
        )
    if not parts.hostname:
        raise StoreUnusable(f"{url}: no host in the address; give neo4j://HOST:PORT")
    if parts.path.strip("/"):
        raise StoreUnusable(f"{url}: the address ends behind the port; set POLICYGRAPH_NEO4J_DATABASE")


def _await(driver: Driver, *, wait_s: float) -> None:
    """Return when the server answers; one that is starting refuses connections or has no routes yet."""
    deadline = time.monotonic() + wait_s
    while True:
        try:
            driver.verify_connectivity()
            return
        except ServiceUnavailable as error:
            if is_unknown_host(error) or is_untrusted(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_S)
