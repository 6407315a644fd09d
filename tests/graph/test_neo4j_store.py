"""The shared store beside the embedded one: the same graphs and the same answers, whatever is in them and who loads."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph.copying import copy
from graph.facts import Batch, EdgeClaim, edge_claim
from graph.open import open_store
from graph.store import Store, Written
from loaders.load import load_paths
from tests import small_graph
from tests.graph.making import NewStore, curated, document, dump, filled, node
from tests.graph.questions import answers
from tests.graph.strategies import batch_lists
from tests.neo4j.shared import Place

LONG = "“名”'\"\\`$\n\t\r\u2028😀𠀀\x00{}" + "长" * 20_000
IS_SOAK = os.environ.get("POLICYGRAPH_SOAK") == "1"
FEW = settings(
    max_examples=200 if IS_SOAK else 4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty stores in files."""
    folder, numbers = tmp_path_factory.mktemp("files"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


def assert_equal(one: Store, other: Store, *, every: int = 7) -> None:
    """Two stores hold the same and answer the same, to one of so many questions."""
    for format_ in ("json", "jsonl"):
        assert dump(one, format_) == dump(other, format_)
    for (name, mine), (_, theirs) in zip(answers(one, every=every), answers(other, every=every), strict=True):
        assert mine == theirs, name


@pytest.mark.soak
@FEW
@given(batches=batch_lists(min_size=1, max_size=5))
def test_every_question_has_the_same_answer_in_both_stores(
    new_neo4j_store: NewStore, new_file: NewStore, batches: list[Batch]
) -> None:
    with filled(new_neo4j_store, batches) as one, filled(new_file, batches) as other:
        assert_equal(one, other, every=1)


def test_the_examples_are_the_same_graph_in_both_stores(
    new_neo4j_store: NewStore, new_file: NewStore, examples: Path
) -> None:
    with new_neo4j_store() as one, new_file() as other:
        for store in (one, other):
            load_paths(store, [examples])
        for format_ in ("json", "jsonl"):
            assert dump(one, format_) == dump(other, format_)
    with new_neo4j_store() as one, new_file() as other, new_file() as read:
        load_paths(read, [examples])  # once, since batches tell when they were read
        for store in (one, other):
            copy(read, store)
        assert_equal(one, other)


def test_the_corpus_is_the_same_graph_in_both_stores(
    new_neo4j_store: NewStore, new_file: NewStore, corpus: Path
) -> None:
    with new_neo4j_store() as one, new_file() as other:
        for store in (one, other):
            load_paths(store, [corpus])
        for format_ in ("json", "jsonl"):
            assert dump(one, format_) == dump(other, format_)


def test_values_of_any_kind_come_back_as_they_were(new_neo4j_store: NewStore, new_file: NewStore) -> None:
    goals = [
        node("goal:1", "Goal", LONG, value=10**30, value_max=2**63, unit=LONG, aliases=[LONG[::-1]]),
        node("goal:2", "Goal", "甲", value=-(2**63) - 1, baseline_value=1e300, year=2027),
        node("goal:3", "Goal", "乙", value=0.1 + 0.2, baseline_value=10**400),
        node("policy:1", "Policy", LONG, loaded=False),
    ]
    sets = edge_claim("SETS", "policy:1", "goal:1")
    batch = curated(*goals, sets, options={LONG: LONG}, title=LONG)
    with filled(new_neo4j_store, [batch]) as one, filled(new_file, [batch]) as other:
        assert_equal(one, other)
        assert one.batches() == [batch.header]
        assert [hit.node.id for hit in one.search("长" * 30)] == ["goal:1", "policy:1"]
        for wanted in (10**30, 2**63, -(2**63) - 1, 1, True):
            asked: dict[str, list[str | int | float]] = {"value": [wanted]}
            assert one.list_nodes("Goal", filters=asked) == other.list_nodes("Goal", filters=asked)


def test_nodes_of_others_are_not_seen_not_changed_and_not_deleted(neo4j_place: Place, new_file: NewStore) -> None:
    theirs = "CREATE (:Goal:Foreign {id: 'goal:1', name: '云州'})-[:SETS {id: 'edge:1'}]->(:City:Foreign {id: 'x'})"
    seen = "MATCH (n:Foreign) OPTIONAL MATCH (n)-[r]->() RETURN labels(n) AS l, properties(n) AS p, properties(r) AS r"
    ours = curated(
        node("goal:1", "Goal", "云州"), node("policy:1", "Policy", "规划"), edge_claim("SETS", "policy:1", "goal:1")
    )
    neo4j_place.run(theirs)
    before = sorted(map(str, neo4j_place.run(seen)))
    place = replace(neo4j_place, access=replace(neo4j_place.access, label="PolicyGraphAmongOthers"))
    try:
        with place.open() as store, filled(new_file, [ours]) as alone:
            assert (store.list_nodes(), store.list_edges(), store.search("云州")) == ([], [], [])
            store.write(ours)
            place.run("MATCH (n:PolicyGraphAmongOthers {id: 'goal:1'}), (f:Foreign) CREATE (n)-[:SETS {id: 'e'}]->(f)")
            assert_equal(store, alone)
            store.retract("batch:1")
            assert store.counts().nodes == {}
        assert sorted(map(str, place.run(seen))) == before
    finally:
        place.run("MATCH (n) WHERE n:Foreign OR n:PolicyGraphAmongOthers DETACH DELETE n")


def test_relationships_of_others_between_our_nodes_are_not_seen(neo4j_place: Place, new_file: NewStore) -> None:
    place = emptied(neo4j_place, "PolicyGraphRelated")
    theirs = (
        "MATCH (p:PolicyGraphRelated:Policy), (g:PolicyGraphRelated:Goal), (m:PolicyGraphRelated:Measure)"
        " CREATE (p)-[:SETS {id: 5}]->(g), (p)-[:SETS {id: 'x'}]->(g), (p)-[:CONTAINS]->(m),"
        " (m)-[:ADVANCES {id: 1}]->(g), (m)-[:PART_OF {id: true}]->(m), (p)-[:LIKES {id: 'edge:x'}]->(g)"
    )
    with place.open() as store, filled(new_file, [small_graph.plan()]) as alone:
        store.write(small_graph.plan())
        place.run(theirs)
        assert_equal(store, alone, every=1)
        assert store.counts() == alone.counts()
        store.retract(small_graph.plan().header.id)
        assert store.counts().claims == 0


def test_an_end_that_becomes_another_class_keeps_its_edges(new_neo4j_store: NewStore) -> None:
    school = node("organization:1", "Institution", "海棠")
    links = (node("policy:1", "Policy", "规划"), edge_claim("ISSUED_BY", "policy:1", "organization:1"))
    with filled(new_neo4j_store, [curated(school, *links)]) as store:
        store.write(curated(replace(school, label="Enterprise"), *links, version="2"))
        assert [found.label for found in store.list_nodes("Organization")] == ["Enterprise"]
        assert store.list_nodes("Institution") == []
        assert len(store.expand(["organization:1"])) == 1


def emptied(place: Place, label: str) -> Place:
    """The place of a store under a label of its own, of which nothing is left from before."""
    place.run(f"MATCH (n:{label}) DETACH DELETE n")
    return replace(place, access=replace(place.access, label=label))


@pytest.fixture
def two(neo4j_place: Place) -> Iterator[tuple[Store, Store]]:
    """Two programs' ways to one store, which is empty."""
    place = emptied(neo4j_place, "PolicyGraphTwo")
    with place.open() as one, place.open() as other:
        yield one, other


def at_once(*work: Callable[[], object]) -> list[object]:
    """What several threads give that start together; a failure of one is raised."""
    gate = threading.Barrier(len(work))
    outcomes: list[object] = []

    def run(task: Callable[[], object]) -> None:
        gate.wait()
        try:
            outcomes.append(task())
        except Exception as error:  # what a thread raises would be lost
            outcomes.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_loads_of_one_document_at_once_make_one_graph(two: tuple[Store, Store], new_file: NewStore) -> None:
    batch = document(sources=("file:///a.txt",))
    outcomes = at_once(lambda: two[0].write(batch), lambda: two[1].write(batch))
    assert sorted(map(str, outcomes)) == [Written.ADDED, Written.UNCHANGED]
    with filled(new_file, [batch]) as alone:
        assert dump(two[0], "jsonl") == dump(alone, "jsonl")
        assert two[1].version == alone.version


def test_loads_at_once_of_documents_that_share_nodes_lose_no_claim(
    two: tuple[Store, Store], new_file: NewStore
) -> None:
    shared = [node(f"organization:{n}", "Institution", f"学院{n}") for n in range(20)]

    def part(number: int) -> Batch:
        measure = node(f"measure:{number}", "Measure", "任务")
        links: list[EdgeClaim] = [edge_claim("INVOLVES", measure.id, end.id, {"role": "lead"}) for end in shared]
        # Turned round, so that whoever locked nodes as they come would wait for the other.
        return curated(measure, *(shared if number % 2 else shared[::-1]), *links, id_=f"batch:{number}")

    parts = [part(number) for number in range(12)]

    def load(number: int) -> list[Written]:
        return [two[number].write(batch) for batch in parts[number::2]]

    outcomes = at_once(lambda: load(0), lambda: load(1))
    assert outcomes == [[Written.ADDED] * 6] * 2
    with filled(new_file, parts) as alone:
        assert dump(two[0]) == dump(alone)
        assert dump(two[0], "jsonl") == dump(alone, "jsonl")
        assert {found.claims for found in two[1].list_nodes("Institution")} == {12}


def test_programs_that_make_one_store_at_once_all_succeed(neo4j_place: Place) -> None:
    place = emptied(neo4j_place, "PolicyGraphMadeAtOnce")

    def make(number: int) -> Written:
        with place.open() as store:
            return store.write(curated(node("goal:1", "Goal", "目标"), id_=f"batch:{number}"))

    assert at_once(lambda: make(0), lambda: make(1), lambda: make(2)) == [Written.ADDED] * 3
    with place.open() as store:
        assert (store.version, store.nodes(["goal:1"])["goal:1"].claims) == (3, 3)


def test_a_label_of_its_own_keeps_a_graph_apart(two: tuple[Store, Store], neo4j_place: Place) -> None:
    two[0].write(curated(node("goal:1", "Goal", "目标")))
    with emptied(neo4j_place, "PolicyGraphApart").open() as other:
        assert other.list_nodes() == []
        other.write(curated(node("goal:1", "Goal", "别的目标")))
        assert [found.name for found in two[0].list_nodes()] == ["目标"]
        other.retract("batch:1")
    assert len(two[0].list_nodes()) == 1
