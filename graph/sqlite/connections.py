"""Connections to the file: one for each who reads at the same time, one to write with, and their errors as ours."""

import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.deadline import check_deadline, current_deadline
from graph.errors import StoreBusy, StoreError, StoreReadOnly, StoreUnusable

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_READ_CACHE_KB = 8_000
_MAPPED_BYTES = 1 << 40  # as much as SQLite allows: pages that the system holds need not be copied
_WRITE_CACHE_KB = 128_000
_WAL_LIMIT_BYTES = 64_000_000
_CHECKPOINT_PAGES = 8_000  # 32 MB: with the usual 4 MB, every document would be copied and flushed twice
_PAUSE_S = 0.05
_STEPS_BETWEEN_LOOKS = 50_000  # of SQLite's machine, about a millisecond


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Errors of SQLite as one clear line of ours."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            check_deadline()
        raise _as_ours(url, error) from error


def _as_ours(url: str, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return StoreBusy(f"{url}: another program is writing to it; try again when that is done")
    if code in _BROKEN:
        return StoreUnusable(f"{url}: no SQLite file, or a damaged one ({error}); restore it or give another --store")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnusable(f"{url}: the disk is full, nothing was changed; make room and try again")
    if code == sqlite3.SQLITE_READONLY:
        return StoreReadOnly(f"{url}: may not be written; check the permissions of the file and its folder")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return StoreUnusable(f"{url}: can't be opened; check the permissions of the file and its folder")
    if code == sqlite3.SQLITE_IOERR:
        return StoreUnusable(f"{url}: the disk can't be read or written ({error}); check it and try again")
    return StoreError(f"{url}: SQLite says: {error}")


class Connections:
    """Connections to one file. A connection is never used by two threads at once; writers take turns."""

    def __init__(self, path: Path, *, url: str, read_only: bool, timeout_s: float) -> None:
        self.url = url
        self._path = path
        self._is_read_only = read_only
        self._timeout_s = timeout_s
        self._idle: deque[sqlite3.Connection] = deque()
        self._writer: sqlite3.Connection | None = None
        self._write_lock = threading.Lock()
        self._is_closed = False
        self._is_made = False

    def open(self) -> sqlite3.Connection:
        """A new connection, for the caller to close."""
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={self._mode()}",
            uri=True,
            timeout=self._timeout_s,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_READ_CACHE_KB}")
            connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection on which everything is read as of one moment, until the deadline of the question."""
        check_deadline()
        with translated(self.url):
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                with _stopping(connection):
                    yield connection
            finally:
                connection.rollback()
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that is committed at the end, or rolled back if anything is raised."""
        if self._is_read_only:
            raise StoreReadOnly(f"{self.url}: opened for reading only, so nothing can be changed")
        if not self._write_lock.acquire(timeout=self._timeout_s):
            raise StoreBusy(f"{self.url}: another thread is writing to it; try again when that is done")
        try:
            with translated(self.url):
                connection = self._write_connection()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    connection.rollback()
        finally:
            self._write_lock.release()

    def expect_file(self) -> None:
        """From now on open the file only if it is there; one that was taken away is not made anew, and empty."""
        self._is_made = True

    def use_wal(self, connection: sqlite3.Connection) -> None:
        """Turn on write-ahead logging, once for the life of the file; waits for others for as long as is allowed."""
        deadline = time.monotonic() + self._timeout_s
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # SQLite does not wait by itself here, since two that change the mode could wait for each other.
                if error.sqlite_errorcode not in _BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_S)

    def close(self) -> None:
        """Close what is idle now and what is still in use as soon as it is given back."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().close()
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _mode(self) -> str:
        if not self._is_read_only:
            return "rw" if self._is_made else "rwc"
        # Without a -wal file the database is complete, and a folder that can't be written takes no -shm file.
        has_log = self._path.with_name(self._path.name + "-wal").exists()
        may_write = os.access(self._path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
        return "ro" if has_log or may_write else "ro&immutable=1"

    def _borrow(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreUnusable(f"{self.url}: closed already; open it again")
        try:
            return self._idle.pop()
        except IndexError:
            return self.open()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._is_closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _write_connection(self) -> sqlite3.Connection:
        if self._is_closed:
            raise StoreUnusable(f"{self.url}: closed already; open it again")
        if self._writer is None:
            self._writer = self.open()
            self._writer.execute(f"PRAGMA cache_size = -{_WRITE_CACHE_KB}")
            self._writer.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}")
            self._writer.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        return self._writer


@contextmanager
def _stopping(connection: sqlite3.Connection) -> Iterator[None]:
    """Have what runs on the connection stopped at the deadline, if there is one."""
    deadline = current_deadline()
    if deadline is None:
        yield
        return
    connection.set_progress_handler(lambda: deadline.is_over, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
