"""`kill -9` of a running `load`: the store opens afterwards and holds whole documents only."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.facts import BatchHeader
from graph.open import open_store
from graph.store import Store

SLOWEST_LOAD_S = 60.0


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, float]]:
    """Claims of each example by its title when nothing disturbs the load, and how long the load took."""
    store = tmp_path_factory.mktemp("whole") / "graph.db"
    began = time.monotonic()
    subprocess.run(load(store), check=True, capture_output=True, timeout=SLOWEST_LOAD_S)
    took = time.monotonic() - began
    with open_store(str(store)) as opened:
        return {header.title: (claims(opened, header), took) for header in opened.batches()}


def load(store: Path) -> list[str]:
    documents = Path(__file__).parents[2] / "examples" / "documents"
    return [sys.executable, "-m", "policygraph", "load", str(documents), "--store", str(store), "--workers", "1"]


def claims(store: Store, header: BatchHeader) -> int:
    return sum(1 for _ in store.iter_batch(header.id))


@pytest.mark.soak
def test_a_killed_load_leaves_whole_documents_only(
    whole: dict[str, tuple[int, float]], tmp_path: Path, soak_rounds: int
) -> None:
    took = max(seconds for _, seconds in whole.values())
    chosen = random.Random(3)
    for number in range(max(4, soak_rounds // 5)):
        path = tmp_path / f"{number}.db"
        with subprocess.Popen(load(path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as loading:
            time.sleep(chosen.uniform(0.2, 1.0) * took)
            loading.send_signal(signal.SIGKILL)
        if path.exists():
            with open_store(str(path)) as store:
                assert all(claims(store, header) == whole[header.title][0] for header in store.batches())
            with sqlite3.connect(path) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()
        subprocess.run(load(path), check=True, capture_output=True, timeout=SLOWEST_LOAD_S)
        with open_store(str(path)) as store:
            assert {header.title for header in store.batches()} == set(whole)
