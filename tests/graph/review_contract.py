"""What decisions must do, in every store: the graph is a function of sources and decisions, whatever their order.

A module that imports these tests gives the fixture `new_store`, a maker of empty stores.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from graph.errors import PolicygraphError
from graph.facts import Batch, BatchKind, edge_claim
from graph.review.decisions import header_of
from graph.review.listing import all_decisions
from graph.review.recording import confirm, correct, merge, reject, tag, untag, withdraw
from graph.store import Store
from tests.graph.making import NewStore, dump, filled
from tests.graph.strategies import POOL, batches

SOURCES = (BatchKind.DOCUMENT, BatchKind.CURATED, BatchKind.REGISTER)
SOME = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
START = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = ("load", "load", "load", "reload", "unload", "decide", "decide", "decide", "withdraw")


def decide(store: Store, data: DataObject, at: datetime) -> None:
    """A decision that the store may refuse, for instance a merge of nodes of two classes."""
    nodes = [one.id for one in store.list_nodes() if one.id in POOL or one.id.removesuffix("-new") in POOL]
    edges = [one.id for one in store.list_edges()]
    if not nodes:
        return
    fact = data.draw(st.sampled_from(nodes + edges))
    by = data.draw(st.sampled_from(["王", "李"]))
    what = data.draw(st.sampled_from(["confirm", "reject", "correct", "merge", "merge", "tag", "untag"]))
    try:
        match what:
            case "confirm":
                confirm(store, fact, by=by, at=at)
            case "reject":
                reject(store, fact, by=by, at=at)
            case "correct":
                correct(store, fact, {"name": "改" if fact in nodes else "x"}, by=by, at=at)
            case "merge":
                merge(store, fact, data.draw(st.sampled_from(nodes)), by=by, at=at)
            case "tag":
                tag(store, fact, ["重点"], by=by, at=at)
            case _:
                untag(store, fact, ["重点"], by=by, at=at)
    except PolicygraphError:
        pass


def read_anew(batch: Batch, names: Sequence[str]) -> Batch:
    """The batch as a newer reader makes it: some of its facts have other ids."""
    new = {name: f"{name}-new" for name in names}
    nodes = tuple(replace(claim, id=new.get(claim.id, claim.id)) for claim in batch.nodes)
    edges = (
        edge_claim(
            claim.type,
            new.get(claim.source, claim.source),
            new.get(claim.target, claim.target),
            claim.properties,
            evidence=claim.evidence,
        )
        for claim in batch.edges
    )
    unique = {claim.id: claim for claim in edges}
    return Batch(replace(batch.header, version=f"{batch.header.version}+"), nodes, tuple(unique.values()))


def run(store: Store, data: DataObject, steps: int) -> list[Batch]:
    """Load, reload, unload, decide and withdraw; -> the sources' batches that are left."""
    left: dict[str, Batch] = {}
    for step in range(steps):
        match data.draw(st.sampled_from(STEPS)):
            case "load":
                batch = data.draw(batches(kinds=SOURCES))
                if batch.header.id not in left:
                    left[batch.header.id] = batch
                    store.write(batch)
            case "reload" if left:
                batch = data.draw(st.sampled_from(list(left.values())))
                anew = read_anew(batch, data.draw(st.lists(st.sampled_from(sorted(POOL)), max_size=3)))
                left[batch.header.id] = anew
                store.write(anew)
            case "unload" if left:
                gone = data.draw(st.sampled_from(sorted(left)))
                del left[gone]
                assert store.retract(gone)
            case "withdraw" if made := all_decisions(store):
                withdraw(store, data.draw(st.sampled_from(made)).id)
            case _:
                decide(store, data, START + timedelta(hours=step))
    return list(left.values())


@SOME
@given(data=st.data())
def test_the_graph_is_that_of_its_sources_and_decisions_in_any_order(new_store: NewStore, data: DataObject) -> None:
    with new_store() as store:
        sources = run(store, data, data.draw(st.integers(2, 9)))
        decided = [Batch(header_of(one.decision)) for one in all_decisions(store)]
        order = data.draw(st.permutations([*sources, *decided]))
        with filled(new_store, order) as other:
            for format_ in ("json", "jsonl"):
                assert dump(store, format_) == dump(other, format_)


@SOME
@given(data=st.data())
def test_withdrawing_gives_back_the_graph_from_before(new_store: NewStore, data: DataObject) -> None:
    with new_store() as store:
        run(store, data, data.draw(st.integers(2, 6)))
        before, known = dump(store, "jsonl"), {one.id for one in all_decisions(store)}
        decide(store, data, START + timedelta(days=9))
        for one in all_decisions(store):
            if one.id not in known:
                assert dump(store, "jsonl") != before
                withdraw(store, one.id)
        assert dump(store, "jsonl") == before
