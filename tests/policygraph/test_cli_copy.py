"""`policygraph copy`: what it says, and what it refuses."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.open import open_store
from tests.graph.making import curated, dump, node
from tests.policygraph.running import Run


def copying(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "policygraph", "copy", str(source), str(target)]


def test_a_copy_is_made_checked_and_not_made_again(run: Run, loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    first, again = run("copy", loaded, target), run("copy", loaded, target)
    assert (first.status, first.out, again.status) == (0, "", 0)
    lines = first.err.splitlines()
    assert lines[0].startswith("copied: 5 batches")
    assert lines[1].startswith("checked: ") and lines[1].endswith("edges are the same in both")
    assert again.err.splitlines() == ["copied: 0 batches (5 were there)", lines[1]]
    with open_store(str(loaded)) as store, open_store(str(target)) as copy:
        assert dump(copy, "jsonl") == dump(store, "jsonl")
        assert copy.search("双师型") == store.search("双师型")


def test_a_target_with_more_is_said_to_have_more(run: Run, loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with open_store(str(target)) as store:
        store.write(curated(node("goal:1", "Goal", "目标")))
    ran = run("copy", loaded, target)
    assert ran.status == 0
    assert "which has more (1 batch): nodes and edges" in ran.err.splitlines()[-1]


def test_a_difference_is_one_line_and_a_refusal(run: Run, loaded: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    run("copy", loaded, target)
    with sqlite3.connect(target) as connection:
        connection.execute("DELETE FROM edge_claims WHERE rowid = (SELECT min(rowid) FROM edge_claims)")
    connection.close()
    ran = run("copy", loaded, target)
    assert (ran.status, ran.out) == (1, "")
    copied, refused = ran.err.splitlines()
    assert copied == "copied: 0 batches (5 were there)"
    assert refused.startswith(f"policygraph: {target}: not all of {loaded} is there: claims of ")


def test_a_store_is_not_copied_onto_itself(run: Run, loaded: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(loaded)
    for target in (loaded, link):
        ran = run("copy", loaded, target)
        assert ran.status == 2
        assert "it is the store to read" in ran.err


def test_without_a_store_to_read_none_is_made(run: Run, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("云州", "utf-8")
    for source in (tmp_path / "none.db", foreign, tmp_path):
        ran = run("copy", source, tmp_path / "copy.db")
        assert ran.is_refused_in_one_line
        assert str(source) in ran.err
        assert not (tmp_path / "copy.db").exists()


@pytest.mark.soak
def test_a_killed_copy_is_finished_by_the_next(loaded: Path, tmp_path: Path, soak_rounds: int) -> None:
    began = time.monotonic()
    subprocess.run(copying(loaded, tmp_path / "whole.db"), check=True, capture_output=True)
    took = time.monotonic() - began
    chosen = random.Random(5)
    with open_store(str(loaded)) as store:
        expected = dump(store, "jsonl")
    for number in range(max(3, soak_rounds // 10)):
        target = tmp_path / f"{number}.db"
        with subprocess.Popen(copying(loaded, target), stderr=subprocess.DEVNULL) as process:
            time.sleep(chosen.uniform(0.2, 1.0) * took)
            process.send_signal(signal.SIGKILL)
        subprocess.run(copying(loaded, target), check=True, capture_output=True)
        with open_store(str(target)) as copy:
            assert dump(copy, "jsonl") == expected
