"""A copy to a server and back is the store it began with, byte for byte."""

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings

from graph.comparing import compare
from graph.copying import Copied, copy
from graph.facts import Batch
from graph.open import open_store
from graph.store import Store
from tests.graph.making import NewStore, dump, filled, full_dump
from tests.graph.strategies import odd_batch_lists

FEW = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty stores in files."""
    folder, numbers = tmp_path_factory.mktemp("files"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


@FEW
@given(batches=odd_batch_lists(min_size=1, max_size=3))
def test_a_copy_to_a_server_and_back_is_the_same(
    new_file: NewStore, new_neo4j_store: NewStore, batches: list[Batch]
) -> None:
    first, *rest = batches
    with filled(new_file, batches) as store, filled(new_neo4j_store, [first]) as server, new_file() as back:
        assert copy(store, server) == Copied(written=len(rest), present=1)
        assert copy(server, back) == Copied(written=len(batches), present=0)
        for each in (server, back):
            assert full_dump(each) == full_dump(store)
            assert dump(each) == dump(store)
            found = compare(store, each)
            assert (found.is_whole, found.differences) == (True, ())
        for each in (store, server, back):
            assert each.retract(first.header.id)
        assert full_dump(server) == full_dump(back) == full_dump(store)
        assert dump(server) == dump(back) == dump(store)


@FEW
@given(batches=odd_batch_lists(min_size=2, max_size=3))
def test_what_differs_on_a_server_is_told(new_file: NewStore, new_neo4j_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_file, batches) as store, filled(new_neo4j_store, batches[1:]) as server:
        missing = batches[0].header
        (difference, *_) = compare(store, server).differences
        assert missing.id in difference
