"""A researcher's own codes as a filter of questions about goals."""

from collections.abc import Iterator

import pytest

from graph.errors import RefusedInput
from graph.facts import BatchKind
from graph.open import open_store
from graph.queries.cascade import iter_cascade
from graph.queries.cascade_rows import CascadeQuery
from graph.queries.compare import iter_compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.counts import CountBy, counts
from graph.queries.progress import iter_progress
from graph.queries.progress_rows import ProgressQuery
from graph.queries.subgraph import subgraph
from graph.store import Store
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, OTHER_CITY
from tests.graph.making import curated, node


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The plans, with a tag on the city's goal for teachers and another on the indicator of spending."""
    with open_store(str(tmp_path_factory.mktemp("tags") / "plans.db")) as opened:
        for batch in plans.all_batches():
            opened.write(batch)
        goal = next(one for one in opened.list_nodes("Goal") if one.name.startswith("全市双师型"))
        indicator = next(one for one in opened.list_nodes("Indicator") if one.name == plans.SPENDING)
        marks = (
            node(goal.id, "Goal", goal.name, tags=["重点"]),
            node(indicator.id, "Indicator", plans.SPENDING, tags=["经费"]),
        )
        opened.write(curated(*marks, kind=BatchKind.REVIEW))
        yield opened


@pytest.mark.parametrize(
    ("tags", "in_cascade", "in_comparison", "in_progress"),
    [((), 10, 4, 7), (("重点",), 2, 1, 1), (("重点", "经费"), 3, 2, 2), (("没有",), 0, 0, 0)],
)
def test_rows_that_have_a_tag_are_left(
    store: Store, tags: tuple[str, ...], in_cascade: int, in_comparison: int, in_progress: int
) -> None:
    assert len(list(iter_cascade(store, CascadeQuery(CITY, tags=tags)))) == in_cascade
    assert len(list(iter_compare(store, CompareQuery(policy=(CITY, OTHER_CITY), tags=tags)))) == in_comparison
    assert len(list(iter_progress(store, ProgressQuery(policy=(CITY,), tags=tags)))) == in_progress


def test_what_has_a_tag_is_counted(store: Store) -> None:
    assert {row.value: row.count for row in counts(store, CountBy.CLASS, tags=["重点", "经费"]).items} == {
        "Goal": 1,
        "Indicator": 1,
    }
    assert counts(store, CountBy.LEVEL, tags=["重点"]).items == ()  # no policy has it
    assert counts(store, CountBy.CLASS, tags=["没有"]).items == ()
    assert len(counts(store, CountBy.CLASS).items) > 2


def test_a_part_is_cut_around_what_has_a_tag(store: Store) -> None:
    alone, is_cut = subgraph(store, [], tags=["重点", "经费"], depth=0)
    assert len(alone.nodes or ()) == 2 and not is_cut
    around, _ = subgraph(store, [], tags=["经费"])
    by_id, _ = subgraph(store, [next(one.id for one in store.list_nodes("Indicator") if one.name == plans.SPENDING)])
    assert around == by_id
    with pytest.raises(RefusedInput, match="id, name or tag"):
        subgraph(store, [])
