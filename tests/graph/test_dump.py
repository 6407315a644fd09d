"""The dump: read back it gives the same store, and a broken one is refused whole, with its line."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadBatch, RefusedInput
from graph.facts import Batch, edge_claim
from graph.formats.load import load_dump
from graph.formats.registry import export
from graph.formats.scope import Scope
from graph.open import open_store
from graph.store import Store, Written
from tests.graph.making import NewStore, curated, document, filled, node
from tests.graph.strategies import batch_lists, passages_of

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty stores."""
    folder, numbers = tmp_path_factory.mktemp("dump"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


def dumped(store: Store, *, scope: Scope | None = None, **options: bool) -> bytes:
    """The store's dump."""
    out = BytesIO()
    export(store, out, format="jsonl", scope=scope, **options)
    return out.getvalue()


def node_link(store: Store) -> bytes:
    """The store's json export."""
    out = BytesIO()
    export(store, out, format="json")
    return out.getvalue()


def loaded(new_store: NewStore, content: bytes) -> Store:
    """A new store that holds a dump."""
    store = new_store()
    load_dump(store, BytesIO(content), name="x.jsonl")
    return store


def small() -> Batch:
    """A document's batch with an edge."""
    made = document(sources=("file:///home/plan.txt",))
    piece = passages_of(0)[1]
    goal = replace(node("goal:1", "Goal", "目标"), evidence=(piece,))
    sets = edge_claim("SETS", "policy:规划", "goal:1", evidence=(piece,))
    return replace(made, nodes=(*made.nodes, goal), edges=(sets,))


@FEW
@given(batches=batch_lists(max_size=4))
def test_a_dump_read_into_an_empty_store_gives_the_same_dump(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store, loaded(new_store, dumped(store)) as copy:
        assert dumped(copy) == dumped(store)
        assert node_link(copy) == node_link(store)


@FEW
@given(batches=batch_lists(max_size=3))
def test_a_dump_without_text_read_back_gives_the_same_dump(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store, loaded(new_store, dumped(store, without_text=True)) as copy:
        assert dumped(copy) == dumped(copy, without_text=True) == dumped(store, without_text=True)


@FEW
@given(batches=batch_lists(max_size=3))
def test_reading_a_dump_into_its_own_store_changes_nothing(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store:
        before = node_link(store)
        load_dump(store, BytesIO(dumped(store, without_text=True)), name="x")
        assert (node_link(store), store.version) == (before, len(batches))


@FEW
@given(batches=batch_lists(min_size=1, max_size=3), data=st.data())
def test_a_dump_cut_anywhere_is_refused_and_nothing_stored(
    new_store: NewStore, batches: list[Batch], data: st.DataObject
) -> None:
    with filled(new_store, batches) as store:
        content = dumped(store)
    end = data.draw(st.integers(0, len(content) - 2))
    with new_store() as empty:
        with pytest.raises(RefusedInput, match=r"^x\.jsonl"):
            load_dump(empty, BytesIO(content[:end]), name="x.jsonl")
        assert empty.version == 0


def test_work_goes_on_in_a_copy_as_in_the_store(new_store: NewStore) -> None:
    batches = [small(), curated(node("goal:1", "Goal", "另一个", year=2027), id_="batch:2")]
    with filled(new_store, batches) as store, loaded(new_store, dumped(store)) as copy:
        for each in (store, copy):
            assert each.retract("batch:2")
            assert each.write(small()) is (Written.UNCHANGED if each is store else Written.NEW_SOURCE)
        assert node_link(copy) == node_link(store)


def test_the_document_fills_in_what_a_dump_without_text_left_out(new_store: NewStore) -> None:
    with filled(new_store, [small()]) as store, loaded(new_store, dumped(store, without_text=True)) as copy:
        assert copy.search("云云") == []
        assert copy.write(small()) is Written.REPLACED
        assert node_link(copy) == node_link(store)


def test_a_part_reads_back_and_gives_way_to_the_whole_document(new_store: NewStore) -> None:
    with filled(new_store, [small(), curated(node("goal:2", "Goal", "别的"), id_="batch:2")]) as store:
        (sets,) = store.list_edges()
        part = dumped(store, scope=Scope(frozenset(), frozenset([sets.id])))
    with loaded(new_store, part) as copy, filled(new_store, [small()]) as whole:
        assert set(copy.nodes(["goal:1", "policy:规划", "goal:2"])) == {"goal:1", "policy:规划"}
        assert copy.write(small()) is Written.REPLACED
        assert dumped(copy) == dumped(whole)


@pytest.mark.parametrize("source", ["file:///home/plan.txt", "https://www.example.org/plan"])
def test_a_part_never_stands_beside_or_in_place_of_its_document(new_store: NewStore, source: str) -> None:
    whole = replace(small(), header=replace(small().header, sources=(source,)))
    with filled(new_store, [whole]) as store:
        parts = [
            dumped(store, scope=Scope(frozenset([id_]), frozenset()), without_text=without_text)
            for id_, without_text in (("goal:1", False), ("policy:规划", True))
        ]
        before = dumped(store)
        for part in parts:
            assert [what for _, what in load_dump(store, BytesIO(part), name="x")] == [Written.UNCHANGED]
        assert (dumped(store), store.version) == (before, 1)
    with new_store() as copy, filled(new_store, [whole]) as alone:
        for part in parts:
            load_dump(copy, BytesIO(part), name="x")
        assert len(copy.batches()) == 2
        assert loaded_again(new_store, copy) == dumped(copy)
        assert copy.write(whole) is Written.REPLACED
        assert dumped(copy) == dumped(alone)


def loaded_again(new_store: NewStore, store: Store) -> bytes:
    """The dump of a new store that a store's dump was read into."""
    with loaded(new_store, dumped(store)) as copy:
        return dumped(copy)


def test_a_part_takes_no_source_from_another_document(new_store: NewStore) -> None:
    with filled(new_store, [replace(small(), header=replace(small().header, sources=("https://example.org/p",)))]) as s:
        part = dumped(s, scope=Scope(frozenset(["goal:1"]), frozenset()))
    newer = document(1, name="新规划", sources=("https://example.org/p",))
    with filled(new_store, [newer]) as store:
        load_dump(store, BytesIO(part), name="x")
        assert {header.title for header in store.batches()} == {"规划", "新规划"}


FOREIGN = [
    b"",
    b"\n",
    b"{}\n",
    b"[1]",
    b"\x00\x01\xff" * 999,
    b'{"nodes":[],"edges":[]}\n',
    "云州市\n".encode("gb18030"),
]


@pytest.mark.parametrize("content", FOREIGN)
def test_a_foreign_file_is_no_dump(new_store: NewStore, content: bytes) -> None:
    with new_store() as store, pytest.raises(RefusedInput, match=r"x\.jsonl: no dump of policygraph"):
        load_dump(store, BytesIO(content), name="x.jsonl")


def test_a_newer_dump_asks_for_a_newer_program(new_store: NewStore) -> None:
    with new_store() as store, pytest.raises(RefusedInput, match="made by a newer policygraph"):
        load_dump(store, BytesIO(b'{"format":"policygraph","version":2}\n'), name="x")


def edited(lines: list[bytes], position: int, **change: object) -> list[bytes]:
    """The lines with something changed in one."""
    record = json.loads(lines[position])
    (inner,) = (record[name] for name in ("batch", "node", "edge") if name in record)
    inner.update(change)
    return [*lines[:position], json.dumps(record).encode() + b"\n", *lines[position + 1 :]]


def test_a_broken_line_is_named_and_nothing_stored(new_store: NewStore) -> None:
    with filled(new_store, [curated(node("goal:9", "Goal", "先"), id_="batch:a"), small()]) as store:
        lines = dumped(store).splitlines(keepends=True)
    cases = {
        "line 6: Invalid JSON": [*lines[:5], b"{half\n", *lines[6:]],
        "line 6: unheard: Extra inputs": [*lines[:5], b'{"unheard":1}\n', *lines[6:]],
        "line 6: node.label: Field required": [*lines[:5], b'{"node":{"id":"goal:1"}}\n', *lines[6:]],
        "line 6: node.evidence": edited(lines, 5, evidence=[{"document": "d"}]),
        "line 6: batch.kind|line 5: batch.kind": edited(lines, 4, kind="rumour"),
        "lines of the batch that begins in line 5 are missing": [*lines[:6], *lines[7:]],
        "line 5: a header of a batch should stand here": [*lines[:4], *lines[5:]],
        "line 3: the file ends too early": lines[:3],
        "is there twice": [*lines[:4], *lines[1:]],
        "goes on after its end": [*lines, lines[1]],
    }
    for reason, content in cases.items():
        with new_store() as empty:
            with pytest.raises(RefusedInput, match=reason):
                load_dump(empty, BytesIO(b"".join(content)), name="x.jsonl")
            assert empty.version == 0


def test_what_the_ontology_does_not_allow_is_refused_with_line_and_reasons(new_store: NewStore) -> None:
    with filled(new_store, [small()]) as store:
        lines = dumped(store).splitlines(keepends=True)
    position = next(n for n, line in enumerate(lines) if b'"id":"goal:1"' in line)
    content = b"".join(edited(lines, position, properties={"name": "目标", "year": 3}, evidence=[]))
    with new_store() as empty:
        with pytest.raises(BadBatch, match=r"x\.jsonl, line 2, “规划”: refused, .*goal:1: year") as raised:
            load_dump(empty, BytesIO(content), name="x.jsonl")
        assert len(raised.value.faults) == 2
        assert empty.version == 0


def test_the_file_of_a_dump_may_lie_anywhere(new_store: NewStore, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with filled(new_store, [small()]) as store:
        path.write_bytes(dumped(store))
    with new_store() as copy, path.open("rb") as file:
        for expected in (Written.ADDED, Written.UNCHANGED):
            file.seek(0)
            written = load_dump(copy, file, name=str(path))
            assert [(header.id, what) for header, what in written] == [("batch:d0", expected)]
