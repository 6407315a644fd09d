"""The graph as answers show it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.facts import edge_claim
from graph.open import open_store
from graph.queries.find import find_node
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.recording import record
from graph.review.shown import Shown, Views, shown, whole
from graph.store import Direction, Store
from tests.graph.making import curated, dump, node, school_graph

REJECTED, MERGED, SURVIVOR = "organization:003", "organization:005", "organization:007"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Schools of which one is rejected and one merged into another; the lead of the measure is rejected too."""
    with open_store(str(tmp_path / "schools.db")) as opened:
        opened.write(school_graph())
        lead = next(e for e in opened.expand(["measure:1"], ["INVOLVES"]) if e.properties["role"] == "lead")
        for verdict, fact, into in (
            (Verdict.REJECT, REJECTED, None),
            (Verdict.MERGE, MERGED, SURVIVOR),
            (Verdict.REJECT, lead.id, None),
        ):
            record(opened, decide(opened, verdict, fact, by="王", into=into))
        yield opened


def test_what_is_rejected_or_merged_is_in_no_answer(store: Store) -> None:
    view = shown(store)
    gone = {REJECTED, MERGED}
    assert view.nodes([*gone, SURVIVOR]).keys() == {SURVIVOR}
    listed = [one.id for one in view.list_nodes("Institution")]
    assert listed == [one.id for one in store.list_nodes("Institution") if one.id not in gone]
    edges = view.list_edges()
    assert not gone & {end for edge in edges for end in (edge.source, edge.target)}
    assert "lead" not in {edge.properties.get("role") for edge in edges}
    assert view.edges([edge.id for edge in store.list_edges()]).keys() == {edge.id for edge in edges}
    assert gone & view.values("Institution", "kind").keys() == set()
    assert [hit.node.id for hit in view.search("学院3", limit=3)] == [
        "organization:030",
        "organization:031",
        "organization:032",
    ]
    assert view.count_hits("学院", most=100) == store.count_hits("学院", most=100) - 2
    counts, before = view.counts(), store.counts()
    assert counts.nodes["Institution"] == before.nodes["Institution"] - 2
    assert sum(counts.edges.values()) == len(edges)


def test_rejected_facts_are_there_for_who_asks_and_merged_nodes_never(store: Store) -> None:
    view = shown(store, Shown.ALL)
    assert view.nodes([REJECTED, MERGED]).keys() == {REJECTED}
    assert view.expand([REJECTED])[0].properties["role"] == "partner"


def test_pages_are_as_long_as_they_would_be_without_the_hidden(store: Store) -> None:
    view = shown(store)
    whole_list = [one.id for one in view.list_nodes("Institution")]
    assert [one.id for one in view.list_nodes("Institution", limit=5)] == whole_list[:5]
    assert [one.id for one in view.list_nodes("Institution", after=whole_list[1], limit=5)] == whole_list[2:7]
    assert list(view.values("Institution", "kind", limit=5)) == whole_list[:5]
    edges = view.list_edges("INVOLVES")
    assert view.list_edges("INVOLVES", limit=7) == edges[:7]
    assert view.expand(["measure:1"], ["INVOLVES"], limit_each=7) == edges[:7]
    steps = view.steps(["measure:1", REJECTED], ["INVOLVES"], direction=Direction.OUT, limit_each=7)
    assert [step.id for step in steps] == [edge.id for edge in edges[:7]]
    assert view.steps(["measure:1"], ["INVOLVES"], direction=Direction.IN, limit_each=7) == []


def test_a_merged_node_is_found_by_its_name_at_the_survivor(store: Store) -> None:
    assert find_node(shown(store), "学院5").id == SURVIVOR
    assert find_node(shown(store), MERGED).id == SURVIVOR


def test_exports_have_rejected_facts_with_their_state_and_no_merged_node(store: Store) -> None:
    text = dump(store).decode()
    assert f'"id":"{MERGED}"' not in text
    assert f'"id":"{REJECTED}"' in text
    assert '"review":"rejected"' in text
    assert dump(shown(store, Shown.ALL)).decode() == text
    assert dump(shown(store), "jsonl") == dump(store, "jsonl")


def test_a_view_is_kept_until_the_graph_changes(store: Store) -> None:
    views = Views(store)
    first = views.get()
    assert views.get() is first
    assert whole(first) is store
    store.write(curated(node("goal:9", "Goal", "目标"), id_="batch:9"))
    assert views.get() is not first
    assert "goal:9" in views.get().nodes(["goal:9"])


def test_a_store_without_such_decisions_is_shown_as_it_is(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.db")) as opened:
        opened.write(
            curated(
                node("goal:1", "Goal", "目标"),
                node("measure:1", "Measure", "任务"),
                edge_claim("ADVANCES", "measure:1", "goal:1"),
            )
        )
        record(opened, decide(opened, Verdict.CONFIRM, "goal:1", by="王"))
        assert shown(opened) is opened
        assert whole(opened) is opened
