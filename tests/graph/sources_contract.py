"""Where batches are from, in every store: files that change, move, come twice, or come from a dump."""

from dataclasses import replace

from graph.facts import Batch
from graph.store import Store, Written
from tests.graph.making import NewStore, curated, document, dump, filled, node


def sources_of(store: Store) -> dict[str, list[str]]:
    """Sources by batch."""
    return {header.id: list(header.sources) for header in store.batches()}


def test_the_same_bytes_under_two_names_are_one_document_with_two_sources(new_store: NewStore) -> None:
    with new_store() as store:
        assert store.write(document(sources=("file:///a/plan.txt",))) is Written.ADDED
        assert store.write(document(sources=("file:///b/plan.txt",))) is Written.NEW_SOURCE
        (found,) = store.list_nodes("Document")
        assert found.properties["sources"] == ["file:///a/plan.txt", "file:///b/plan.txt"]
        assert store.write(document(sources=("file:///a/plan.txt",))) is Written.UNCHANGED
        assert store.version == 2


def test_taking_back_one_source_leaves_the_document_to_the_other(new_store: NewStore) -> None:
    one = document(sources=("file:///a.txt",))
    with (
        filled(new_store, [one]) as alone,
        filled(new_store, [document(sources=("file:///a.txt", "file:///b.txt"))]) as both,
    ):
        assert not both.retract(one.header.id, source="file:///c.txt")
        assert both.retract(one.header.id, source="file:///b.txt")
        assert dump(both, "jsonl") == dump(alone, "jsonl")
        assert both.retract(one.header.id, source="file:///a.txt")
        assert both.batches() == []


def test_a_changed_file_replaces_what_was_read_from_it_before(new_store: NewStore) -> None:
    new = document(1, name="新规划", sources=("file:///plan.txt",))
    with filled(new_store, [document(sources=("file:///plan.txt",))]) as one, filled(new_store, [new]) as other:
        assert one.write(new) is Written.REPLACED
        assert one.version == 2
        assert dump(one, "jsonl") == dump(other, "jsonl")


def test_a_batch_that_keeps_another_source_stays(new_store: NewStore) -> None:
    both = document(sources=("file:///a.txt", "file:///b.txt"))
    with filled(new_store, [both]) as store:
        assert store.write(document(1, name="新", sources=("file:///a.txt",))) is Written.ADDED
        assert sources_of(store) == {"batch:d0": ["file:///b.txt"], "batch:d1": ["file:///a.txt"]}
        by_title = {found.properties["name"]: found.properties["sources"] for found in store.list_nodes("Document")}
        assert by_title == {"规划": ["file:///b.txt"], "新": ["file:///a.txt"]}


def test_other_options_at_the_same_source_replace_too(new_store: NewStore) -> None:
    with filled(new_store, [document(sources=("file:///plan.txt",))]) as store:
        other = document(id_="batch:o", name="方案", sources=("file:///plan.txt",), options={"title": "方案"})
        assert store.write(other) is Written.REPLACED
        assert list(sources_of(store)) == ["batch:o"]


def test_a_newer_reader_keeps_the_other_sources_of_the_document(new_store: NewStore) -> None:
    with filled(new_store, [document(sources=("file:///a.txt", "file:///b.txt"))]) as store:
        assert store.write(document(sources=("file:///a.txt",), version="2")) is Written.REPLACED
        assert sources_of(store) == {"batch:d0": ["file:///a.txt", "file:///b.txt"]}


def test_sources_of_other_kinds_are_nobody_elses(new_store: NewStore) -> None:
    table = replace(curated(node("goal:1", "Goal", "目标")).header, sources=("file:///plan.txt",))
    with filled(new_store, [Batch(table)]) as store:
        assert store.write(document(sources=("file:///plan.txt",))) is Written.ADDED
        assert len(sources_of(store)) == 2


