"""What writing several batches in turn must do, in every store: no more and no less than writing each of them.

A module that imports these tests gives the fixture `new_store`, a maker of empty stores.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from operator import call

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadBatch, RefusedInput
from graph.facts import Batch, BatchKind
from graph.review.deciding import decide
from graph.review.decisions import Verdict, header_of
from graph.store import Store, Written
from tests.graph.judging import START
from tests.graph.making import NewStore, curated, dump, filled, full_dump, node, stating
from tests.graph.store_contract import FEW
from tests.graph.strategies import batch_lists

GOALS = [curated(node(f"goal:{n}", "Goal", f"目标{n}"), id_=f"batch:{n}") for n in range(4)]
SCHOOL = "organization:o1"
VERDICTS = (Verdict.CORRECT, Verdict.CONFIRM)
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


def test_what_others_change_between_turns_counts_for_what_many_documents_state(new_store: NewStore) -> None:
    """A writer may remember what it wrote, and must see that it is no longer so."""
    with filled(new_store, [stating(0)]) as read:
        corrected, confirmed = (_decision(read, verdict, hour=hour) for hour, verdict in enumerate(VERDICTS))
    turns = [*map(stating, range(5)), _of_another_class(5), stating(6), stating(7), _without_school(1), stating(8)]
    turns += [corrected, *map(stating, range(9, 16))]
    between: dict[int, Callable[[Store], object]] = {
        11: lambda store: store.write(stating(20)),
        12: lambda store: store.retract("batch:0"),
        13: lambda store: store.write(confirmed),
        14: lambda store: store.retract(corrected.header.id),
        15: lambda store: store.retract("batch:20"),
    }
    with new_store() as one, new_store() as other:
        for number, (header, written) in enumerate(one.write_all(turns)):
            assert (header, written) == (turns[number].header, other.write(turns[number]))
            for store in (one, other):
                if number in between:
                    between[number](store)
            assert dump(one) == dump(other), number
        assert full_dump(one) == full_dump(other)


@FEW
@given(data=st.data())
def test_whatever_happens_between_turns_they_are_what_they_are_singly(new_store: NewStore, data: st.DataObject) -> None:
    made = st.builds(call, st.sampled_from([stating, stating, _of_another_class, _without_school]), st.integers(0, 7))
    documents = data.draw(st.lists(made, min_size=3, max_size=9))
    steps = st.sampled_from(["nothing", "nothing", "load", "unload", "reload", "decide", "withdraw"])
    with new_store() as one, new_store() as other:
        for number, (header, written) in enumerate(one.write_all(documents)):
            assert (header, written) == (documents[number].header, other.write(documents[number]))
            step, at = data.draw(steps), data.draw(st.integers(0, 7))
            for store in (one, other):
                _do(store, step, at, hour=number)
        assert (full_dump(one), dump(one), one.version) == (full_dump(other), dump(other), other.version)


def _of_another_class(number: int) -> Batch:
    batch = stating(number)
    return replace(batch, nodes=(*batch.nodes[:-1], replace(batch.nodes[-1], label="Enterprise")))


def _without_school(number: int) -> Batch:
    batch = stating(number)
    return Batch(replace(batch.header, version="2"), batch.nodes[:-1])


def _do(store: Store, step: str, at: int, *, hour: int) -> None:
    if step in ("load", "reload"):
        batch = stating(at)
        store.write(replace(batch, header=replace(batch.header, version="2")) if step == "reload" else batch)
    elif step == "unload":
        store.retract(f"batch:{at}")
    elif step == "decide" and store.nodes([SCHOOL]):
        store.write(_decision(store, VERDICTS[at % 2], hour=hour))
    elif step == "withdraw":
        for header in store.batches(BatchKind.REVIEW)[:1]:
            store.retract(header.id)


def _decision(store: Store, verdict: Verdict, *, hour: int) -> Batch:
    changes = {"changes": {"name": f"海棠职院（改{hour}）"}} if verdict is Verdict.CORRECT else {}
    at = START + timedelta(hours=hour)
    return Batch(header_of(decide(store, verdict, SCHOOL, by="王", at=at, **changes)))  # type: ignore[arg-type]
