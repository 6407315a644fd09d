"""Progress: goals against figures, the share of the way, the path, and every case where there is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import NotFound, RefusedInput
from graph.facts import Node, Value
from graph.open import open_store
from graph.queries.alignment import Remark
from graph.queries.figures import Aim, Figure
from graph.queries.progress import iter_progress, progress
from graph.queries.progress_rows import ProgressCounts, ProgressQuery, ProgressRow
from graph.queries.progress_table import PROGRESS_COLUMNS, progress_table
from graph.queries.way_done import Status, Way, way_done
from graph.store import Step, Store
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, OTHER_CITY, REPORT, YUNZHOU, Plan, Stated, at_least


def figure(value: float | str | None, unit: str = "%", year: int | None = 2025, **more: Value) -> Figure:
    """A goal or a figure of its own."""
    stated = {"name": "占比", "indicator": "占比", "value": value, "unit": unit, "year": year, **more}
    properties: dict[str, Value] = {name: known for name, known in stated.items() if known is not None}
    node = Node("goal:1", properties, (), 0, 1, (), label="Goal")
    return Figure(node, Step("edge:1", "SETS", "policy:1", "goal:1", "Policy", "Goal"))


def short(way: Way) -> tuple[str, float | None, float | None]:
    return str(way.status), way.share, way.expected


FROM_60_IN_2020: dict[str, Any] = {"baseline_value": 60, "baseline_year": 2020, "comparator": ">="}
FALLING: dict[str, Any] = {"baseline_value": 10, "baseline_year": 2020, "comparator": "<="}
FROM_98: dict[str, Any] = {"baseline_value": 98, "baseline_year": 2020}
FROM_20_TO_1: dict[str, Any] = {"baseline_value": "20:1", "baseline_year": 2020}


@pytest.mark.parametrize(
    ("goal", "seen", "expected"),
    [
        (figure(80, **FROM_60_IN_2020), figure(72, year=2022), ("on_the_way", 0.6, 68)),
        (figure(80, **FROM_60_IN_2020), figure(64, year=2022), ("behind", 0.2, 68)),
        (figure(80, **FROM_60_IN_2020), figure(68, year=2022), ("on_the_way", 0.4, 68)),
        (figure(80, **FROM_60_IN_2020), figure(80, year=2022), ("reached", 1, 68)),
        (figure(80, **FROM_60_IN_2020), figure(90, year=2022), ("reached", 1.5, 68)),
        (figure(80, **FROM_60_IN_2020), figure(50, year=2022), ("behind", -0.5, 68)),
        (figure(80, **FROM_60_IN_2020), figure(79, year=2025), ("behind", 0.95, 80)),
        (figure(80, **FROM_60_IN_2020), figure(79, year=2030), ("behind", 0.95, 80)),
        (figure(80, **FROM_60_IN_2020), figure(60, year=2020), ("on_the_way", 0, 60)),
        (figure(5, **FALLING), figure(8, year=2022), ("on_the_way", 0.4, 8)),
        (figure(5, **FALLING), figure(9, year=2022), ("behind", 0.2, 8)),
        (figure(5, **FALLING), figure(4, year=2022), ("reached", 1.2, 8)),
        (figure(80, comparator=">="), figure(60, year=2022), ("on_the_way", 0.75, None)),
        (figure(80, comparator=">="), figure(60, year=2025), ("behind", 0.75, None)),
        (figure(5, comparator="<="), figure(10, year=2022), ("on_the_way", 0.5, None)),
        (figure(5, comparator="<="), figure(4, year=2022), ("reached", 1.25, None)),
        (figure(100, "个", comparator="~"), figure(95, "个", year=2022), ("reached", 0.95, None)),
        (figure(100, "个", comparator="~"), figure(94, "个", year=2022), ("on_the_way", 0.94, None)),
        (figure(2, "所", comparator="range", value_max=3), figure(2, "所", year=2022), ("reached", 1, None)),
        (figure(2, "所", comparator="range", value_max=4), figure(1, "所", year=2022), ("on_the_way", 0.5, None)),
        (figure("2:1", ""), figure(1.5, "倍", year=2022), ("on_the_way", 0.75, None)),
        (figure("16:1", "", **FROM_20_TO_1), figure("18:1", "", 2022), ("on_the_way", 0.5, 18.4)),
        (figure(10, "个"), figure("4-6", "个", 2022), ("on_the_way", 0.4, None)),
        (figure(1, "万人"), figure(5000, "人", year=2022), ("on_the_way", 0.5, None)),
    ],
)  # fmt: skip
def test_the_share_and_the_status_follow_from_the_inputs(
    goal: Figure, seen: Figure, expected: tuple[str, float, float | None]
) -> None:
    assert short(way_done(goal, seen)) == expected


@pytest.mark.parametrize(
    ("goal", "seen", "status", "remark"),
    [
        (figure(80), None, Status.NO_FIGURE, None),
        (figure(80, **FROM_60_IN_2020), figure(70, year=2019), Status.NO_FIGURE, Remark.BEFORE_BASELINE),
        (figure(80), figure(2, "倍"), Status.NOT_COMPARABLE, Remark.UNITS_DIFFER),
        (figure(80), figure("约八成"), Status.NOT_COMPARABLE, Remark.NO_NUMBER),
        (figure(None), figure(80), Status.NOT_COMPARABLE, Remark.NO_NUMBER),
        (figure(80), figure(90, comparator="<="), Status.NOT_COMPARABLE, Remark.ONLY_A_BOUND),
        (figure(5, comparator="<="), figure(3, comparator=">="), Status.NOT_COMPARABLE, Remark.ONLY_A_BOUND),
        (figure(98, **FROM_98), figure(98, year=2022), Status.REACHED, Remark.BASELINE_EQUALS_TARGET),
        (figure(98, **FROM_98), figure(97, year=2022), Status.BEHIND, Remark.BASELINE_EQUALS_TARGET),
        (figure(0, comparator="<="), figure(0, year=2022), Status.REACHED, Remark.DIVIDED_BY_ZERO),
        (figure(0, comparator=">="), figure(3, year=2022), Status.REACHED, Remark.DIVIDED_BY_ZERO),
        (figure(0, comparator="<="), figure(3, year=2022), Status.ON_THE_WAY, Remark.NO_BASELINE),
        (figure(80, year=None), figure(60, year=2022), Status.ON_THE_WAY, Remark.NO_YEAR),
        (figure(80), figure(60, year=None), Status.ON_THE_WAY, Remark.NO_YEAR),
        (figure(80, **FROM_60_IN_2020), figure(62, year=2020), Status.ON_THE_WAY, Remark.BASELINE_DIFFERS),
        (figure(80, "个", **FROM_60_IN_2020), figure(58, "个", year=2020), Status.BEHIND, Remark.BASELINE_DIFFERS),
        (
            figure(80, "个", **FROM_60_IN_2020),
            figure(9, "个", year=2020),
            Status.NOT_COMPARABLE,
            Remark.BASELINE_DIFFERS,
        ),
        (figure(80, "个"), figure(90, "", year=2022), Status.REACHED, Remark.UNIT_MISSING),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said(
    goal: Figure, seen: Figure | None, status: Status, remark: Remark | None
) -> None:
    way = way_done(goal, seen)
    assert way.status is status and (remark in way.remarks if remark else not way.remarks)
    assert way.share is None or remark not in (Remark.DIVIDED_BY_ZERO, Remark.BASELINE_EQUALS_TARGET)


def test_what_is_new_in_one_year_does_not_tell_that_a_goal_of_several_is_missed() -> None:
    goal, few, enough = figure(25, "项"), figure(8, "项", year=2022), figure(30, "项", year=2022)
    assert way_done(goal, few, counts_new=True).status is Status.NOT_COMPARABLE
    assert way_done(goal, enough, counts_new=True).status is Status.REACHED
    assert way_done(figure(95), figure(90, year=2022), counts_new=True).status is Status.ON_THE_WAY


def test_the_aim_is_read_from_comparator_baseline_and_words() -> None:
    assert figure(5, comparator="<=").aim is Aim.DOWN
    assert figure(5, baseline_value=9).aim is Aim.DOWN and figure(5, baseline_value=4).aim is Aim.UP
    assert figure(5, indicator="城镇调查失业率").aim is Aim.DOWN and figure(5, indicator="就业率").aim is Aim.UP
    assert figure(5, indicator="失业率", comparator=">=").aim is Aim.UP


def test_the_formula_has_its_numbers() -> None:
    assert way_done(figure(80, **FROM_60_IN_2020), figure(72, year=2022)).formula == "(72 − 60) ÷ (80 − 60)"
    assert way_done(figure(5, **FALLING), figure(8, year=2022)).formula == "(8 − 10) ÷ (5 − 10)"
    assert way_done(figure(80), figure(60, year=2022)).formula == "60 ÷ 80"
    assert way_done(figure(5, comparator="<="), figure(10, year=2022)).formula == "5 ÷ 10"


values = st.integers(-1000, 1000)
years = st.integers(2015, 2035)
comparators = st.sampled_from([">=", "<=", "=", "~"])


@given(values, values, values, years, comparators)
def test_the_status_agrees_with_the_share(target: int, baseline: int, value: int, year: int, comparator: str) -> None:
    assume(target != baseline and year > 2020)
    goal = figure(target, "个", baseline_value=baseline, baseline_year=2020, comparator=comparator)
    assume((goal.aim is Aim.UP) == (target > baseline))
    way = way_done(goal, figure(value, "个", year=year))
    assert way.share is not None
    if way.status is Status.REACHED:
        assert way.share >= 1 or comparator == "~"
    else:
        on_path = min(year - 2020, 5) / 5
        assert way.share < 1 and (way.status is Status.ON_THE_WAY) == (way.share >= on_path)


@given(values, values, values, years, comparators)
def test_turning_all_numbers_round_changes_nothing(
    target: int, baseline: int, value: int, year: int, comparator: str
) -> None:
    turned = {">=": "<=", "<=": ">="}.get(comparator, comparator)
    assume(comparator != turned or target != baseline)
    one = figure(target, "个", baseline_value=baseline, baseline_year=2020, comparator=comparator)
    other = figure(-target, "个", baseline_value=-baseline, baseline_year=2020, comparator=turned)
    first, second = (way_done(goal, figure(v, "个", year=year)) for goal, v in ((one, value), (other, -value)))
    assert (first.status, first.share, first.remarks) == (second.status, second.share, second.remarks)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("progress") / "plans.db")) as opened:
        for batch in plans.all_batches():
            opened.write(batch)
        yield opened


OF_CITY = ProgressQuery(policy=(CITY,))


def rows(store: Store, query: ProgressQuery = OF_CITY) -> dict[str, list[ProgressRow]]:
    found: dict[str, list[ProgressRow]] = {}
    for row in iter_progress(store, query):
        found.setdefault(row.indicator.name if row.indicator else "", []).append(row)
    return found


def test_a_goal_is_held_against_the_latest_figure_of_its_subject(store: Store) -> None:
    [row] = rows(store)[plans.TEACHERS]
    assert (row.seen, row.seen_year, row.figures) == (66, 2022, 2)
    assert (row.target, row.target_year, row.baseline, row.baseline_year, row.unit) == (75, 2025, 60, 2020, "%")
    assert (row.status, row.share, row.expected) == (Status.ON_THE_WAY, 0.4, 66)
    assert row.report is not None and row.report.name == REPORT
    assert row.subject is not None and row.subject.name == YUNZHOU


def test_another_year_can_be_asked_for(store: Store) -> None:
    [row] = rows(store, ProgressQuery(policy=(CITY,), year=2021))[plans.TEACHERS]
    assert (row.seen, row.status, row.expected) == (61, Status.BEHIND, 63)


def test_every_cell_shows_the_edge_that_leads_to_it(store: Store) -> None:
    [row] = rows(store)[plans.TEACHERS]
    assert row.observation is not None and row.report is not None and row.subject is not None
    hops = [
        (row.goal, "SETS", row.policy.id, row.goal.id),
        (row.observation, "REPORTS", row.report.id, row.observation.id),
        (row.subject, "ABOUT", row.observation.id, row.subject.id),
    ]
    for cell, type_, source, target in hops:
        edge = store.edges([cell.edge or ""])[cell.edge or ""]
        assert (edge.type, edge.source, edge.target) == (type_, source, target)
    assert row.goal.evidence[0].quote == row.goal.name
    assert row.observation.evidence[0].quote == row.observation.name


def test_values_that_differ_for_one_year_are_both_shown(store: Store) -> None:
    found = rows(store)[plans.PUPILS]
    assert sorted(row.seen or 0 for row in found) == [70000, 71000]
    assert all(Remark.REPORTS_DISAGREE in row.remarks for row in found)


def test_a_share_is_not_held_against_a_ratio(store: Store) -> None:
    [row] = rows(store)[plans.RATIO]
    assert row.status is Status.NOT_COMPARABLE and row.remarks == (Remark.UNITS_DIFFER,)
    assert (row.target, row.seen, row.share, row.formula) == (200, 2, None, None)


def test_figures_of_another_place_do_not_count(store: Store) -> None:
    assert {row.status for row in iter_progress(store, ProgressQuery(policy=(OTHER_CITY,)))} == {Status.NO_FIGURE}


def test_a_goal_that_binds_nobody_known_says_so(store: Store) -> None:
    [row] = rows(store, ProgressQuery(policy=(plans.NATION,), indicator=(plans.JOBS,)))[plans.JOBS]
    assert row.status is Status.NO_FIGURE and row.remarks == (Remark.NO_SUBJECT,)


def test_rows_stand_in_the_order_of_the_plan_and_are_counted(store: Store) -> None:
    answer = progress(store, OF_CITY, limit=2)
    assert answer.counts == ProgressCounts(reached=1, on_the_way=3, no_figure=2, not_comparable=1)
    assert [row.indicator.name for row in answer.items if row.indicator] == [plans.TEACHERS, plans.JOBS]
    assert not answer.truncated and answer.total == 7


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (ProgressQuery(), 20),
        (ProgressQuery(region=(YUNZHOU,)), 7),
        (ProgressQuery(issuer=("云州市教育局",)), 7),
        (ProgressQuery(region=(YUNZHOU,), issuer=("青屿市教育局",)), 0),
        (ProgressQuery(policy=(CITY,), statuses=(Status.NO_FIGURE, Status.REACHED)), 3),
        (ProgressQuery(policy=(CITY,), indicator=("规模",)), 2),
        (ProgressQuery(policy=(CITY,), report=(CITY,), statuses=(Status.NO_FIGURE,)), 6),
        (ProgressQuery(policy=(CITY,), report=(REPORT,), statuses=(Status.ON_THE_WAY,)), 3),
    ],
)
def test_a_filter_leaves_the_rows_that_fit(store: Store, query: ProgressQuery, count: int) -> None:
    assert len(list(iter_progress(store, query))) == count


def test_pages_are_the_whole_list_in_its_order(store: Store) -> None:
    found: list[ProgressRow] = []
    cursor = None
    while True:
        page = progress(store, limit=3, cursor=cursor)
        found += page.items
        if (cursor := page.next) is None:
            break
    assert found == list(iter_progress(store))


def test_what_can_not_be_answered_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        progress(store, ProgressQuery(policy=("没有这个规划",)))
    with pytest.raises(RefusedInput):
        progress(store, ProgressQuery(report=("place:990100",)))
    with pytest.raises(RefusedInput):
        progress(store, OF_CITY, cursor=progress(store, limit=1).next)


def test_an_empty_store_has_no_progress(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "empty.db")) as store:
        assert progress(store).items == () and progress(store).counts == ProgressCounts()


def test_the_subject_of_a_policy_without_one_is_its_issuer(tmp_path: Path) -> None:
    goal = at_least(60, "%", plans.TEACHERS, who="甲")
    with open_store(str(tmp_path / "issuer.db")) as store:
        store.write(Plan("甲规划", "institutional", (goal,), issuer="海棠职业技术学院").batch())
        store.write(
            Plan("甲报告", "institutional", figures=(Stated("占比达55%", plans.TEACHERS, 55, "%", 2022),)).batch()
        )
        [row] = iter_progress(store, ProgressQuery(policy=("甲规划",)))
    assert row.status is Status.NO_FIGURE and row.remarks == ()


def test_the_table_has_a_value_for_every_column(store: Store) -> None:
    head, lines = progress_table(iter_progress(store, OF_CITY))
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert tuple(head) == PROGRESS_COLUMNS and len(found) == 7
    assert (found[0]["share_done"], found[0]["formula"]) == (0.4, "(66 − 60) ÷ (75 − 60)")
    assert found[0]["observation_document"] == REPORT
