"""What writing to a store must do, in every store: laws of loading and unloading, and many at once.

A module that imports these tests gives the fixture `new_store`, a maker of empty stores.
"""

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.door import admit
from graph.errors import BadBatch
from graph.facts import Attributed, Batch, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import disagreements, fold_edge, fold_node
from graph.store import EVIDENCE_SHOWN, Written
from tests.graph.making import NewStore, curated, dump, filled, node, school_graph, stating
from tests.graph.strategies import batch_lists

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def cut(fact: Node | Edge) -> Node | Edge:
    """A fact as stores answer it: with its first pieces of evidence."""
    return replace(fact, evidence=fact.evidence[:EVIDENCE_SHOWN])


def test_a_new_store_is_empty(new_store: NewStore) -> None:
    with new_store() as store:
        assert (store.version, store.batches(), store.list_nodes(), store.list_edges()) == (0, [], [], [])
        assert store.counts().claims == 0


@FEW
@given(batches=batch_lists(max_size=4))
def test_a_store_holds_the_fold_of_its_claims(new_store: NewStore, batches: list[Batch]) -> None:
    nodes: dict[str, list[Attributed[NodeClaim]]] = {}
    edges: dict[str, list[Attributed[EdgeClaim]]] = {}
    for batch in map(admit, batches):
        for claim in batch.nodes:
            nodes.setdefault(claim.id, []).append(Attributed(claim, batch.header))
        for link in batch.edges:
            edges.setdefault(link.id, []).append(Attributed(link, batch.header))
    with filled(new_store, batches) as store:
        assert store.list_nodes() == [cut(fold_node(nodes[id_])) for id_ in sorted(nodes)]
        assert store.list_edges() == [cut(fold_edge(edges[id_])) for id_ in sorted(edges)]
        whole = {fact.id: fact.evidence for fact in (*map(fold_node, nodes.values()), *map(fold_edge, edges.values()))}
        assert store.all_evidence(whole) == whole
        for id_ in sorted(nodes):
            assert store.node_claims(id_) == sorted(nodes[id_], key=lambda a: a.header.id)
        for id_ in sorted(edges):
            assert store.edge_claims(id_) == sorted(edges[id_], key=lambda a: a.header.id)
        assert store.counts().claims == sum(map(len, nodes.values())) + sum(map(len, edges.values()))


