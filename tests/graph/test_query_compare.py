"""Comparisons: units, years, disagreements, and what can't be compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import AmbiguousName, NotFound, RefusedInput
from graph.open import open_store
from graph.queries.alignment import Remark
from graph.queries.compare import compare, iter_compare
from graph.queries.compare_rows import CompareCell, CompareQuery, Comparison
from graph.queries.compare_table import COMPARE_COLUMNS, compare_table
from graph.store import Store
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, OTHER_CITY, QINGYU, REPORT, YUNZHOU, Plan, Stated, at_least

BOTH = CompareQuery(policy=(CITY, OTHER_CITY))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("compare") / "plans.db")) as opened:
        for batch in plans.all_batches():
            opened.write(batch)
        yield opened


def rows(store: Store, query: CompareQuery) -> dict[str, Comparison]:
    return {row.indicator.name: row for _, row in iter_compare(store, query)}


def cell(row: Comparison, column: int) -> CompareCell:
    found = row.cells[column]
    assert found is not None
    return found


def test_indicators_in_common_stand_side_by_side_in_one_unit(store: Store) -> None:
    answer = compare(store, BOTH)
    assert [column.name for column in answer.columns] == [CITY, OTHER_CITY] and not answer.truncated
    assert {row.indicator.name for row in answer.items} == {
        plans.TEACHERS,
        plans.PUPILS,
        plans.SPENDING,
        plans.RATIO,
    }
    pupils = rows(store, BOTH)[plans.PUPILS]
    assert [[(one.value, one.unit, one.year) for one in cell(pupils, at).targets] for at in (0, 1)] == [
        [(80000, "人", 2025)],
        [(70000, "人", 2027)],
    ]
    assert pupils.unit == "人" and pupils.is_comparable and cell(pupils, 1).years == (2025, 2027)


def test_the_year_can_be_chosen(store: Store) -> None:
    query = CompareQuery(policy=(CITY, OTHER_CITY), year=2025)
    assert [one.value for one in cell(rows(store, query)[plans.PUPILS], 1).targets] == [60000]
    assert rows(store, CompareQuery(policy=(CITY, OTHER_CITY), year=1999)) == {}


def test_what_can_not_be_compared_is_said(store: Store) -> None:
    ratio = rows(store, BOTH)[plans.RATIO]
    assert (ratio.is_comparable, ratio.unit, ratio.unit_kind) == (False, "", None)
    assert ratio.remarks == (Remark.UNITS_DIFFER,)
    spending = rows(store, BOTH)[plans.SPENDING]
    assert spending.is_comparable and spending.remarks == (Remark.ONE_IS_YEARLY,)
    assert [one.value for at in (0, 1) for one in cell(spending, at).targets] == [12000, 15000]


def test_baselines_and_observations_stand_beside_targets(store: Store) -> None:
    teachers = cell(rows(store, BOTH)[plans.TEACHERS], 0)
    [target] = teachers.targets
    assert (target.value, target.baseline, target.baseline_year) == (75, 60, 2020)
    assert [(one.value, one.year, one.policy.name) for one in teachers.observations] == [(66, 2022, REPORT)]
    assert not cell(rows(store, BOTH)[plans.TEACHERS], 1).observations


def test_every_figure_shows_its_sentence(store: Store) -> None:
    figures = [
        one
        for row in compare(store, BOTH).items
        for known in row.cells
        if known
        for one in (*known.targets, *known.observations)
    ]
    assert len(figures) == 12
    for one in figures:
        edge = store.edges([one.figure.edge or ""])[one.figure.edge or ""]
        assert (edge.source, edge.target) == (one.policy.id, one.figure.id)
        assert one.figure.evidence[0].quote == one.figure.name


def test_places_and_issuers_are_compared_by_their_policies(store: Store) -> None:
    by_place = rows(store, CompareQuery(region=(YUNZHOU, QINGYU)))
    by_issuer = rows(store, CompareQuery(issuer=("云州市教育局", "青屿市教育局")))
    for found in (by_place, by_issuer):
        assert found.keys() == rows(store, BOTH).keys()
        assert cell(found[plans.PUPILS], 0).targets == cell(rows(store, BOTH)[plans.PUPILS], 0).targets
    assert len(cell(by_place[plans.TEACHERS], 0).observations) == 1
    assert not cell(by_issuer[plans.TEACHERS], 0).observations


def test_indicators_of_one_column_only_come_when_asked_for(store: Store) -> None:
    alone = rows(store, CompareQuery(policy=(CITY, OTHER_CITY), min_columns=1))
    assert alone.keys() - rows(store, BOTH).keys() == {plans.COMPANIES, plans.JOBS}
    assert alone[plans.COMPANIES].cells[1] is None
    assert list(alone)[:4] == list(rows(store, BOTH))


def test_figures_that_others_report_stand_beside_targets_of_a_policy_only(store: Store) -> None:
    found = rows(store, CompareQuery(policy=(CITY, REPORT)))
    assert found.keys() == {plans.TEACHERS, plans.JOBS, plans.PUPILS, plans.RATIO}
    assert not cell(found[plans.TEACHERS], 1).targets and cell(found[plans.TEACHERS], 1).observations


def test_documents_that_disagree_on_one_policy_are_both_shown(tmp_path: Path) -> None:
    first, second = at_least(60, "%", plans.TEACHERS, who="甲"), at_least(65, "%", plans.TEACHERS, who="乙")
    with open_store(str(tmp_path / "two.db")) as store:
        store.write(Plan("甲规划", "municipal", (first,)).batch())
        store.write(Plan("甲规划", "municipal", (second,), document="甲规划解读").batch())
        [row] = compare(store, CompareQuery(policy=("甲规划",), min_columns=1)).items
    found = cell(row, 0)
    assert found.disagree and sorted(one.value or 0 for one in found.targets) == [60, 65]
    assert len({one.figure.evidence[0].document for one in found.targets}) == 2


def test_the_same_amount_in_two_units_is_no_disagreement(tmp_path: Path) -> None:
    said = (Stated("在校生规模5万人", plans.PUPILS, 5, "万人"), Stated("在校生规模50000人", plans.PUPILS, 50000, "人"))
    with open_store(str(tmp_path / "same.db")) as store:
        store.write(Plan("甲规划", "municipal", said).batch())
        [row] = compare(store, CompareQuery(policy=("甲规划",), min_columns=1)).items
    assert [one.value for one in cell(row, 0).targets] == [50000, 50000] and not cell(row, 0).disagree


def test_reports_that_disagree_are_both_shown(store: Store) -> None:
    found = cell(rows(store, BOTH)[plans.PUPILS], 0)
    assert found.disagree and sorted(one.value or 0 for one in found.observations) == [70000, 71000]


def test_a_goal_without_a_number_is_said_not_to_compare(tmp_path: Path) -> None:
    vague = Stated("乙市辍学率明显下降", plans.WASTE, None)
    with open_store(str(tmp_path / "vague.db")) as store:
        store.write(Plan("甲规划", "municipal", (Stated("甲市辍学率3%", plans.WASTE, 3, "%"),)).batch())
        store.write(Plan("乙规划", "municipal", (vague,)).batch())
        [row] = compare(store, CompareQuery(policy=("甲规划", "乙规划"))).items
    assert not row.is_comparable and row.remarks == (Remark.NO_NUMBER,)
    assert cell(row, 1).targets[0].value is None


def test_pages_are_the_whole_list_in_its_order(store: Store) -> None:
    found: list[Comparison] = []
    cursor = None
    while True:
        page = compare(store, BOTH, limit=1, cursor=cursor)
        found += page.items
        assert page.total == 4
        if (cursor := page.next) is None:
            break
    assert found == [row for _, row in iter_compare(store, BOTH)]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (CompareQuery(), RefusedInput),
        (CompareQuery(policy=("没有这个规划",)), NotFound),
        (CompareQuery(policy=("职业教育行动方案",)), AmbiguousName),
        (CompareQuery(region=(CITY,)), NotFound),
        (CompareQuery(policy=(plans.policy_id(CITY),), region=(plans.policy_id(CITY),)), RefusedInput),
        (CompareQuery(policy=(CITY,) * 21), RefusedInput),
        (CompareQuery(policy=(CITY,), min_columns=0), RefusedInput),
    ],
)
def test_what_can_not_be_answered_is_refused(store: Store, query: CompareQuery, error: type[Exception]) -> None:
    with pytest.raises(error):
        compare(store, query)


def test_the_table_has_a_row_for_each_figure(store: Store) -> None:
    head, lines = compare_table(iter_compare(store, BOTH))
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert tuple(head) == COMPARE_COLUMNS and len(found) == 12
    stated = next(row for row in found if row["value_as_stated"] == 1.2)
    assert (stated["value"], stated["unit"], stated["unit_as_stated"]) == (12000, "元/生", "万元")
    assert stated["compared"] == CITY and stated["quote"] == stated["name"]
