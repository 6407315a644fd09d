"""Search beyond single words: phrases, beginnings, filters and facets."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import NotFound, RefusedInput
from graph.facts import Batch
from graph.ids import digest
from graph.open import open_store
from graph.queries.facets import Facet, Values
from graph.queries.search import FoundPage, search
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("search") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        measures = {"a": "1+X 证书 试点", "b": "证书 1+X", "c": "产业学院", "d": "共建产业学院"}
        opened.write(curated(*(node(f"measure:{key}", "Measure", name) for key, name in measures.items())))
        yield opened


def names(page: FoundPage) -> list[str]:
    return [found.name for found in page.items]


def test_a_phrase_in_straight_quotes_stands_together(store: Store) -> None:
    assert names(search(store, "1+X 证书")) == ["1+X 证书 试点", "证书 1+X"]
    assert names(search(store, '"1+X 证书"')) == ["1+X 证书 试点"]
    assert names(search(store, "“产业学院”")) == []  # quotes of the text are part of it


def test_a_star_asks_for_the_beginning_of_a_name(store: Store) -> None:
    assert names(search(store, "产业学院")) == ["产业学院", "共建产业学院"]
    assert names(search(store, "产业*")) == ["产业学院"]


def test_traditional_characters_find_simplified_ones(store: Store) -> None:
    assert names(search(store, "產業學院*")) == ["产业学院"]


def test_facets_count_what_was_found(store: Store) -> None:
    page = search(store, "云州", has_facets=True)
    counted = {(one.facet, one.value): one.count for one in page.facets}
    assert counted[Facet.CLASS, "City"] == 1 and counted[Facet.CLASS, "Institution"] == 3
    assert counted[Facet.LEVEL, "municipal"] == 1 and counted[Facet.REGION, "云州市"] == 2
    assert search(store, "云州").facets == ()


def test_goals_and_measures_have_the_level_and_place_of_their_policy(store: Store) -> None:
    page = search(store, "双师型教师占比", labels=("Goal",), has_facets=True)
    counted = {one.facet: (one.value, one.id) for one in page.facets}
    assert counted[Facet.LEVEL] == ("municipal", None) and counted[Facet.YEAR] == ("2025", None)
    assert counted[Facet.REGION] == ("云州市", "place:990100")


def test_filters_leave_what_has_the_values(store: Store) -> None:
    assert names(search(store, "占比", filters={Facet.YEAR: ("2025",)})) == [small.TEACHER_GOAL]
    assert names(search(store, "占比", filters={Facet.YEAR: ("1999",)})) == []
    page = search(store, "学院", labels=("Institution",), filters={Facet.REGION: ("江北省",)})
    assert names(page) == [small.COLLEGE] and page.total == 1 and page.exact
    with pytest.raises(NotFound):
        search(store, "学院", filters={Facet.REGION: ("海外省",)})


def test_pages_of_a_filtered_search_go_on(store: Store) -> None:
    filters = {Facet.KIND: ("school",)}
    whole = search(store, "学院", filters=filters)
    first = search(store, "学院", filters=filters, limit=1)
    rest = search(store, "学院", filters=filters, cursor=first.next)
    assert (*first.items, *rest.items) == whole.items and len(whole.items) == first.total > 1
    with pytest.raises(RefusedInput, match="another question"):
        search(store, "学院", cursor=first.next)


def test_a_cursor_goes_on_when_hits_come_and_go_between_two_pages(tmp_path: Path) -> None:
    def table(letters: str, version: str) -> Batch:
        made = curated(*(node(f"measure:{one}", "Measure", f"产业学院{one}") for one in letters))
        return replace(made, header=replace(made.header, version=version))

    with open_store(str(tmp_path / "s.db")) as opened:
        opened.write(table("bdfhjlnp", "1"))
        page = search(opened, "产业学院", limit=3)
        opened.write(table("abchjklmnp", "2"))
        seen = names(page)
        while page.next:
            page = search(opened, "产业学院", limit=3, cursor=page.next)
            seen += names(page)
        assert len(seen) == len(set(seen))
        assert {f"产业学院{one}" for one in "bhjlnp"} <= set(seen)


@pytest.mark.parametrize("filters", [{}, {Facet.CLASS: ("Institution",)}])
@pytest.mark.parametrize(
    "key",
    [
        ("9", "3", "id", "5"),
        ("0", "x", "id", "5"),
        ("0", "-1", "id", "5"),
        ("0", "9" * 18, "id", "5"),
        ("0", "9" * 5_000, "id", "5"),
        ("3", "3", "\ud800", "5"),
        ("3", "3", "id", "-5"),
        ("3", "3", "id"),
        ("3",),
    ],
)
def test_a_cursor_that_was_made_up_is_refused(store: Store, key: tuple[str, ...], filters: Values) -> None:
    body = json.dumps(key)
    question = digest("search", "学院", repr(sorted(filters.items())))
    cursor = base64.urlsafe_b64encode((digest(question, body)[:12] + body).encode()).decode()
    with pytest.raises(RefusedInput, match="cursor: not one of ours"):
        search(store, "学院", filters=filters, cursor=cursor)


@pytest.mark.parametrize("text", ['""', '" "', "*", '"*"'])
def test_terms_without_a_letter_are_refused(store: Store, text: str) -> None:
    with pytest.raises(RefusedInput):
        search(store, text)


def test_a_search_that_did_not_look_at_all_hits_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not search(store, "学院").truncated and not search(store, '"学院"').truncated
    monkeypatch.setattr("graph.queries.search.LOOKED_AT", 1)
    monkeypatch.setattr("graph.queries.search._AT_ONCE", 1)
    page = search(store, "学院", filters={Facet.CLASS: ("Institution",)})
    assert page.truncated and not page.exact
    assert not search(store, "学院").truncated
