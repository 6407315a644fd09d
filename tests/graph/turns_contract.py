"""What writing several batches in turn must do, in every store: no more and no less than writing each of them.

A module that imports these tests gives the fixture `new_store`, a maker of empty stores.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadBatch, RefusedInput
from graph.facts import Batch
from graph.store import Written
from tests.graph.making import NewStore, curated, dump, filled, node
from tests.graph.store_contract import FEW
from tests.graph.strategies import batch_lists

GOALS = [curated(node(f"goal:{n}", "Goal", f"目标{n}"), id_=f"batch:{n}") for n in range(4)]
REFUSED = curated(node("goal:9", "Goal", ""), id_="batch:9")


@FEW
@given(batches=batch_lists(max_size=4), again=st.data())
def test_batches_in_turn_are_what_they_are_written_singly(
    new_store: NewStore, batches: list[Batch], again: st.DataObject
) -> None:
    repeated = batches + ([again.draw(st.sampled_from(batches))] if batches else [])
    with new_store() as one, new_store() as other:
        assert [*one.write_all(repeated)] == [(batch.header, other.write(batch)) for batch in repeated]
        assert (dump(one, "jsonl"), dump(one), one.version) == (dump(other, "jsonl"), dump(other), other.version)


def test_a_refused_batch_comes_behind_what_was_written_before(new_store: NewStore) -> None:
    with new_store() as store:
        writing = store.write_all([GOALS[0], GOALS[1], REFUSED, GOALS[2]])
        assert next(writing) == (GOALS[0].header, Written.ADDED)
        assert next(writing) == (GOALS[1].header, Written.ADDED)
        with pytest.raises(BadBatch, match="goal:9"):
            next(writing)
        assert [header.id for header in store.batches()] == ["batch:0", "batch:1"]


def test_batches_that_break_off_leave_what_they_gave(new_store: NewStore) -> None:
    def broken_off() -> Iterator[Batch]:
        yield from GOALS[:2]
        raise RefusedInput("the file ends too early")

    with new_store() as store:
        with pytest.raises(RefusedInput, match="too early"):
            list(store.write_all(broken_off()))
        assert [header.id for header in store.batches()] == ["batch:0", "batch:1"]


def test_whoever_stops_early_has_what_was_told_and_nothing_else(new_store: NewStore) -> None:
    with new_store() as store:
        writing = store.write_all(GOALS)
        next(writing)
        assert (store.version, [header.id for header in store.batches()]) == (1, ["batch:0"])
        next(writing)
        del writing
        assert (store.version, [header.id for header in store.batches()]) == (2, ["batch:0", "batch:1"])


def test_others_may_write_between_two_turns(new_store: NewStore) -> None:
    between = [curated(node(f"goal:{n}", "Goal", f"目的{n}"), id_=f"batch:between{n}") for n in range(4)]
    with new_store() as store, filled(new_store, [*GOALS, *between]) as expected:
        for (_, written), other in zip(store.write_all(GOALS), between, strict=True):
            assert written is Written.ADDED
            assert store.write(other) is Written.ADDED
        assert dump(store) == dump(expected)