def test_a_table_takes_its_source_from_the_table_before_and_from_a_dump(new_store: NewStore) -> None:
    def table(id_: str, name: str, source: str) -> Batch:
        made = curated(node("goal:1", "Goal", name), id_=id_, title="goals.csv")
        return replace(made, header=replace(made.header, sources=(source,)))

    with new_store() as store:
        store.write(document(sources=("file:///goals.csv",)))
        store.write(table("batch:dump", "一", "file:goals.csv"))
        assert store.write(table("batch:here", "二", "file:///goals.csv")) is Written.REPLACED
        assert store.nodes(["goal:1"])["goal:1"].properties.get("aliases") is None
        assert len(store.batches()) == 2


def test_text_fills_in_a_dump_without_it_and_is_never_taken_away(new_store: NewStore) -> None:
    bare = document(text=False, sources=("file:plan.txt",))
    full = document(sources=("file:///home/plan.txt",))
    with filled(new_store, [bare]) as one, filled(new_store, [full]) as other:
        assert one.write(full) is Written.REPLACED
        assert dump(one, "jsonl") == dump(other, "jsonl")
        assert sources_of(one) == {"batch:d0": ["file:///home/plan.txt"]}
        for version in ("1", "2"):
            assert one.write(replace(bare, header=replace(bare.header, version=version))) is Written.UNCHANGED
        assert [hit.matched for hit in one.search("云云")] == ["text", "text"]


def test_the_first_load_of_a_file_takes_over_the_nameless_source_of_a_dump(new_store: NewStore) -> None:
    with filled(new_store, [document(sources=("file:plan.txt",))]) as store:
        assert store.write(document(sources=("file:///home/plan.txt",))) is Written.NEW_SOURCE
        assert sources_of(store) == {"batch:d0": ["file:///home/plan.txt"]}
    with filled(new_store, [document(sources=("file:plan.txt",))]) as store:
        assert store.write(document(1, sources=("file:///home/plan.txt",))) is Written.REPLACED
        assert sources_of(store) == {"batch:d1": ["file:///home/plan.txt"]}


def test_a_file_that_only_has_the_name_of_one_in_a_dump_takes_nothing(new_store: NewStore) -> None:
    with filled(new_store, [document(sources=("file:plan.txt",))]) as store:
        assert store.write(document(1, name="另一份规划", sources=("file:///home/plan.txt",))) is Written.ADDED
        assert sources_of(store) == {"batch:d0": ["file:plan.txt"], "batch:d1": ["file:///home/plan.txt"]}


def test_a_nameless_source_may_be_several_batches(new_store: NewStore) -> None:
    first, second = document(0, sources=("file:plan.txt",)), document(1, name="新", sources=("file:plan.txt",))
    with filled(new_store, [first, second]) as store:
        assert sources_of(store) == {"batch:d0": ["file:plan.txt"], "batch:d1": ["file:plan.txt"]}
        assert store.write(document(2, name="三", sources=("file:///home/plan.txt",))) is Written.ADDED
        assert len(sources_of(store)) == 3


def test_loading_a_file_again_takes_nothing_from_a_dump_that_came_since(new_store: NewStore) -> None:
    mine, theirs = document(sources=("file:///a/plan.txt",)), document(1, name="新", sources=("file:plan.txt",))
    with filled(new_store, [mine, theirs]) as store:
        assert store.write(mine) is Written.UNCHANGED
        assert store.write(replace(mine, header=replace(mine.header, version="2"))) is Written.REPLACED
        assert sources_of(store) == {"batch:d0": ["file:///a/plan.txt"], "batch:d1": ["file:plan.txt"]}


def test_a_dump_without_text_adds_nothing_to_the_same_file_read_with_options(new_store: NewStore) -> None:
    mine = document(id_="batch:mine", sources=("file:///home/plan.txt",), options={"region": "云州市"})
    with filled(new_store, [mine]) as store:
        assert store.write(document(text=False, sources=("file:plan.txt",))) is Written.UNCHANGED
        assert list(sources_of(store)) == ["batch:mine"]
