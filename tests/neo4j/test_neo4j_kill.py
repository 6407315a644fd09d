"""The loading program or the server is killed at any moment: whole batches only, and `load` finishes what it began."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from graph.facts import BatchHeader
from graph.neo4j.access import Neo4jAccess
from graph.open import open_store
from graph.store import Store
from tests.graph.kill_writer import batch
from tests.graph.making import dump, filled
from tests.neo4j.server import USER, Server
from tests.neo4j.shared import Place

IS_SOAK = os.environ.get("POLICYGRAPH_SOAK") == "1"
ROUNDS, SERVER_ROUNDS = (200, 10) if IS_SOAK else (2, 1)
BATCHES = 12
SLOWEST_LOAD_S = 120.0
PATIENCE_S = 60.0
AWAY = ("the server does not answer", "is not available now")


@dataclass(frozen=True, slots=True)
class Loading:
    """A dump of many batches that share a node, the command that loads it, and how long that takes."""

    file: Path
    place: Place
    took_s: float = 0.0

    @contextmanager
    def begun(self) -> Iterator[subprocess.Popen[str]]:
        """The command, under way."""
        access = self.place.access
        told = {"USER": access.user, "PASSWORD": access.password, "DATABASE": access.database, "LABEL": access.label}
        environment = os.environ | {f"POLICYGRAPH_NEO4J_{name}": value for name, value in told.items()}
        command = [sys.executable, "-m", "policygraph", "load", str(self.file), "--store", self.place.url]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            yield process

    def whole(self) -> "Loading":
        """Load all of it; -> the same with the time that it took."""
        began = time.monotonic()
        with self.begun() as process:
            _, said = process.communicate(timeout=SLOWEST_LOAD_S)
        assert process.returncode == 0, said
        return replace(self, took_s=time.monotonic() - began)

    def forget(self) -> None:
        """Empty the store."""
        self.place.run(f"MATCH (n:{self.place.access.label}) DETACH DELETE n")


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of the batches."""
    folder = tmp_path_factory.mktemp("dumped")
    with filled(lambda: open_store(str(folder / "x.db")), [batch(n, 1) for n in range(BATCHES)]) as store:
        (folder / "x.jsonl").write_bytes(dump(store, "jsonl"))
    return folder / "x.jsonl"


def assert_whole(store: Store, folder: Path, name: str) -> int:
    """The store is what its batches make, each of them whole; -> how many there are."""
    # Whoever was killed may have sent a commit; a writer's turn comes when the server is done with it.
    store.retract("batch:none")
    present = store.batches()
    with filled(lambda: open_store(str(folder / f"{name}.db")), [batch(number_of(h), 1) for h in present]) as fresh:
        for format_ in ("json", "jsonl"):
            assert dump(store, format_) == dump(fresh, format_)
        assert store.counts() == fresh.counts()
    return len(present)


def number_of(header: BatchHeader) -> int:
    return int(header.id.removeprefix("batch:"))


@pytest.mark.soak
def test_a_killed_load_leaves_whole_batches_and_is_finished_by_the_next(
    neo4j_place: Place, dumped: Path, tmp_path: Path
) -> None:
    place = replace(neo4j_place, access=replace(neo4j_place.access, label="PolicyGraphKilled"))
    chosen = random.Random(7)
    with place.open(timeout_s=PATIENCE_S) as store:
        loading = Loading(dumped, place).whole()
        left = []
        for round_ in range(ROUNDS):
            loading.forget()
            place.open().close()  # which makes the store's own node
            with loading.begun() as process:
                time.sleep(chosen.uniform(0.3, 1.0) * loading.took_s)
                process.kill()
            left.append(assert_whole(store, tmp_path, str(round_)))
            loading = loading.whole()  # a server that has run for a while is quicker
            assert dump(store, "jsonl") == dumped.read_bytes()
        print(f"batches left by {ROUNDS} killed loads: {left}")
        assert not IS_SOAK or any(0 < number < BATCHES for number in left)  # else no kill fell into the writing
    loading.forget()


@pytest.mark.soak
def test_a_server_killed_under_a_load_has_whole_batches_and_the_load_ends_or_says_why(
    own_server: Server, dumped: Path, tmp_path: Path
) -> None:
    own_server.restart({})
    access = Neo4jAccess(USER, own_server.password, label="PolicyGraphKilled")
    place = Place(own_server.url, access)
    chosen = random.Random(8)
    with place.open(timeout_s=PATIENCE_S) as store:
        loading = Loading(dumped, place).whole()
        left = []
        for round_ in range(SERVER_ROUNDS):
            loading.forget()
            place.open().close()
            with loading.begun() as process:
                time.sleep(chosen.uniform(0.3, 1.0) * loading.took_s)
                own_server.kill()
                own_server.start()
                _, said = process.communicate(timeout=SLOWEST_LOAD_S)
            assert process.returncode == 0 or any(words in said for words in AWAY), said
            left.append(assert_whole(store, tmp_path, str(round_)))
            loading.whole()
            assert dump(store, "jsonl") == dumped.read_bytes()
        print(f"batches left by {SERVER_ROUNDS} killed servers: {left}")
