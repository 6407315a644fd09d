"""The contract of stores, on every store there is."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

CONTRACT = ("store_contract", "sources_contract", "reading_contract", "search_contract")
pytest.register_assert_rewrite(*(f"tests.graph.{name}" for name in CONTRACT))

from graph.open import open_store  # noqa: E402  # the contract is imported after the line above
from graph.store import Store  # noqa: E402
from tests.graph.reading_contract import *  # noqa: E402, F403
from tests.graph.search_contract import *  # noqa: E402, F403
from tests.graph.sources_contract import *  # noqa: E402, F403
from tests.graph.store_contract import *  # noqa: E402, F403

STORES: dict[str, Callable[[Path, int], str]] = {
    "sqlite": lambda folder, number: str(folder / f"{number}.db"),
}
"""Per kind of store what makes the address of an empty one, from a folder of its own and a number."""


@pytest.fixture(scope="module", params=STORES)
def new_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Store]]:
    """Makes empty stores, which are closed when the tests are done."""
    folder, numbers = tmp_path_factory.mktemp(request.param), count()
    opened: list[Store] = []

    def made() -> Store:
        opened.append(open_store(STORES[request.param](folder, next(numbers))))
        return opened[-1]

    yield made
    for store in opened:
        store.close()
