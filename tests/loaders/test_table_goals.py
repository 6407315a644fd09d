"""Goals in tables: columns by their heads and the policy's period, rows with units, baselines and what binds."""

from collections.abc import Sequence

from loaders.extract.records import GoalRecord
from loaders.extract.table_goals import table_goals
from loaders.extract.target_gate import Frame
from loaders.text.model import Cell, Span, Table

PERIOD = Frame(first=2021, last=2025)


def table(*rows: Sequence[str], header_rows: int = 1, caption: str = "") -> Table:
    at, made = 0, []
    for row in rows:
        cells = []
        for text in row:
            cells.append(Cell(text, Span(at, at + len(text)) if text else None))
            at += len(text) + 1
        made.append(tuple(cells))
    return Table(Span(0, at), tuple(made), header_rows, caption, Span(at, at + len(caption)) if caption else None)


def read(made: Table) -> list[GoalRecord]:
    return table_goals(made, section=0, frame=PERIOD)


def brief(record: GoalRecord) -> tuple[str, str, float | str, str, int | None]:
    return record.indicator, record.comparator, record.value, record.unit, record.year


def test_each_target_year_gives_a_goal_with_the_baseline() -> None:
    records = read(table(["指标", "2020", "2023", "2025"], ["林业职工规模（万人）", "8.87", "9.4", "10.00"]))
    assert [brief(record) for record in records] == [
        ("林业职工规模", "=", 9.4, "万人", 2023),
        ("林业职工规模", "=", 10, "万人", 2025),
    ]
    assert {(record.baseline_value, record.baseline_year) for record in records} == {(8.87, 2020)}
    assert all(record.source == "table" for record in records)


def test_evidence_is_the_value_cell_and_the_context_what_completes_it() -> None:
    made = table(["指标", "单位", "2020年", "2025年"], ["森林覆盖率", "%", "61", "63"])
    (record,) = read(made)
    assert record.evidence == made.rows[1][3].span
    shown = {
        made.rows[1][0].span,
        made.rows[1][1].span,
        made.rows[1][2].span,
        made.rows[0][3].span,
        made.rows[0][2].span,
    }
    assert set(record.context) == shown
    assert record.inferred == ()


def test_a_slash_or_dash_is_no_value() -> None:
    records = read(table(["指标", "2020年", "2025年"], ["省级林场（家）", "/", "6"], ["国家林场（家）", "0", "——"]))
    assert [(record.indicator, record.baseline_value) for record in records] == [("省级林场", None)]


def test_ratios_stay_text_without_unit() -> None:
    (record,) = read(table(["指标", "单位", "2020年", "2025年"], ["生师比", "-", "1：20", "1：18"]))
    assert (record.value, record.unit, record.baseline_value) == ("1:18", "", "1:20")


def test_comparators_brackets_and_signs_of_a_cell_are_read() -> None:
    rows = [
        ["甲林道（公里）", ">60"],
        ["乙林道（公里）", "60以上"],
        ["丙林道（公里）", "[500]"],
        ["丁林道（公里）", "40左右"],
        ["戊占比", "1%"],
    ]
    records = read(table(["指标", "2025年目标"], *rows))
    assert [(record.comparator, record.value, record.unit) for record in records] == [
        (">=", 60, "公里"),
        (">=", 60, "公里"),
        ("=", 500, "公里"),
        ("~", 40, "公里"),
        ("=", 1, "%"),
    ]


def test_what_binds_is_read_from_its_column_or_the_caption() -> None:
    records = read(
        table(["指标", "2025年", "属性"], ["蓄积量（万立方米）", "50", "约束性"], ["产值（亿元）", "9", "预期性"])
    )
    assert [record.binding for record in records] == ["约束性", "预期性"]
    (record,) = read(table(["指标", "2025年"], ["产值（亿元）", "9"], caption="主要预期指标"))
    assert record.binding == "预期性"


def test_a_group_completes_a_name_that_says_nothing_alone() -> None:
    made = table(
        ["类别", "指标", "单位", "2020年", "2025年"],
        ["名师", "国家级", "名", "1", "2"],
        ["名师", "省级", "名", "3", "5"],
        ["平台", "科研驿站", "个", "3", "5"],
    )
    assert [record.indicator for record in read(made)] == ["国家级名师", "省级名师", "科研驿站"]


def test_a_target_column_without_year_is_for_the_end_of_the_period() -> None:
    (record,) = read(table(["序号", "指标", "单位", "现状", "规划目标"], ["1", "林道", "公里", "20", "45"]))
    assert (record.year, record.baseline_value, record.baseline_year) == (2025, 20, 2020)
    assert set(record.inferred) == {"year", "baseline_year"}


def test_two_header_rows_are_read_together() -> None:
    made = table(
        ["指标", "单位", "规划建设目标", "规划建设目标"],
        ["指标", "单位", "2023年", "2025年"],
        ["林道", "公里", "20", "45"],
        header_rows=2,
    )
    assert [(record.year, record.value) for record in read(made)] == [(2023, 20), (2025, 45)]


def test_labelled_values_of_one_cell_are_goals_of_their_own() -> None:
    (first, second) = read(table(["指标", "2025年"], ["监测率（%）", "山区县≥30\n平原县≥15"]))
    assert brief(first) == ("监测率（山区县）", ">=", 30, "%", 2025)
    assert brief(second) == ("监测率（平原县）", ">=", 15, "%", 2025)


def test_a_table_of_what_was_planned_before_and_reached_is_none_of_targets() -> None:
    made = table(
        ["项目", "单位", "“十三五”规划目标", "“十三五”完成情况", "完成率"], ["林道", "公里", "20", "45", "225%"]
    )
    assert read(made) == []


def test_a_table_of_names_gives_no_goals() -> None:
    assert read(table(["序号", "单位名称", "负责人"], ["1", "海棠林场", "某甲"])) == []
    assert read(Table(Span(0, 0), ())) == []
