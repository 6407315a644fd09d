"""Bad input: one clear line, exit status 1, and the store is as before."""

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.open import open_store
from tests.policygraph.running import Run

TEXT = """云州市教育局关于印发《云州市职业教育提升行动方案》的通知

一、主要任务

（一）建设实训基地。到2025年，建成实训基地20个。
"""


def claims(store: Path) -> tuple[int, int, int]:
    with open_store(str(store)) as opened:
        counts = opened.counts()
        return sum(counts.nodes.values()), sum(counts.edges.values()), counts.claims


@pytest.fixture
def store(tmp_path: Path, loaded: Path) -> Path:
    """A store of its own, with the example documents."""
    path = tmp_path / "store.db"
    shutil.copy(loaded, path)
    return path


def missing(folder: Path) -> Path:
    return folder / "nowhere.txt"


def empty(folder: Path) -> Path:
    (path := folder / "empty.txt").write_bytes(b"")
    return path


def binary(folder: Path) -> Path:
    (path := folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return path


def huge(folder: Path) -> Path:
    path = folder / "huge.txt"
    with path.open("wb") as opened:
        opened.truncate(200 * 1024 * 1024)
    return path


def wrongly_encoded(folder: Path) -> Path:
    (path := folder / "utf16.txt").write_bytes(TEXT.encode("utf-8")[:60] + b"\xff\xfe\xfd" + TEXT.encode("gb18030"))
    return path


def half_written(folder: Path) -> Path:
    (path := folder / "half.txt").write_bytes(TEXT.encode("utf-8") + b"\x00" * 4096)
    return path


def unknown_type(folder: Path) -> Path:
    (path := folder / "slides.key").write_bytes(TEXT.encode("utf-8"))
    return path


def without_documents(folder: Path) -> Path:
    (path := folder / "pictures").mkdir()
    (path / "one.png").write_bytes(b"\x89PNG")
    return path


def table(folder: Path, rows: str) -> Path:
    (path := folder / "plans").mkdir()
    (path / "plan.txt").write_text(TEXT, "utf-8")
    (path / "documents.csv").write_text(rows, "utf-8")
    return path


def unknown_column(folder: Path) -> Path:
    return table(folder, "file,titel\nplan.txt,方案\n")


def unknown_file(folder: Path) -> Path:
    return table(folder, "file,title\nother.txt,方案\n")


def unknown_level(folder: Path) -> Path:
    return table(folder, "file,level\nplan.txt,galactic\n")


BAD = [
    missing,
    empty,
    binary,
    huge,
    wrongly_encoded,
    half_written,
    unknown_type,
    without_documents,
    unknown_column,
    unknown_file,
    unknown_level,
]


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_bad_input_is_refused_in_one_line_and_changes_nothing(
    run: Run, store: Path, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    before = claims(store)
    bad = make(tmp_path)
    ran = run("load", bad, "--store", store)
    assert ran.is_refused_in_one_line, ran
    assert bad.name in ran.err
    assert claims(store) == before


def test_in_a_folder_the_good_files_load_and_the_bad_one_is_named_at_the_end(
    run: Run, store: Path, tmp_path: Path
) -> None:
    (folder := tmp_path / "many").mkdir()
    (folder / "good.txt").write_text(TEXT, "utf-8")
    binary(folder)
    ran = run("load", folder, "--store", store)
    assert ran.status == 1
    assert "good.txt" in ran.out
    assert ran.err.splitlines()[-1].startswith("refused: ")
    assert "picture.txt" in ran.err.splitlines()[-1]


def test_a_document_without_headings_loads(run: Run, store: Path, tmp_path: Path) -> None:
    (path := tmp_path / "letter.txt").write_text("到2025年，云州市建成实训基地20个。\n", "utf-8")
    assert run("load", path, "--store", store).status == 0


def test_the_same_file_under_two_names_is_one_document(run: Run, store: Path, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert run("load", tmp_path / "one.txt", "--store", store).status == 0
    before = claims(store)
    ran = run("load", tmp_path / "two.txt", "--store", store)
    assert (ran.status, "new source" in ran.out) == (0, True)
    assert claims(store) == before


def test_what_is_no_store_is_left_as_it_is(run: Run, tmp_path: Path, examples: Path) -> None:
    content = b"no store at all, but a letter to the mayor. " * 100
    (path := tmp_path / "letter.db").write_bytes(content)
    assert run("stats", "--store", path).is_refused_in_one_line
    assert run("load", examples, "--store", path).is_refused_in_one_line
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(run: Run, tmp_path: Path, examples: Path) -> None:
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
    connection.close()
    before = path.read_bytes()
    assert run("load", examples, "--store", path).is_refused_in_one_line
    assert path.read_bytes() == before


def test_a_locked_store_is_refused(run: Run, store: Path, examples: Path, tmp_path: Path) -> None:
    (path := tmp_path / "plan.txt").write_text(TEXT, "utf-8")
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        assert run("load", path, "--store", store).is_refused_in_one_line
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def test_a_store_of_a_newer_version_is_refused(run: Run, store: Path, examples: Path) -> None:
    connection = sqlite3.connect(store)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    assert run("load", examples, "--store", store).is_refused_in_one_line
    assert run("stats", "--store", store).is_refused_in_one_line


@pytest.mark.parametrize("place", ["nowhere/store.db", "plan.txt/store.db", "."])
def test_a_place_that_can_hold_no_store_is_refused(run: Run, tmp_path: Path, examples: Path, place: str) -> None:
    (tmp_path / "plan.txt").write_text(TEXT, "utf-8")
    assert run("load", examples, "--store", tmp_path / place).is_refused_in_one_line


def test_a_folder_that_cannot_be_written_is_refused(run: Run, tmp_path: Path, examples: Path) -> None:
    place = Path("/proc") if os.geteuid() == 0 else tmp_path / "closed"
    if place.parent == tmp_path:
        place.mkdir(mode=0o500)
    assert run("load", examples, "--store", place / "store.db").is_refused_in_one_line


@pytest.mark.parametrize("command", ["stats", "chains", "network", "serve"])
def test_a_question_to_a_missing_store_makes_none(run: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "none.db"
    assert run(command, "--store", path).is_refused_in_one_line
    assert not path.exists()


def test_a_mistyped_path_makes_no_store(run: Run, tmp_path: Path) -> None:
    assert run("load", tmp_path / "nowhere", "--store", tmp_path / "new.db").is_refused_in_one_line
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_refused(run: Run, loaded: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ran = run("serve", "--store", loaded, "--port", port)
    assert ran.is_refused_in_one_line
    assert f"127.0.0.1:{port}" in ran.err


def test_a_load_that_is_refused_leaves_no_store(run: Run, tmp_path: Path) -> None:
    bad = binary(tmp_path)
    assert run("load", bad, "--store", tmp_path / "new.db").is_refused_in_one_line
    assert list(tmp_path.iterdir()) == [bad]


def test_a_store_that_another_program_has_open_is_not_removed(run: Run, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "new.db")) as other:
        assert other.batches() == []
        assert run("load", binary(tmp_path), "--store", tmp_path / "new.db").is_refused_in_one_line
    assert (tmp_path / "new.db").exists()


def test_a_class_that_there_is_not_is_a_mistake_in_the_usage(run: Run, loaded: Path) -> None:
    ran = run("search", "产业", "--label", "Bogus", "--store", loaded)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "Bogus" in ran.err


def test_a_refused_type_names_all_that_are_read(run: Run, tmp_path: Path) -> None:
    (path := tmp_path / "plan").write_text(TEXT, "utf-8")
    ran = run("load", path, "--store", tmp_path / "new.db")
    assert "without a type" in ran.err
    assert ".txt, .text, .md, .markdown, .jsonl" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", ".", "--issued-on", "2021-13"],
        ["nothing"],
        ["chains", "--role", "boss"],
        ["load"],
        ["chains", "--limit", "0"],
        ["schema", "--format", "x"],
    ],
)
def test_a_mistake_in_the_usage_has_status_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).status == 2


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_file_that_cannot_be_written_is_refused(run: Run, loaded: Path, tmp_path: Path, option: str) -> None:
    ran = run("chains", "--store", loaded, option, tmp_path / "nowhere" / "chains")
    assert ran.is_refused_in_one_line


def test_what_was_never_loaded_cannot_be_unloaded(run: Run, store: Path) -> None:
    before = claims(store)
    ran = run("unload", "nowhere.txt", "--store", store)
    assert ran.is_refused_in_one_line
    assert claims(store) == before
