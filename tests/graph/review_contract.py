"""What decisions must do, in every store: the graph is a function of sources and decisions, whatever their order.

A module that imports these tests gives the fixture `new_store`, a maker of empty stores.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from graph.comparing import compare
from graph.copying import copy
from graph.errors import BadBatch, PolicygraphError
from graph.facts import Batch, BatchKind, NodeClaim, Value, edge_claim
from graph.fold import disagreements
from graph.formats.load import load_dump
from graph.formats.registry import export
from graph.queries.subgraph import subgraph
from graph.review.deciding import decide as decided
from graph.review.decisions import Verdict, header_of
from graph.review.listing import all_decisions, decisions, survivors
from graph.review.recording import record, split, withdraw
from graph.store import Store, Written
from tests.graph.judging import START, plan, said, world
from tests.graph.making import NewStore, curated, dump, filled, full_dump, node
from tests.graph.strategies import POOL, batches

SOURCES = (BatchKind.DOCUMENT, BatchKind.CURATED, BatchKind.REGISTER)
SOME = settings(
    max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
STEPS = ("load", "load", "load", "reload", "unload", "decide", "decide", "decide", "withdraw")


def decide(store: Store, data: DataObject, at: datetime) -> None:
    """A decision that the store may refuse, for instance a merge of nodes of two classes."""
    nodes = [one.id for one in store.list_nodes() if one.id in POOL or one.id.removesuffix("-new") in POOL]
    edges = [one.id for one in store.list_edges()]
    if not nodes:
        return
    fact = data.draw(st.sampled_from(nodes + edges))
    by = data.draw(st.sampled_from(["王", "李"]))
    verdict = data.draw(st.sampled_from([*Verdict, Verdict.MERGE]))
    needed: dict[Verdict, dict[str, object]] = {
        Verdict.CORRECT: {"changes": data.draw(st.sampled_from([{"name": "改"}, {"value": ""}, {"kind": ""}]))},
        Verdict.MERGE: {"into": data.draw(st.sampled_from(nodes))},
        Verdict.TAG: {"tags": ["重点"]},
        Verdict.UNTAG: {"tags": ["重点"]},
    }
    more = needed.get(verdict, {})
    with suppress(PolicygraphError):
        record(store, decided(store, verdict, fact, by=by, at=at, **more))  # type: ignore[arg-type]


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


def state(store: Store, fact: str) -> object:
    """What a reviewer said of a node."""
    return store.nodes([fact])[fact].properties["review"]


def test_a_rejection_holds_when_a_newer_reader_gives_another_id(new_store: NewStore) -> None:
    with filled(new_store, [plan("a", "b")]) as store:
        made = said(store, Verdict.REJECT, "goal:a")
        store.write(plan("a2", "b", version="2"))
        assert set(store.nodes(["goal:a", "goal:a2"])) == {"goal:a2"}
        assert (state(store, "goal:a2"), state(store, "goal:b")) == ("rejected", "unreviewed")
        (kept,) = all_decisions(store)
        assert (kept.id, kept.attached, kept.decision.fact.id) == (made.id, "goal:a2", "goal:a")


def test_a_decision_whose_fact_went_is_detached_and_attaches_again(new_store: NewStore) -> None:
    with filled(new_store, [plan("a"), plan("c", number=1)]) as store:
        before = dump(store, "jsonl")
        said(store, Verdict.CORRECT, "goal:a", changes={"value": "70"})
        corrected = dump(store, "jsonl")
        store.retract("batch:d0")
        (lost,) = decisions(store, is_detached=True).items
        assert (lost.attached, lost.why, store.nodes(["goal:a"])) == (None, "its fact is not there", {})
        store.write(plan("a"))
        assert dump(store, "jsonl") == corrected
        withdraw(store, lost.id)
        assert dump(store, "jsonl") == before


def test_a_quote_that_fits_two_facts_attaches_to_neither(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        said(store, Verdict.REJECT, "goal:a")
        two = plan("x", "y", version="2")
        same = [replace(c, evidence=two.nodes[-2].evidence) if c.id == "goal:y" else c for c in two.nodes]
        store.write(replace(two, nodes=tuple(same)))
        assert all_decisions(store)[0].why == "its fact is not there, and several have its quote and value"
        assert {state(store, "goal:x"), state(store, "goal:y")} == {"unreviewed"}


def test_a_correction_changes_values_and_never_the_id(new_store: NewStore) -> None:
    involved = [node("measure:1", "Measure", "任务"), node("organization:1", "Institution", "学院")]
    edge = edge_claim("INVOLVES", "measure:1", "organization:1", {"role": "partner"})
    with filled(new_store, [plan("a"), curated(*involved, edge)]) as store:
        said(store, Verdict.CORRECT, "goal:a", changes={"value": "70", "year": "2030"})
        goal = store.nodes(["goal:a"])["goal:a"]
        assert (goal.properties["value"], goal.properties["year"], goal.inferred) == (70, 2030, ())
        said(store, Verdict.CORRECT, edge.id, changes={"role": "lead"})
        assert store.edges([edge.id])[edge.id].properties == {
            "origin": "curated",
            "review": "corrected",
            "role": "lead",
        }


def test_a_figure_is_named_by_its_corrected_numbers_whatever_was_corrected_first(new_store: NewStore) -> None:
    stated: dict[str, Value] = {"indicator": "在校生规模", "comparator": ">=", "value": 60, "unit": "人", "year": 2025}
    goal, other = (
        node(f"goal:{n}", "Goal", name, **stated) for n, name in enumerate(["在校生规模 ≥60人（2025）", "规模"])
    )
    with filled(new_store, [curated(goal, other)]) as store:

        def name(id_: str = "goal:0") -> str:
            return store.nodes([id_])[id_].name

        made = said(store, Verdict.CORRECT, "goal:0", hour=1, changes={"year": 2024})
        said(store, Verdict.CORRECT, "goal:0", hour=2, changes={"value": "7.5", "unit": "万人"})
        assert name() == "在校生规模 ≥7.5万人（2024）"
        assert store.nodes(["goal:0"])["goal:0"].properties["aliases"] == ["在校生规模 ≥60人（2025）"]
        withdraw(store, made.id)
        assert name() == "在校生规模 ≥7.5万人（2025）"
        said(store, Verdict.CORRECT, "goal:0", hour=3, changes={"value": "", "year": ""})
        assert name() == "在校生规模"
        said(store, Verdict.CORRECT, "goal:0", hour=4, changes={"name": "规模"})
        assert name() == "规模"
        said(store, Verdict.CORRECT, "goal:1", hour=5, changes={"year": 2024})
        assert name("goal:1") == "规模"


def test_a_correction_can_take_a_value_away(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        made = said(store, Verdict.CORRECT, "goal:a", changes={"value": ""})
        goal = store.nodes(["goal:a"])["goal:a"]
        assert "value" not in goal.properties and goal.inferred == ()
        lost = disagreements(store.node_claims("goal:a", limit=10))
        assert [(one.property, one.value) for one in lost] == [("value", 60)]
        with new_store() as other:
            load_dump(other, BytesIO(dump(store, "jsonl")), name="dump.jsonl")
            assert full_dump(other) == full_dump(store)
        store.write(plan("a2", version="2"))
        assert "value" not in store.nodes(["goal:a2"])["goal:a2"].properties
        said(store, Verdict.CORRECT, "goal:a2", hour=1, changes={"value": "70"})
        assert store.nodes(["goal:a2"])["goal:a2"].properties["value"] == 70
        for one in all_decisions(store):
            withdraw(store, one.id)
        assert made.decision.changes == {"value": ""} and store.nodes(["goal:a2"])["goal:a2"].properties["value"] == 60


def test_of_two_reviewers_the_later_counts_and_both_stay_readable(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        said(store, Verdict.CONFIRM, "goal:a", by="王", hour=2)
        said(store, Verdict.REJECT, "goal:a", by="李", hour=1)
        assert state(store, "goal:a") == "confirmed"
        assert [one.decision.by for one in decisions(store, fact="goal:a").items] == ["王", "李"]
        said(store, Verdict.REJECT, "goal:a", by="赵", hour=3)
        assert state(store, "goal:a") == "rejected"


def test_the_edges_and_names_of_a_merged_node_go_to_the_survivor(new_store: NewStore) -> None:
    with filled(new_store, [world("a", "b", "c")]) as store:
        before = dump(store, "jsonl")
        first = said(store, Verdict.MERGE, "organization:b", hour=1, into="organization:a")
        said(store, Verdict.MERGE, "organization:a", hour=2, into="organization:c")
        assert survivors(store) == {"organization:a": "organization:c", "organization:b": "organization:c"}
        left = store.nodes(["organization:c"])["organization:c"]
        assert (left.name, left.properties["aliases"], state(store, "organization:a")) == ("c", ["a", "b"], "merged")
        ties = store.expand(["organization:c"])
        assert sorted(str(edge.properties["activity"])[-1] for edge in ties) == ["a", "b", "c"]
        split(store, first.id)
        split(store, "organization:a")
        assert dump(store, "jsonl") == before


def test_what_was_said_of_a_merged_nodes_edge_goes_with_it(new_store: NewStore) -> None:
    with filled(new_store, [world("a", "b")]) as store:
        (tie,) = store.expand(["organization:b"])
        said(store, Verdict.REJECT, tie.id, hour=1)
        said(store, Verdict.TAG, "organization:b", hour=2, tags=["要点"])
        said(store, Verdict.MERGE, "organization:b", hour=3, into="organization:a")
        states = {str(e.properties["activity"])[-1]: e.properties["review"] for e in store.expand(["organization:a"])}
        assert states == {"a": "unreviewed", "b": "rejected"}
        assert store.nodes(["organization:a"])["organization:a"].properties["tags"] == ["要点"]


def test_two_merges_that_would_close_a_circle_leave_the_earlier(new_store: NewStore) -> None:
    with filled(new_store, [world("a", "b")]) as one, filled(new_store, [world("a", "b")]) as other:
        said(one, Verdict.MERGE, "organization:a", hour=1, into="organization:b")
        said(other, Verdict.MERGE, "organization:b", hour=2, into="organization:a")
        for header in other.batches(BatchKind.REVIEW):
            one.write(Batch(header))
        assert survivors(one) == {"organization:a": "organization:b"}
        assert [row.why for row in decisions(one, is_detached=True).items] == ["the two are one already"]


def test_a_tag_is_taken_off_by_whoever_and_comes_back_when_that_is_withdrawn(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        said(store, Verdict.TAG, "goal:a", hour=1, tags=["甲", " 乙  丙 "])
        off = said(store, Verdict.UNTAG, "goal:a", hour=2, by="李", tags=["甲"])
        assert store.nodes(["goal:a"])["goal:a"].properties["tags"] == ["乙 丙"]
        withdraw(store, off.id)
        assert store.nodes(["goal:a"])["goal:a"].properties["tags"] == ["乙 丙", "甲"]
        assert state(store, "goal:a") == "unreviewed"


@pytest.mark.parametrize(
    ("verdict", "fact", "more", "says"),
    [
        (Verdict.CONFIRM, "goal:none", {}, "there is no node with the id goal:none"),
        (Verdict.REJECT, "edge:none", {}, "there is no edge with the id edge:none"),
        (Verdict.REJECT, "document:0", {}, "there is nothing to judge"),
        (Verdict.CORRECT, "goal:a", {}, "nothing to correct"),
        (Verdict.CORRECT, "goal:a", {"changes": {"colour": "red"}}, "no colour to correct; it has baseline_value"),
        (Verdict.CORRECT, "goal:a", {"changes": {"year": "soon"}}, "year: Input should be a valid integer"),
        (Verdict.CORRECT, "goal:a", {"changes": {"value": "很多"}}, "neither a number nor a ratio"),
        (Verdict.CORRECT, "goal:a", {"changes": {"value": 10**400}}, "a number between"),
        (Verdict.CORRECT, "goal:a", {"changes": {"value": "1e999"}}, "a number between"),
        (Verdict.CORRECT, "goal:a", {"changes": {"value": float("nan")}}, "a number between"),
        (Verdict.CORRECT, "goal:a", {"changes": {"unit": "\ud800"}}, "no valid Unicode"),
        (Verdict.CORRECT, "goal:a", {"changes": {"name": ""}}, "name: String should have at least 1"),
        (Verdict.CORRECT, "goal:a", {"changes": {"review": "confirmed"}}, "no review to correct"),
        (Verdict.CORRECT, "policy:规划0", {"changes": {"title": ""}}, "name: String should have at least 1 character"),
        (Verdict.CONFIRM, "goal:a", {"changes": {"year": "2030"}}, "it takes no changes"),
        (Verdict.MERGE, "goal:a", {}, "say into which node"),
        (Verdict.MERGE, "goal:a", {"into": "goal:a"}, "nothing to merge"),
        (Verdict.MERGE, "goal:a", {"into": "policy:规划0"}, "of class Goal, policy:规划0 of class Policy"),
        (Verdict.MERGE, "goal:a", {"into": "goal:none"}, "there is no node"),
        (Verdict.TAG, "goal:a", {"tags": [" "]}, "give 1 to 50 tags, not 0"),
        (Verdict.UNTAG, "goal:a", {"tags": ["甲"]}, "has no tag “甲”"),
        (Verdict.CONFIRM, "goal:a", {"by": " "}, "nobody is named as the reviewer"),
        (Verdict.CONFIRM, "goal:a", {"note": "\ud800"}, "no valid Unicode"),
        (Verdict.CONFIRM, "goal:a", {"note": "长" * 2001}, "give at most 2,000"),
    ],
)
def test_what_can_not_be_decided_is_refused_and_changes_nothing(
    new_store: NewStore, verdict: Verdict, fact: str, more: dict[str, Any], says: str
) -> None:
    with filled(new_store, [plan("a")]) as store:
        document_id = store.list_nodes("Document")[0].id
        with pytest.raises(PolicygraphError, match=re.escape(says)):
            said(store, verdict, document_id if fact == "document:0" else fact, **more)
        assert (all_decisions(store), store.version) == ([], 1)


def test_a_damaged_decision_is_refused_at_the_door(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        header = header_of(decided(store, Verdict.CONFIRM, "goal:a", by="王"))
        for name, text in (("verdict", "perhaps"), ("fact", "{"), ("fact", '{"id": 1}'), ("at", "昨天")):
            with pytest.raises(BadBatch, match="not a decision that can be read"):
                store.write(Batch(replace(header, options={**header.options, name: text})))
        assert store.version == 1


def test_a_part_of_the_graph_takes_decisions_along_once(new_store: NewStore) -> None:
    with filled(new_store, [plan("a", "b")]) as store, new_store() as other:
        said(store, Verdict.REJECT, "goal:a")
        said(store, Verdict.MERGE, "goal:b", hour=1, into="goal:a")
        part = BytesIO()
        scope, _ = subgraph(store, ["goal:a"], depth=1)
        export(store, part, format="jsonl", scope=scope)
        load_dump(other, BytesIO(part.getvalue()), name="part.jsonl")
        assert [one.decision for one in all_decisions(other)] == [one.decision for one in all_decisions(store)]
        assert state(other, "goal:a") == "rejected"
        other.write(plan("a", "b"))
        whole = BytesIO(full_dump(store))
        load_dump(other, whole, name="whole.jsonl")
        assert dump(other, "jsonl") == dump(store, "jsonl")


def test_a_dump_without_text_has_no_words_of_the_quote(new_store: NewStore) -> None:
    with filled(new_store, [plan("甲")]) as store:
        said(store, Verdict.CONFIRM, "goal:甲")
        written = BytesIO()
        export(store, written, format="jsonl", without_text=True)
        assert "今年" in dump(store, "jsonl").decode()
        assert "今年" not in written.getvalue().decode()


def test_what_a_decision_claims_is_for_the_store_to_say(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        made = said(store, Verdict.CONFIRM, "goal:a")
        (header,) = store.batches(BatchKind.REVIEW)
        forged = NodeClaim({"review": "rejected", "value": 99}, id="goal:a", label="Goal")
        version = store.version
        assert store.write(Batch(replace(header, version="2"), (forged,))) is Written.UNCHANGED
        assert (store.version, state(store, "goal:a")) == (version, "confirmed")
        withdraw(store, made.id)
        store.write(Batch(header, (forged,)))
        assert (state(store, "goal:a"), store.batches(BatchKind.REVIEW)) == ("confirmed", [header])


def test_copies_have_the_decisions_and_the_graph(new_store: NewStore) -> None:
    with filled(new_store, [plan("a", "b"), world("a", "b")]) as store, new_store() as other:
        said(store, Verdict.CORRECT, "goal:a", changes={"year": 2030})
        said(store, Verdict.MERGE, "organization:b", hour=1, into="organization:a")
        said(store, Verdict.TAG, "policy:规划0", hour=2, tags=["重点"])
        copy(store, other)
        assert compare(store, other).differences == ()
        assert copy(store, other).written == 0


def test_a_figure_that_was_corrected_is_found_again_by_what_its_source_says(new_store: NewStore) -> None:
    with filled(new_store, [plan("a")]) as store:
        said(store, Verdict.CORRECT, "goal:a", hour=1, changes={"value": "70"})
        said(store, Verdict.CONFIRM, "goal:a", hour=2)
        store.write(plan("a2", version="2"))
        assert [one.attached for one in all_decisions(store)] == ["goal:a2", "goal:a2"]
        found = store.nodes(["goal:a2"])["goal:a2"].properties
        assert (found["value"], found["review"]) == (70, "confirmed")
