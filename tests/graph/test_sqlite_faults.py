"""Places where there is no usable store: one clear line each, and what was there stays as it was."""

import multiprocessing
import os
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import StoreBusy, StoreUnusable
from graph.open import open_store
from graph.sqlite.schema import SCHEMA_VERSION
from graph.sqlite.store import SqliteStore
from tests.graph.making import curated, document, dump, node

GOAL = node("goal:1", "Goal", "目标")
NOBODY = 65534


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that every account may use."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@contextmanager
def ordinary_account() -> Iterator[None]:
    """Permissions count for everybody but root, so who runs as root is somebody else here."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def refused(url: str | Path, *, create: bool = True, read_only: bool = False) -> str:
    """The line that says why a store can't be used."""
    with pytest.raises(StoreUnusable) as raised:
        open_store(str(url), create=create, read_only=read_only)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("url", ["sqlite:///x.db", "http://x", "neo4j+x://localhost"])
def test_an_address_of_another_kind_names_what_is_supported(url: str) -> None:
    assert "not supported; what is: an SQLite file, for instance policygraph.db" in refused(url)


@pytest.mark.parametrize("url", ["neo4j:localhost", "neo4j:/localhost:7687", "bolt+s:"])
def test_an_address_of_a_server_without_its_slashes_is_not_taken_for_a_file(url: str) -> None:
    assert f"{url}: not the address of a server; give {url.partition(':')[0]}://HOST:PORT" in refused(url)


def test_a_file_may_be_called_as_a_server_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("neo4j"):
        assert (tmp_path / "neo4j").is_file()


def test_no_address_is_refused() -> None:
    assert "no store is given" in refused("")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_is_not_there_is_not_made_when_it_must_not_be(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "none.db"
    assert "there is no store" in refused(path, create=read_only, read_only=read_only)
    assert not path.exists()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "a folder, not a store" in refused(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'none'}" in refused(tmp_path / "none" / "x.db")


@pytest.mark.parametrize("content", [b"a text, no database", b"\0" * 5_000, b"SQLite format 3\0" + b"x" * 9_000])
def test_another_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    for read_only in (False, True):
        assert "no SQLite file, or a damaged one" in refused(path, read_only=read_only)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    content = path.read_bytes()
    assert "an SQLite file of another program" in refused(path)
    assert path.read_bytes() == content


def test_a_newer_store_asks_for_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_store(str(path)).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    assert f"made by a newer policygraph (schema 99, this one knows up to {SCHEMA_VERSION})" in refused(path)


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.touch()
    assert "an empty file" in refused(path, read_only=True)
    with open_store(str(path)) as store:
        assert store.version == 0


def test_a_store_that_another_program_writes_to_is_busy_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with SqliteStore.open(path, timeout_s=0.2) as store:
        store.write(curated(GOAL))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program is writing to it; try again"):
            store.write(curated(GOAL, version="2"))
        assert store.nodes(["goal:1"])
        other.execute("ROLLBACK")
        other.close()
        store.write(curated(GOAL, version="2"))


def test_a_store_that_is_locked_whole_is_busy_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy):
        SqliteStore.open(path, timeout_s=0.2)
    other.close()


def test_a_store_opened_for_reading_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(str(path)) as store:
        store.write(curated(GOAL))
    with open_store(str(path), read_only=True) as store:
        assert store.nodes(["goal:1"])
        for change in (lambda: store.write(curated(GOAL, version="2")), lambda: store.retract("batch:1")):
            with pytest.raises(StoreUnusable, match="opened for reading only"):
                change()


def test_a_file_that_may_not_be_written_is_read_and_not_written(shared_folder: Path) -> None:
    path = shared_folder / "x.db"
    with open_store(str(path)) as store:
        store.write(curated(GOAL))
    path.chmod(0o444)
    shared_folder.chmod(0o555)
    with ordinary_account():
        with open_store(str(path), read_only=True) as store:
            assert store.nodes(["goal:1"])
        assert "may not be written; check the permissions" in refused(path)
    shared_folder.chmod(0o777)
    with ordinary_account():
        with open_store(str(path)) as store, pytest.raises(StoreUnusable, match="may not be written"):
            store.write(curated(GOAL, version="2"))
        with open_store(str(path)) as store:
            assert store.version == 1


def test_a_folder_that_may_not_be_written_is_named(shared_folder: Path) -> None:
    shared_folder.chmod(0o555)
    with ordinary_account():
        assert "can't be opened; check the permissions" in refused(shared_folder / "x.db")
    shared_folder.chmod(0o777)


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(str(path)) as store:
        store.write(document())
    content = bytearray(path.read_bytes())
    content[4_096:] = b"\xa5" * (len(content) - 4_096)
    path.write_bytes(content)
    assert "no SQLite file, or a damaged one" in refused(path)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "x.db"))
    store.close()
    for use in (store.list_nodes, store.batches, lambda: store.write(curated(GOAL))):
        with pytest.raises(StoreUnusable, match="closed already"):
            use()


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(str(path)) as store:
        store.write(curated(GOAL))
        before = dump(store)
        many = [node(f"measure:{n}", "Measure", f"任务{n}") for n in range(3_000)]
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100_000, limits[1]))
        try:
            with pytest.raises(StoreUnusable):
                store.write(curated(*many, id_="batch:2"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert dump(store) == before
        store.write(curated(*many, id_="batch:2"))


def _open_and_write(path: str, worker: int) -> None:
    with open_store(path) as store:
        for n in range(5):
            store.write(curated(GOAL, node(f"measure:{worker}-{n}", "Measure", "任务"), id_=f"batch:{worker}-{n}"))


def test_processes_that_make_and_write_one_store_at_once_all_succeed(tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_open_and_write, args=(path, worker)) for worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with open_store(path) as store:
        assert (store.version, store.nodes(["goal:1"])["goal:1"].claims) == (15, 15)