@FEW
@given(batches=batch_lists(min_size=1, max_size=4))
def test_a_batch_is_read_back_as_it_was_admitted(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store:
        assert store.batches() == sorted((batch.header for batch in batches), key=lambda header: header.id)
        for batch in map(admit, batches):
            claims = [*sorted(batch.nodes, key=lambda c: c.id), *sorted(batch.edges, key=lambda c: c.id)]
            assert list(store.iter_batch(batch.header.id)) == claims


@FEW
@given(batches=batch_lists(min_size=1, max_size=3), chance=st.randoms(use_true_random=False))
def test_the_order_of_loading_is_irrelevant(new_store: NewStore, batches: list[Batch], chance: random.Random) -> None:
    shuffled = chance.sample(batches, len(batches))
    with filled(new_store, batches) as one, filled(new_store, shuffled) as other:
        assert dump(one) == dump(other)
        assert dump(one, "jsonl") == dump(other, "jsonl")


@FEW
@given(batches=batch_lists(min_size=2, max_size=4), chance=st.randoms(use_true_random=False))
def test_unloading_leaves_no_trace(new_store: NewStore, batches: list[Batch], chance: random.Random) -> None:
    gone = chance.randrange(len(batches))
    rest = [batch for n, batch in enumerate(batches) if n != gone]
    with filled(new_store, batches) as one, filled(new_store, rest) as other:
        assert one.retract(batches[gone].header.id)
        assert dump(one) == dump(other)
        assert dump(one, "jsonl") == dump(other, "jsonl")
        for name in ("云", "州市", "海棠", "A", "规划"):
            assert one.search(name) == other.search(name)


@FEW
@given(batches=batch_lists(min_size=1, max_size=3))
def test_loading_twice_is_loading_once(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store:
        before, version = dump(store, "jsonl"), store.version
        assert [store.write(batch) for batch in batches] == [Written.UNCHANGED] * len(batches)
        assert (dump(store, "jsonl"), store.version) == (before, version)


@FEW
@given(batches=batch_lists(min_size=1, max_size=3))
def test_another_version_takes_the_place_of_a_batch(new_store: NewStore, batches: list[Batch]) -> None:
    first, *rest = batches
    emptied = Batch(replace(first.header, version="3"))
    with filled(new_store, [first, *rest]) as one, filled(new_store, [*rest, emptied]) as other:
        assert one.write(emptied) is Written.REPLACED
        assert dump(one) == dump(other)


@FEW
@given(batches=batch_lists(min_size=1, max_size=4))
def test_every_edge_has_both_ends_whatever_is_unloaded(new_store: NewStore, batches: list[Batch]) -> None:
    with filled(new_store, batches) as store:
        for batch in batches:
            edges = store.list_edges()
            ends = {end for edge in edges for end in (edge.source, edge.target)}
            assert set(store.nodes(ends)) == ends
            store.retract(batch.header.id)
        assert (store.list_nodes(), store.list_edges(), store.counts().claims) == ([], [], 0)


def test_every_change_raises_the_version_by_one(new_store: NewStore) -> None:
    with new_store() as store:
        assert store.write(curated(node("goal:1", "Goal", "目标"))) is Written.ADDED
        assert store.version == 1
        assert store.write(curated(node("goal:1", "Goal", "目标"), version="2")) is Written.REPLACED
        assert store.version == 2
        assert store.retract("batch:1")
        assert store.version == 3
        assert not store.retract("batch:1")
        assert store.version == 3


def test_a_refused_batch_stores_nothing(new_store: NewStore) -> None:
    with filled(new_store, [curated(node("goal:1", "Goal", "目标"))]) as store:
        before = dump(store, "jsonl")
        wrong = curated(node("goal:2", "Goal", "目标"), node("goal:3", "Goal", ""), id_="batch:2")
        with pytest.raises(BadBatch, match="goal:3"):
            store.write(wrong)
        assert (dump(store, "jsonl"), store.version) == (before, 1)


def test_a_value_that_lost_stays_readable_and_wins_when_the_winner_goes(new_store: NewStore) -> None:
    new = curated(node("goal:1", "Goal", "目标", value=60), id_="batch:new", issued_on="2025")
    old = curated(node("goal:1", "Goal", "目标", value=50), id_="batch:old", issued_on="2021")
    with filled(new_store, [old, new]) as store:
        assert store.nodes(["goal:1"])["goal:1"].properties["value"] == 60
        (lost,) = disagreements(store.node_claims("goal:1"))
        assert (lost.value, lost.batch.id) == (50, "batch:old")
        store.retract("batch:new")
        assert store.nodes(["goal:1"])["goal:1"].properties["value"] == 50


def test_all_orders_of_batches_that_disagree_give_one_graph(new_store: NewStore) -> None:
    stated = (("甲", 2021), ("乙", 2022), ("丙", 2023))
    batches = [curated(node("goal:1", "Goal", name, year=year), id_=f"batch:{name}") for name, year in stated]
    found = set()
    for order in permutations(batches):
        with filled(new_store, order) as store:
            found.add(dump(store))
    assert len(found) == 1


def test_what_many_documents_state_is_the_same_in_every_order(new_store: NewStore) -> None:
    batches = [stating(number) for number in range(9)]
    chance = random.Random(1)
    shuffled = chance.sample(batches, len(batches))
    with filled(new_store, batches) as one, filled(new_store, shuffled) as other:
        assert dump(one) == dump(other)
        found = one.nodes(["place:330300", "organization:o1"])
        place, school = found["place:330300"], found["organization:o1"]
        assert (place.claims, place.evidence_total, len(place.evidence)) == (9, 9, EVIDENCE_SHOWN)
        assert (school.name, school.properties["aliases"]) == ("海棠职院8", [f"海棠职院{n}" for n in range(8)])
        for batch in chance.sample(batches, 4):
            assert one.retract(batch.header.id)
            assert other.retract(batch.header.id)
            assert dump(one) == dump(other)
        assert other.write(stating(9)) is one.write(stating(9)) is Written.ADDED
        assert dump(one) == dump(other)


def test_threads_that_write_and_read_at_once_all_succeed(new_store: NewStore) -> None:
    with new_store() as store:
        failures: list[Exception] = []

        def work(worker: int) -> None:
            try:
                for n in range(8):
                    shared = node("goal:1", "Goal", "目标", value=worker * 10 + n)
                    own = node(f"measure:{worker}-{n}", "Measure", "任务")
                    store.write(curated(shared, own, id_=f"batch:{worker}-{n}"))
                    assert store.nodes([own.id]) and store.search("任务") and store.expand(["goal:1"]) == []
            except Exception as error:  # what a thread raises would be lost
                failures.append(error)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert (store.version, store.nodes(["goal:1"])["goal:1"].claims) == (32, 32)


def test_a_reading_that_was_begun_goes_on_while_others_write(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store:
        claims: Iterator[NodeClaim | EdgeClaim] = store.iter_batch("batch:1")
        first = next(claims)
        store.write(curated(node("goal:2", "Goal", "目标"), id_="batch:2"))
        assert len([first, *claims]) == 86


def test_closing_twice_does_nothing(new_store: NewStore) -> None:
    store = new_store()
    store.close()
    store.close()
