"""A copy holds what the store holds, byte for byte, and is told from one that does not."""

import sqlite3
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.comparing import Comparison, compare
from graph.copying import Copied, copy
from graph.errors import BadBatch, StoreBusy
from graph.facts import Batch, Evidence
from graph.formats.load import load_dump
from graph.formats.registry import export
from graph.open import open_store
from graph.store import Store
from tests.graph.making import NewStore, curated, document, dump, filled, full_dump, node, school_graph
from tests.graph.strategies import odd_batch_lists

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty stores."""
    folder, numbers = tmp_path_factory.mktemp("copies"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


def is_same(found: Comparison) -> bool:
    return found.is_whole and not found.differences and not found.others


@FEW
@given(batches=odd_batch_lists())
def test_a_copy_has_the_same_dump_and_graph(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store, new_store() as target:
        assert copy(store, target) == Copied(written=len(batches), present=0)
        assert full_dump(target) == full_dump(store)
        assert dump(target) == dump(store)
        assert target.batches() == store.batches()
        assert is_same(compare(store, target))


@FEW
@given(batches=odd_batch_lists(min_size=1), data=st.data())
def test_a_copy_that_was_broken_off_is_finished_by_starting_it_again(
    new_store: NewStore, batches: list[Batch], data: st.DataObject
) -> None:
    there = data.draw(st.lists(st.sampled_from(batches), unique_by=lambda batch: batch.header.id))
    with filled(new_store, batches) as store, filled(new_store, there) as target:
        assert copy(store, target) == Copied(written=len(batches) - len(there), present=len(there))
        assert full_dump(target) == full_dump(store)
        version = target.version
        assert copy(store, target) == Copied(written=0, present=len(batches))
        assert target.version == version == len(batches)


@FEW
@given(batches=odd_batch_lists(min_size=1), data=st.data())
def test_work_goes_on_in_a_copy_as_in_the_store(new_store: NewStore, batches: list[Batch], data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from(batches))
    newer = replace(changed, header=replace(changed.header, version="newer"))
    with filled(new_store, batches) as store, new_store() as target:
        copy(store, target)
        steps: list[Callable[[Store], object]] = [
            lambda each: each.retract(changed.header.id),
            lambda each: each.write(changed),
            lambda each: each.write(changed),
            lambda each: each.write(newer),
        ]
        for step in steps:
            assert step(target) == step(store)
            assert full_dump(target) == full_dump(store)
            assert dump(target) == dump(store)


@FEW
@given(batches=odd_batch_lists(min_size=2))
def test_of_a_target_that_holds_more_only_the_claims_are_compared(new_store: NewStore, batches: list[Batch]) -> None:
    other, *copied = batches
    with filled(new_store, copied) as store, filled(new_store, [other]) as target:
        copy(store, target)
        found = compare(store, target)
        assert (found.is_whole, found.others, found.nodes, found.differences) == (False, 1, {}, ())
        assert sum(found.claims.values()) == store.counts().claims
        target.retract(other.header.id)
        assert is_same(compare(store, target))
        assert dump(target) == dump(store)


def renamed(batch: Batch) -> Batch:
    return replace(batch, nodes=tuple(replace(c, properties={**c.properties, "name": "别"}) for c in batch.nodes))


def cut(batch: Batch) -> Batch:
    return replace(batch, edges=batch.edges[1:])


def moved(batch: Batch) -> Batch:
    """The batch with evidence one character later."""
    policy = next(claim for claim in batch.nodes if claim.label == "Policy")
    (piece,) = policy.evidence
    later = replace(policy, evidence=(Evidence(piece.document, 1, piece.end, piece.passage),))
    return replace(batch, nodes=tuple(later if claim is policy else claim for claim in batch.nodes))


def retitled(batch: Batch) -> Batch:
    return replace(batch, header=replace(batch.header, title="别的"))


@pytest.mark.parametrize(
    ("batch", "change", "expected"),
    [
        (school_graph(), renamed, "claims of Goal: 1 in both, but not the same"),
        (school_graph(), cut, r"claims of INVOLVES: 41 here, 40 there"),
        (document(), moved, "claims of Policy: 1 in both, but not the same"),
        (document(), retitled, "“规划” (batch:d0) is not there as it is here"),
    ],
)
def test_a_store_that_is_not_the_same_is_told(
    new_store: NewStore, batch: Batch, change: Callable[[Batch], Batch], expected: str
) -> None:
    with filled(new_store, [batch]) as store, filled(new_store, [change(batch)]) as target:
        # The header says that the batch is there, so nothing is written, and only the comparison can find it.
        assert copy(store, target).written == (change is retitled)
        assert expected in compare(store, target).differences


def test_claims_that_changed_places_between_batches_are_told(new_store: NewStore) -> None:
    first, second = (curated(node("goal:1", "Goal", name), id_=f"batch:{name}") for name in "甲乙")
    swapped = [replace(first, nodes=second.nodes), replace(second, nodes=first.nodes)]
    with filled(new_store, [first, second]) as store, filled(new_store, swapped) as target:
        assert "claims of Goal: 2 in both, but not the same" in compare(store, target).differences


def test_a_source_that_changes_is_not_copied_half(new_store: NewStore) -> None:
    batches = [curated(node("goal:1", "Goal", "目标"), id_=f"batch:{n}") for n in range(4)]
    with filled(new_store, batches[:3]) as store, new_store() as target:

        def disturb(done: int, total: int) -> None:
            if store.version == 3:
                store.write(batches[3])

        with pytest.raises(StoreBusy, match="changed while it was copied; start the copy again"):
            copy(store, target, on_batch=disturb)
        assert [header.id for header in target.batches()] == ["batch:0"]
        assert copy(store, target) == Copied(written=3, present=1)
        assert is_same(compare(store, target))


def test_a_store_that_changes_is_not_compared_half(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store, filled(new_store, [school_graph()]) as target:
        late = curated(node("goal:1", "Goal", "目标"), id_="batch:2")

        def disturb(done: int, total: int) -> None:
            target.write(late)

        with pytest.raises(StoreBusy, match="changed while they were compared"):
            compare(store, target, on_record=disturb)


def test_a_file_known_by_name_stays_beside_a_newer_one_with_its_path(new_store: NewStore) -> None:
    whole = document(1, id_="batch:z", name="规划", sources=("file:///home/plan.txt",))
    nameless = document(0, id_="batch:a", name="规划", sources=("file:plan.txt",))
    with filled(new_store, [whole, nameless]) as store, new_store() as target:
        assert len(store.batches()) == 2
        copy(store, target)
        assert is_same(compare(store, target))
    with filled(new_store, [whole, nameless]) as store, filled(new_store, [nameless]) as target:
        copy(store, target)
        assert is_same(compare(store, target))


def test_a_document_without_text_is_there_where_it_is_with_its_text(new_store: NewStore) -> None:
    with filled(new_store, [document(sources=("file:///home/plan.txt",))]) as full, new_store() as bare:
        out = BytesIO()
        export(full, out, format="jsonl", without_text=True)
        load_dump(bare, BytesIO(out.getvalue()), name="x")
        before = full_dump(full)
        assert copy(bare, full).written == 0
        assert compare(bare, full).differences == ()
        assert full_dump(full) == before
        assert copy(full, bare).written == 1
        assert is_same(compare(full, bare))


def test_a_batch_that_is_refused_is_named_and_the_others_are_there(new_store: NewStore) -> None:
    batches = [
        curated(node("goal:1", "Goal", "目标"), id_="batch:1"),
        curated(node("goal:2", "Goal", "乙"), id_="batch:2"),
    ]
    with filled(new_store, batches) as store, new_store() as target:
        with sqlite3.connect(store.url) as connection:
            connection.execute("UPDATE node_claims SET properties = json_set(properties, '$.year', 3) WHERE fact = 2")
        connection.close()
        with pytest.raises(BadBatch, match="goal:2: year"):
            copy(store, target)
        assert [header.id for header in target.batches()] == ["batch:1"]


def test_memory_does_not_grow_with_the_number_of_batches(new_store: NewStore) -> None:
    def peak(number: int) -> int:
        with new_store() as store, new_store() as target:
            for n in range(number):
                schools = (node(f"organization:{n}-{m}", "Institution", f"学院{m}") for m in range(100))
                store.write(curated(*schools, id_=f"batch:{n}"))
            tracemalloc.start()
            copy(store, target)
            compare(store, target)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(2)
    assert peak(60) < 2 * peak(10)
