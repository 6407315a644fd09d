"""The cascade: policies above and below, goals that align, and those that do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import AmbiguousName, NotFound, RefusedInput
from graph.open import open_store
from graph.queries.alignment import Remark, ValueAxis, YearAxis
from graph.queries.cascade import cascade, iter_cascade
from graph.queries.cascade_rows import Alignment, CascadeCounts, CascadeQuery, Finding, Place
from graph.queries.cascade_table import CASCADE_COLUMNS, cascade_table
from graph.store import Store
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, NATION, OTHER_CITY, PROVINCE, UNLOADED, Plan, at_least, notice


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("cascade") / "plans.db")) as opened:
        for batch in plans.all_batches():
            opened.write(batch)
        yield opened


def ask(store: Store, policy: str, *findings: Finding) -> list[Alignment]:
    return list(iter_cascade(store, CascadeQuery(policy, findings=findings)))


def pairs(rows: list[Alignment]) -> set[tuple[str | None, str | None, str | None]]:
    return {
        (
            row.indicator.name if row.indicator else None,
            row.policy.name if row.policy else None,
            row.policy_above.name if row.policy_above else None,
        )
        for row in rows
    }


def ids(row: Alignment) -> tuple[str, str | None, str | None]:
    return str(row.finding), row.goal.id if row.goal else None, row.goal_above.id if row.goal_above else None


def test_policies_stand_above_and_below_at_their_levels(store: Store) -> None:
    answer = cascade(store, CascadeQuery(PROVINCE))
    assert answer.policy.name == PROVINCE and answer.level == "provincial" and not answer.truncated
    assert {(step.place, step.policy.name, step.level, step.distance, step.is_loaded) for step in answer.steps} == {
        (Place.ABOVE, NATION, "national", 1, True),
        (Place.ABOVE, UNLOADED, None, 1, False),
        (Place.BELOW, CITY, "municipal", 1, True),
        (Place.BELOW, OTHER_CITY, "municipal", 1, True),
    }
    steps = cascade(store, CascadeQuery(CITY)).steps
    assert {(step.place, step.policy.name, step.distance) for step in steps} == {
        (Place.ABOVE, PROVINCE, 1),
        (Place.ABOVE, NATION, 2),
        (Place.ABOVE, UNLOADED, 2),
        (Place.CITED, plans.MENTIONED, 1),
    }


def test_every_step_and_goal_shows_the_edge_that_leads_to_it(store: Store) -> None:
    answer = cascade(store, CascadeQuery(CITY), limit=100)
    ids = {answer.policy.id: answer.policy.name} | {step.policy.id: step.policy.name for step in answer.steps}
    for step in answer.steps:
        edge = store.edges([step.policy.edge or ""])[step.policy.edge or ""]
        assert edge.type == step.relation and {edge.source, edge.target} == {step.policy.id, step.by}
        assert step.policy.evidence[0].quote == ids[edge.target]
    for row in answer.items:
        for policy, goal in ((row.policy, row.goal), (row.policy_above, row.goal_above)):
            if policy and goal:
                edge = store.edges([goal.edge or ""])[goal.edge or ""]
                assert (edge.type, edge.source, edge.target) == ("SETS", policy.id, goal.id)
                assert goal.evidence[0].quote == goal.name


@pytest.mark.parametrize(
    ("indicator", "above", "value", "year", "share", "remarks"),
    [
        (plans.TEACHERS, PROVINCE, ValueAxis.TIGHTER, YearAxis.LATER, None, ()),
        (plans.TEACHERS, NATION, ValueAxis.TIGHTER, YearAxis.SAME, None, ()),
        (plans.JOBS, PROVINCE, ValueAxis.LOOSER, YearAxis.LATER, None, ()),
        (plans.PUPILS, PROVINCE, ValueAxis.NOT_COMPARABLE, YearAxis.SAME, 0.16, (Remark.AMOUNTS,)),
        (plans.PUPILS, NATION, ValueAxis.NOT_COMPARABLE, YearAxis.SAME, 0.008, (Remark.AMOUNTS,)),
        (plans.RATIO, NATION, ValueAxis.NOT_COMPARABLE, YearAxis.SAME, None, (Remark.UNITS_DIFFER,)),
    ],
)
def test_goals_align_by_value_and_by_year(
    store: Store,
    indicator: str,
    above: str,
    value: ValueAxis,
    year: YearAxis,
    share: float | None,
    remarks: tuple[Remark, ...],
) -> None:
    rows = [
        row
        for row in ask(store, CITY, Finding.ALIGNED)
        if row.indicator and row.indicator.name == indicator and row.policy_above and row.policy_above.name == above
    ]
    assert [(row.value, row.year, row.share, row.remarks) for row in rows] == [(value, year, share, remarks)]


def test_of_goals_above_the_one_of_the_nearest_year_is_held_against(store: Store) -> None:
    rows = ask(store, PROVINCE, Finding.ALIGNED)
    below = [row for row in rows if row.policy and row.policy.name == OTHER_CITY]
    assert {(row.goal.name, row.year) for row in below if row.goal} == {
        ("该市双师型教师占比到2025年不低于80%", YearAxis.LATER),
        ("该市在校生规模到2025年不低于6万人", YearAxis.SAME),
        ("该市在校生规模到2027年不低于7万人", YearAxis.LATER),
    }


def test_goals_above_that_nobody_took_up_are_told(store: Store) -> None:
    assert pairs(ask(store, PROVINCE, Finding.NOT_TAKEN_UP)) == {
        (plans.WASTE, None, NATION),
        (plans.RATIO, None, NATION),
    }
    assert pairs(ask(store, NATION, Finding.NOT_TAKEN_UP)) == {(plans.WASTE, None, NATION)}


def test_goals_without_a_goal_above_are_new_where_policies_above_set_goals(store: Store) -> None:
    rows = ask(store, PROVINCE, Finding.NEW, Finding.WITHOUT_PARENT)
    assert pairs(rows) == {
        (plans.COMPANIES, CITY, None),
        (plans.SPENDING, CITY, None),
        (plans.SPENDING, OTHER_CITY, None),
    }
    assert {row.finding for row in rows} == {Finding.NEW}
    assert {row.finding for row in ask(store, NATION, Finding.WITHOUT_PARENT)} == {Finding.WITHOUT_PARENT}


def test_every_goal_of_the_policy_is_aligned_or_has_nothing_above_it(store: Store) -> None:
    rows = ask(store, CITY)
    own = [row for row in rows if row.policy and row.policy.name == CITY]
    aligned = {row.goal.id for row in own if row.finding is Finding.ALIGNED and row.goal}
    others = {row.goal.id for row in own if row.finding is not Finding.ALIGNED and row.goal}
    assert not aligned & others and len(aligned | others) == 6


def test_counts_are_those_of_the_whole_answer(store: Store) -> None:
    answer = cascade(store, CascadeQuery(CITY), limit=1)
    assert answer.counts == CascadeCounts(aligned=7, not_taken_up=1, new=2, above=3, cited=1)
    assert answer.total == 10 and len(answer.items) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (CascadeQuery(CITY, values=(ValueAxis.TIGHTER,)), 2),
        (CascadeQuery(CITY, years=(YearAxis.LATER,)), 3),
        (CascadeQuery(CITY, indicator=("规模",)), 2),
        (CascadeQuery(CITY, indicator=("规模", "双师型"), findings=(Finding.ALIGNED,)), 4),
        (CascadeQuery(CITY, depth=1, findings=(Finding.ALIGNED,)), 3),
    ],
)
def test_a_filter_leaves_the_rows_that_fit(store: Store, query: CascadeQuery, count: int) -> None:
    rows = list(iter_cascade(store, query))
    assert len(rows) == count
    assert count == 3 or all(row in ask(store, CITY) for row in rows)


def test_pages_are_the_whole_list_in_its_order(store: Store) -> None:
    rows: list[Alignment] = []
    cursor = None
    while True:
        page = cascade(store, CascadeQuery(CITY), limit=2, cursor=cursor)
        rows += page.items
        if (cursor := page.next) is None:
            break
    assert rows == ask(store, CITY)


def test_a_cursor_goes_on_behind_its_row_when_the_store_has_changed(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "plans.db")) as store:
        for batch in (plans.nation(), plans.province(), plans.city()):
            store.write(batch)
        before = [ids(row) for row in ask(store, PROVINCE)]
        first = cascade(store, CascadeQuery(PROVINCE), limit=3)
        store.write(plans.other_city())
        second = cascade(store, CascadeQuery(PROVINCE), limit=100, cursor=first.next)
        after = {ids(row) for row in ask(store, PROVINCE)}
    seen = [ids(row) for row in (*first.items, *second.items)]
    kept = [row for row in before if row in after]
    assert len(kept) > 6 and len(set(seen)) == len(seen)
    assert [row for row in seen if row in kept] == kept


def test_a_cap_is_said(store: Store) -> None:
    answer = cascade(store, CascadeQuery(PROVINCE, policies=1))
    assert answer.truncated and answer.counts.below == 1
    alone = [row for row in answer.items if row.finding is not Finding.ALIGNED]
    assert alone and all(row.remarks == (Remark.NOT_ALL_SEEN,) for row in alone)
    assert cascade(store, CascadeQuery(CITY, depth=1)).truncated


def test_a_circle_of_references_comes_to_an_end(tmp_path: Path) -> None:
    goal = at_least(60, "%", plans.TEACHERS, who="甲")
    with open_store(str(tmp_path / "circle.db")) as store:
        store.write(Plan("甲规划", "municipal", (goal,), based_on=("乙规划",)).batch())
        store.write(Plan("乙规划", "municipal", based_on=("甲规划",)).batch())
        answer = cascade(store, CascadeQuery("甲规划"))
    assert [(step.place, step.policy.name) for step in answer.steps] == [(Place.ABOVE, "乙规划")]


def test_a_notice_and_what_it_prints_count_as_one(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "notice.db")) as store:
        store.write(plans.nation())
        writer = Plan("江北省通知", "provincial", based_on=(NATION,)).batch()
        store.write(writer)
        store.write(notice("印发江北省规划的通知", "江北省规划", based_on="江北省通知"))
        steps = cascade(store, CascadeQuery("江北省规划")).steps
    assert [(step.place, step.policy.name, step.distance, step.relation) for step in steps] == [
        (Place.WITH, "印发江北省规划的通知", 0, "ISSUES"),
        (Place.ABOVE, "江北省通知", 1, "BASED_ON"),
        (Place.ABOVE, NATION, 2, "BASED_ON"),
    ]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (CascadeQuery("没有这个规划"), NotFound),
        (CascadeQuery("职业教育行动方案"), AmbiguousName),
        (CascadeQuery("place:990100"), RefusedInput),
        (CascadeQuery(CITY, depth=0), RefusedInput),
        (CascadeQuery(CITY, depth=99), RefusedInput),
        (CascadeQuery(CITY, policies=-1), RefusedInput),
    ],
)
def test_what_can_not_be_answered_is_refused(store: Store, query: CascadeQuery, error: type[Exception]) -> None:
    with pytest.raises(error):
        cascade(store, query)


def test_a_cursor_of_another_question_is_refused(store: Store) -> None:
    cursor = cascade(store, CascadeQuery(CITY), limit=1).next
    with pytest.raises(RefusedInput, match="another question"):
        cascade(store, CascadeQuery(PROVINCE), cursor=cursor)


def test_the_table_has_a_value_for_every_column(store: Store) -> None:
    head, lines = cascade_table(ask(store, CITY))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert tuple(head) == CASCADE_COLUMNS and len(rows) == 10
    first = next(row for row in rows if row["indicator"] == plans.PUPILS)
    assert (first["value"], first["unit"], first["value_above"], first["unit_above"]) == (80000, "人", 1000, "万人")
    assert first["remarks"] == "amounts are neither tighter nor looser" and first["goal_quote"] == first["goal"]
