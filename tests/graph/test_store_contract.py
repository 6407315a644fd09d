"""The contract of stores, on every store there is."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

CONTRACT = (
    "store_contract",
    "sources_contract",
    "reading_contract",
    "review_contract",
    "search_contract",
    "aligning_contract",
    "turns_contract",
)
pytest.register_assert_rewrite(*(f"tests.graph.{name}" for name in CONTRACT))

from graph.open import open_store  # noqa: E402  # the contract is imported after the line above
from graph.store import Store  # noqa: E402
from tests.graph.aligning_contract import *  # noqa: E402, F403
from tests.graph.reading_contract import *  # noqa: E402, F403
from tests.graph.review_contract import *  # noqa: E402, F403
from tests.graph.search_contract import *  # noqa: E402, F403
from tests.graph.sources_contract import *  # noqa: E402, F403
from tests.graph.store_contract import *  # noqa: E402, F403
from tests.graph.turns_contract import *  # noqa: E402, F403

STORES = ("sqlite", "neo4j")


@pytest.fixture(scope="module", params=STORES)
def new_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Store]]:
    """Makes empty stores of a kind, which are closed when the tests are done."""
    opened: list[Store] = []
    make = request.getfixturevalue("new_neo4j_store") if request.param == "neo4j" else files(tmp_path_factory)

    def made() -> Store:
        opened.append(make())
        return opened[-1]

    yield made
    for store in opened:
        store.close()


def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes stores in files of a new folder."""
    folder, numbers = tmp_path_factory.mktemp("sqlite"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))
