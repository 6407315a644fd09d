"""Documents with every fact marked in their text, and lists of nodes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, RefusedInput, UnknownParameter
from graph.ids import document_id
from graph.open import open_store
from graph.queries.documents import DocumentPassage, document_text
from graph.queries.nodes import nodes
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node

REPORT = document_id("b" * 64)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("documents") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


def shown(passage: DocumentPassage) -> str:
    return "".join(segment.text for segment in passage.segments)


def marked(passage: DocumentPassage, fact: str) -> str:
    return "".join(segment.text for segment in passage.segments if fact in segment.facts)


def test_the_passages_are_the_text_of_the_document(store: Store) -> None:
    page = document_text(store, REPORT)
    assert page.document.name == "海棠职业技术学院年度报告" and page.next is None and page.exact
    assert [len(shown(passage)) for passage in page.items] == [passage.end - passage.start for passage in page.items]
    assert [passage.start for passage in page.items] == [0, *(passage.end for passage in page.items[:-1])]
    assert page.items[1].section == ("校企合作",) and page.items[1].has_text


def test_every_fact_is_marked_where_it_is_stated(store: Store) -> None:
    _, passage = document_text(store, REPORT).items
    orders = [fact for fact in passage.facts if fact.type == "PARTNERS_WITH" and fact.source and fact.target]
    assert {shown(passage)[fact.start - passage.start : fact.end - passage.start] for fact in orders} >= {
        f"{small.COMPANY}在{small.COLLEGE}开设订单班。",
        "双方又办订单班。",
    }
    for fact in passage.facts:
        assert shown(passage)[fact.start - passage.start : fact.end - passage.start] in marked(passage, fact.id)
    companies = [fact.name for fact in passage.facts if fact.type == "Enterprise"]
    assert companies == [small.COMPANY, "青屿物流有限公司"]


def test_what_states_nothing_is_not_marked(store: Store) -> None:
    for passage in document_text(store, REPORT).items:
        stated = {
            place
            for fact in passage.facts
            for place in range(max(fact.start, passage.start), min(fact.end, passage.end))
        }
        place = passage.start
        for segment in passage.segments:
            inside = range(place, place + len(segment.text))
            assert all((at in stated) == bool(segment.facts) for at in inside)
            place = inside.stop


def test_the_document_itself_and_its_passages_are_no_facts(store: Store) -> None:
    types = {fact.type for passage in document_text(store, REPORT).items for fact in passage.facts}
    assert not {"Document", "Passage"} & types


@given(limit=st.integers(1, 3))
def test_pages_of_a_document_go_on(store: Store, limit: int) -> None:
    whole = document_text(store, REPORT)
    cursor, read = None, list[DocumentPassage]()
    while page := document_text(store, REPORT, limit=limit, cursor=cursor):
        read += page.items
        cursor = page.next
        if cursor is None:
            break
    assert tuple(read) == whole.items


def test_a_document_without_its_text_shows_the_places(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "bare.db")) as store:
        made = small.Document("会议纪要", (((), "会议听取汇报。\n"),), "c" * 64, has_text=False)
        made.node("Institution", "白桦研究院", "会议")
        store.write(made.batch())
        page = document_text(store, made.id)
    (passage,) = page.items
    assert not passage.has_text and not passage.segments
    assert [fact.name for fact in passage.facts] == ["白桦研究院"]


@pytest.mark.parametrize("id_", ["document:none", "place:990100", "", "\0"])
def test_what_is_no_document_is_not_found(store: Store, id_: str) -> None:
    with pytest.raises(NotFound, match="no document"):
        document_text(store, id_)


def test_nodes_of_a_class_come_by_id_with_those_of_its_subclasses(store: Store) -> None:
    page = nodes(store, "Organization")
    assert {node.label for node in page.items} == {"Institution", "Enterprise"}
    assert [node.id for node in page.items] == sorted(node.id for node in page.items)
    assert page.total == len(page.items) and page.exact


def test_filters_leave_nodes_with_one_of_the_values(store: Store) -> None:
    page = nodes(store, "Organization", filters={"kind": ["media", "research"]})
    assert {node.properties["kind"] for node in page.items} == {"media", "research"}
    assert page.total == len(page.items)


def test_a_page_of_nodes_goes_on_behind_one_that_is_gone(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "nodes.db")) as store:
        store.write(curated(*(node(f"goal:{n}", "Goal", "目标") for n in range(6))))
        first = nodes(store, "Goal", limit=3)
        store.write(curated(*(node(f"goal:{n}", "Goal", "目标") for n in (0, 1, 3, 4, 5, 25)), version="2"))
        rest = nodes(store, "Goal", limit=3, cursor=first.next)
    assert [one.id for one in (*first.items, *rest.items)] == [f"goal:{n}" for n in (0, 1, 2, 25, 3, 4)]


def test_questions_that_make_no_sense_are_refused(store: Store) -> None:
    with pytest.raises(UnknownParameter, match="no class Gaol; did you mean Goal"):
        nodes(store, "Gaol")
    with pytest.raises(UnknownParameter, match="no property kind"):
        nodes(store, "Goal", filters={"kind": ["plan"]})
    with pytest.raises(RefusedInput, match="another question"):
        nodes(store, "Goal", cursor=nodes(store, "Measure", limit=1).next)
    with pytest.raises(RefusedInput, match="at least one row"):
        nodes(store, "Goal", limit=0)
