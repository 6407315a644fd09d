"""Finding, searching, one node, its neighbours, subgraphs and counts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousName, NotFound, RefusedInput, UnknownParameter
from graph.facts import Node
from graph.open import open_store
from graph.queries.find import find_node
from graph.queries.node import Neighbour, neighbours, node_detail
from graph.queries.search import places, search
from graph.queries.stats import stats
from graph.queries.subgraph import subgraph
from graph.store import Direction, Store
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("queries") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Sixty schools of one name and a number, and one that had another name before."""
    names = [f"海棠{number}学院" for number in range(60)]
    made = small.Document("名录", (((), "、".join([*names, "丁香学院", "青屿学院"])),), "9" * 64)
    for name in (*names, "丁香学院"):
        made.node("Institution", name, name)
    made.node("Institution", "青屿学院", "青屿学院", aliases=["原丁香大学"])
    with open_store(str(tmp_path_factory.mktemp("schools") / "schools.db")) as opened:
        opened.write(made.batch())
        yield opened


@pytest.fixture
def plan(store: Store) -> Node:
    return find_node(store, small.PLAN, labels=("Policy",))


def test_a_node_is_found_by_id_by_name_and_by_a_part_that_only_it_has(store: Store) -> None:
    by_name = find_node(store, small.COMPANY)
    assert find_node(store, by_name.id) == find_node(store, "星渊", labels=("Organization",)) == by_name


def test_an_exact_name_counts_before_names_that_hold_it(store: Store) -> None:
    assert find_node(store, "云州市", labels=("Region", "Organization")).id == "place:990100"


def test_a_text_that_several_names_hold_is_ambiguous(store: Store) -> None:
    with pytest.raises(AmbiguousName, match="fits 3 nodes"):
        find_node(store, "云州", labels=("Institution",))


def test_candidates_say_which_alias_fits_and_whether_there_are_more(schools: Store) -> None:
    with pytest.raises(AmbiguousName, match="fits more than 50 nodes") as caught:
        find_node(schools, "海棠")
    assert len(caught.value.candidates) == 50 and not caught.value.is_whole
    with pytest.raises(AmbiguousName, match="fits 2 nodes") as caught:
        find_node(schools, "丁香")
    assert [(one.name, one.alias) for one in caught.value.candidates] == [("丁香学院", ""), ("青屿学院", "原丁香大学")]


@pytest.mark.parametrize("text", ["", " ", "。", "‰\0", "没有的名字"])
def test_a_text_that_nothing_fits_is_not_found(store: Store, text: str) -> None:
    with pytest.raises(NotFound):
        find_node(store, text)


def test_search_marks_the_words_in_names_and_in_sentences(store: Store) -> None:
    page = search(store, "订单班")
    assert [(hit.label, hit.matched) for hit in page.items] == [("Passage", "text")]
    assert [part.text for part in page.items[0].segments if part.mark] == ["订单班"]
    name = search(store, "智能 装备", labels=("Enterprise",)).items[0]
    assert [(part.text, part.mark) for part in name.segments] == [
        ("星渊", False),
        ("智能装备", True),
        ("有限公司", False),
    ]


def test_search_goes_on_with_its_cursor(store: Store) -> None:
    first = search(store, "学院", limit=2)
    rest = search(store, "学院", limit=500, cursor=first.next)
    ids = [hit.id for hit in (*first.items, *rest.items)]
    assert ids == [hit.id for hit in search(store, "学院", limit=500).items]
    assert first.total == rest.total == len(ids) and first.exact


@pytest.mark.parametrize("text", ["", "  ", "！？", "字" * 201])
def test_search_refuses_what_it_can_not_look_for(store: Store, text: str) -> None:
    with pytest.raises(RefusedInput):
        search(store, text)


def test_search_refuses_an_unknown_class(store: Store) -> None:
    with pytest.raises(UnknownParameter, match="no class Firm"):
        search(store, "学院", labels=("Firm",))


