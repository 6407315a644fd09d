"""A process that is killed while it writes leaves whole batches only."""

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from graph.open import open_store
from tests.graph.kill_writer import batch
from tests.graph.making import dump, filled

ROUNDS = 2_000 if os.environ.get("POLICYGRAPH_SOAK") == "1" else 4
LONGEST_S = 1.5


@pytest.mark.soak
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_killed_writer_leaves_whole_batches(tmp_path: Path, root: Path, round_: int) -> None:
    path = tmp_path / "x.db"
    committed = killed_writer(path, root, round_)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("search_names", "search_texts"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    connection.close()
    with open_store(str(path)) as store:
        present = {header.id: header.version for header in store.batches()}
        # The commit after the last line that was read may have been made too.
        assert len(set(present.items()) ^ set(committed.items())) <= 2
        whole = [batch(int(id_.removeprefix("batch:")), int(version)) for id_, version in present.items()]
        with filled(lambda: open_store(str(tmp_path / "fresh.db")), whole) as fresh:
            assert dump(store) == dump(fresh)
            assert dump(store, "jsonl") == dump(fresh, "jsonl")
            assert store.search("任务 版", limit=5_000) == fresh.search("任务 版", limit=5_000)


def killed_writer(path: Path, root: Path, round_: int) -> dict[str, str]:
    """Run the writer, kill it at a random moment after its first commit; -> batches that it said were committed."""
    command = [sys.executable, "-m", "tests.graph.kill_writer", str(path), str(round_)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        try:
            process.wait(random.Random(round_).uniform(0, LONGEST_S))
        except subprocess.TimeoutExpired:
            process.kill()
        lines += process.stdout.readlines()
    committed: dict[str, str] = {}
    for number, version in (line.split() for line in lines if line.endswith("\n")):
        if version == "gone":
            committed.pop(f"batch:{number}", None)
        else:
            committed[f"batch:{number}"] = version
    return committed
