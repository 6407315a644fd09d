"""What a server has made before anybody asks."""

from pathlib import Path
from typing import cast

from api.app import create_app
from api.warming import warm_up
from graph.open import open_store
from graph.queries.counts import CountBy, counts
from graph.store import Store
from tests import small_graph as small

NOWHERE = Path("nowhere")


class Watched:
    """A store that remembers what it was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.asked.add(name)
        return getattr(self._store, name)


def test_who_asks_first_finds_the_counts_made(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "small.db")) as opened:
        opened.write(small.plan())
        watched = Watched(opened)
        store = cast(Store, watched)
        warm_up(create_app(store, static=NOWHERE)).join()
        assert {"values", "steps"} <= watched.asked
        watched.asked.clear()
        assert [len(counts(store, by).items) > 0 for by in CountBy] == [True] * 4
        assert watched.asked == {"version"}


def test_a_store_that_is_gone_is_left_to_who_asks(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "small.db"))
    app = create_app(store, static=NOWHERE)
    store.close()
    thread = warm_up(app)
    thread.join()
    assert not thread.is_alive()