@given(text=st.text(alphabet="学院ﬁ①Ａa繁 ", max_size=20), word=st.text(alphabet="学院fi1a繁", min_size=1, max_size=3))
def test_marks_of_words_lie_within_the_text(text: str, word: str) -> None:
    found = places(text, [word])
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert found == sorted(found)


def test_a_node_says_what_other_sources_state(store: Store) -> None:
    detail = node_detail(store, "place:990100")
    assert (detail.name, detail.labels, detail.claims) == ("云州市", ("Region", "City"), 2)
    [other] = detail.disagreements
    assert {detail.properties["level"], other.value} == {"prefecture", "county"}
    assert detail.evidence and detail.evidence_total == 2


def test_answers_name_the_file_of_a_document_and_not_its_folder(store: Store) -> None:
    document = find_node(store, small.PLAN, labels=("Document",))
    assert document.properties["sources"] == [f"file:///{small.PLAN}.txt"]
    assert node_detail(store, document.id).properties["sources"] == [f"file:{small.PLAN}.txt"]
    assert search(store, small.PLAN, labels=("Document",)).items[0].properties["sources"] == [f"file:{small.PLAN}.txt"]


def test_neighbours_come_by_relation_with_evidence(store: Store, plan: Node) -> None:
    page = neighbours(store, plan.id, limit=50)
    types = [one.edge.type for one in page.items]
    assert types == ["ISSUED_BY", "APPLIES_TO", *["SETS"] * 4, *["CONTAINS"] * 5]
    assert all(one.edge.evidence for one in page.items) and page.total == 11
    out = neighbours(store, plan.id, types=("SETS",), direction=Direction.IN)
    assert out.items == ()


@given(limit=st.integers(1, 12))
def test_pages_of_neighbours_joined_are_the_whole_list(store: Store, limit: int) -> None:
    whole = neighbours(store, "place:990100", limit=500)
    found: list[Neighbour] = []
    page = replace(whole, items=(), next=None)
    while len(found) < whole.total:
        page = neighbours(store, "place:990100", limit=limit, cursor=page.next)
        found += page.items
    assert tuple(found) == whole.items and page.next is None


def test_neighbours_of_nothing_and_of_unknown_relations_are_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        neighbours(store, "place:000000")
    with pytest.raises(UnknownParameter, match="no relation LOVES"):
        neighbours(store, "place:990100", types=("LOVES",))


def test_a_subgraph_has_the_edges_between_its_nodes(store: Store, plan: Node) -> None:
    scope, is_cut = subgraph(store, [plan.id], depth=1)
    assert len(scope.nodes) == 12 and not is_cut
    edges = store.edges(scope.edges).values()
    assert {end for edge in edges for end in (edge.source, edge.target)} <= scope.nodes
    assert {"SETS", "CONTAINS", "ADVANCES", "PART_OF"} <= {edge.type for edge in edges}


def test_a_subgraph_of_one_relation_follows_it_alone(store: Store) -> None:
    scope, _ = subgraph(store, [small.COLLEGE], depth=2, types=("PARTNERS_WITH",))
    assert {edge.type for edge in store.edges(scope.edges).values()} == {"PARTNERS_WITH"} and len(scope.nodes) == 5


def test_a_subgraph_is_cut_at_its_limit_and_says_so(store: Store, plan: Node) -> None:
    scope, is_cut = subgraph(store, [plan.id], depth=3, limit=5)
    assert len(scope.nodes) == 5 and is_cut and plan.id in scope.nodes
    assert subgraph(store, [plan.id], depth=0)[0].nodes == {plan.id}


@pytest.mark.parametrize(
    ("seeds", "depth", "limit"), [([], 1, 10), (["place:990100"], 99, 10), (["place:990100"], 1, 0)]
)
def test_a_subgraph_that_can_not_be_is_refused(store: Store, seeds: list[str], depth: int, limit: int) -> None:
    with pytest.raises(RefusedInput):
        subgraph(store, seeds, depth=depth, limit=limit)


def test_stats_count_what_is_there(store: Store) -> None:
    found = stats(store)
    assert found.documents == 2 and found.nodes["Goal"] == 4 and found.batches == {"document": 2}
    assert found.version == store.version == 2
