"""Tables: cells on lines with TABs, rows with bars, and loose cells and rows below a caption."""

from pathlib import Path

import pytest

from loaders.text.model import Structure, Table
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def read(text: str) -> Structure:
    return structure(normalise(text))


def tables(found: Structure) -> list[Table]:
    return [table for section in found.sections for table in section.tables]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def cells(*lines: str) -> str:
    return "\n".join("" if line == "" else f"\t{'' if line == '-' else line}" for line in lines)


def test_cells_on_lines_make_rows_and_groups_are_carried_down() -> None:
    found = read(
        "职业教育主要指标\n"
        + cells(
            "类别", "指标", "2026", "2030", "", "规模", "在校生（万人）", "8.9", "10", "", "-", "学校（所）", "/", "3"
        )
    )
    table = tables(found)[0]
    assert rows(table) == [
        ["类别", "指标", "2026", "2030"],
        ["规模", "在校生（万人）", "8.9", "10"],
        ["规模", "学校（所）", "/", "3"],
    ]
    assert (table.caption, table.header_rows) == ("职业教育主要指标", 1)
    assert table.caption_span is not None
    assert table.caption_span.of(found.text) == table.caption


def test_columns_are_aligned_from_the_right_where_cells_are_merged() -> None:
    text = cells(
        "维度", "指标", "单位", "2030年", "", "条件", "面积", "占地", "亩", "1350", "", "-", "-", "建筑", "平方米", "50"
    )
    text += "\n\n" + cells("-", "图书", "万册", "176", "", "师资", "-", "博士", "%", "8")
    assert rows(tables(read(text))[0]) == [
        ["维度", "指标", "指标", "单位", "2030年"],
        ["条件", "面积", "占地", "亩", "1350"],
        ["条件", "面积", "建筑", "平方米", "50"],
        ["条件", "", "图书", "万册", "176"],
        ["师资", "", "博士", "%", "8"],
    ]


def test_a_group_alone_in_a_row_belongs_to_the_rows_below_it() -> None:
    text = cells("维度", "指标", "2030", "", "师资", "", "师生比", "1:18", "", "-", "博士占比", "8%")
    assert rows(tables(read(text))[0])[1:] == [["师资", "师生比", "1:18"], ["师资", "博士占比", "8%"]]


def test_a_header_of_two_rows_spans_its_columns() -> None:
    text = cells(
        "指标", "2025年基数", "新增目标", "备注", "", "2026", "2027", "2028", "", "教材", "3", "1", "2", "4", "甲"
    )
    table = tables(read(text))[0]
    assert table.header_rows == 2
    assert rows(table)[:2] == [
        ["指标", "2025年基数", "新增目标", "新增目标", "新增目标", "备注"],
        ["指标", "2025年基数", "2026", "2027", "2028", "备注"],
    ]


def test_a_line_without_tab_goes_on_with_its_cell() -> None:
    found = read("\t指标\n\t2030年 \n目标\n\n\t学校\n\t12")
    table = tables(found)[0]
    assert rows(table) == [["指标", "2030年目标"], ["学校", "12"]]
    assert all(cell.span is not None and cell.span.of(found.text) == cell.text for row in table.rows for cell in row)


def test_rows_with_several_tabs_and_rows_with_bars_are_tables() -> None:
    assert rows(tables(read("\t指标\t2030年\n\t学校\t12\n\t教师\t90"))[0]) == [
        ["指标", "2030年"],
        ["学校", "12"],
        ["教师", "90"],
    ]
    found = read("| 指标 | 2030年 |\n|---|:---:|\n| 学校 | 12 |\n\n正文一段。")
    assert rows(tables(found)[0]) == [["指标", "2030年"], ["学校", "12"]]
    assert found.sections[0].paragraphs[0].span.of(found.text) == "正文一段。"


def test_loose_cells_with_serial_numbers_make_rows_of_one_length() -> None:
    lines = ["表1 建设指标", "序号", "类别", "主要指标", "2025年", "2030年", "指标", "属性"]
    lines += ["1", "综合", "治理", "达标率（%）", "80", "95", "约束性", "2", "", "", "处置率（%）", "——", "2", "预期性"]
    lines += ["3", "数字", "覆盖率（%）", "46", "重点县≥30", "一般县≥15", "预期性", "注：1. 达标率按年末计算。"]
    assert rows(tables(read("\n\n".join(lines)))[0]) == [
        ["序号", "类别", "主要指标", "2025年", "2030年", "指标属性"],
        ["1", "综合治理", "达标率（%）", "80", "95", "约束性"],
        ["2", "综合治理", "处置率（%）", "——", "2", "预期性"],
        ["3", "数字", "覆盖率（%）", "46", "重点县≥30 一般县≥15", "预期性"],
    ]


def test_loose_cells_without_serial_numbers_are_told_by_where_values_end() -> None:
    lines = ["表5 设计重现期（年）", "城镇", "中心城区", "其他城区", "大城市", "2～5", "2～3", "小城市", "2～3", "1～2"]
    assert rows(tables(read("\n\n".join(lines)))[0]) == [
        ["城镇", "中心城区", "其他城区"],
        ["大城市", "2～5", "2～3"],
        ["小城市", "2～3", "1～2"],
    ]


def test_loose_cells_below_a_header_with_years_may_lack_their_group() -> None:
    lines = ["表1 主要指标", "类别", "指标", "单位", "2020年", "2025年", "属性"]
    lines += ["防控", "护林员", "人", "310", "≥400", "预期性", "发现率", "%", "—", "95", "约束性"]
    lines += ["产业", "林业总产值", "亿元", "62", "80", "预期性"]
    found = read("一、目标\n" + "\n".join(lines) + "\n二、任务\n落实到位。\n")
    (table,) = tables(found)
    assert rows(table)[1:] == [
        ["防控", "护林员", "人", "310", "≥400", "预期性"],
        ["防控", "发现率", "%", "—", "95", "约束性"],
        ["产业", "林业总产值", "亿元", "62", "80", "预期性"],
    ]


def test_loose_cells_with_a_group_before_the_serial_number_are_rows() -> None:
    lines = ["表1 主要指标", "类别", "序号", "指标", "2020年现状值", "2025年目标值", "属性"]
    lines += [
        "治理",
        "1",
        "优良天数比率（%）",
        "86.3",
        "88左右",
        "预期性",
        "2",
        "劣质断面比例（%）",
        "0",
        "0",
        "约束性",
    ]
    lines += ["气候", "3", "排放降低（%）", "—", "[19.5]", "约束性"]
    (table,) = tables(read("一、目标\n" + "\n\n".join(lines) + "\n\n二、任务\n落实到位。\n"))
    assert rows(table)[1:] == [
        ["治理", "1", "优良天数比率（%）", "86.3", "88左右", "预期性"],
        ["治理", "2", "劣质断面比例（%）", "0", "0", "约束性"],
        ["气候", "3", "排放降低（%）", "—", "[19.5]", "约束性"],
    ]


def test_loose_lines_below_years_that_have_no_values_stay_paragraphs() -> None:
    lines = ["表1 主要活动", "类别", "名称", "2020年", "2025年", "植树节", "春季举办", "爱鸟周", "秋季举办"]
    assert tables(read("一、活动\n" + "\n".join(lines) + "\n")) == []


def test_loose_cells_that_fit_no_rows_stay_paragraphs() -> None:
    found = read(
        "\n\n".join(["表6 积水标准", "城镇", "重现期", "标准", "大城市", "100", "底层不进水；", "小城市", "20"])
    )
    assert tables(found) == []
    assert len(found.sections[0].paragraphs) == 9


def test_loose_rows_are_tables_and_a_broken_row_parts_them() -> None:
    found = read(
        "表5-1 服务项目\n序号 项目 单位名称\n收入（万元）\n1 监理服务 海棠咨询有限公司 10.1\n"
        "2 阀门研发 星渊装备有限公司 12\n江北省轴承智能产线\n改造 云州轴承有限公司\n4 工艺优化 云州制笔有限公司 8"
    )
    header = ["序号", "项目", "单位名称", "收入（万元）"]
    assert [rows(table) for table in tables(found)] == [
        [header, ["1", "监理服务", "海棠咨询有限公司", "10.1"], ["2", "阀门研发", "星渊装备有限公司", "12"]],
        [header, ["4", "工艺优化", "云州制笔有限公司", "8"]],
    ]
    assert [p.span.of(found.text) for p in found.sections[0].paragraphs][1:] == [
        "江北省轴承智能产线",
        "改造 云州轴承有限公司",
    ]


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    found = read("表2 毕业生\n专业 人数 占比\n会计 500 96%\n专业 人数 占比\n焊接 120 91%")
    assert sorted(row[0] for table in tables(found) for row in rows(table)[1:]) == ["会计", "焊接"]


EXAMPLES = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the corpus is not part of the project")
@pytest.mark.parametrize(("name", "shape"), [("tz-plan", (22, 5)), ("wzpt-plan", (49, 7))])
def test_indicator_tables_of_the_corpus_are_whole(name: str, shape: tuple[int, int]) -> None:
    found = tables(read((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")))
    assert [(len(table.rows), len(table.rows[0])) for table in found] == [shape]


def test_a_group_stands_at_its_first_row_only_and_names_may_be_numbered() -> None:
    text = (
        "表1 主要指标\n"
        "类别 指标 2020年现状值 2025年目标值 属性\n"
        "林地保护 1.林木覆盖率（%） 41.2 45.5 约束性\n"
        "2.林木蓄积量（万立方米） — 120 约束性\n"
        "3.湿地保护率（%） 50.1 ≥55 预期性\n"
        "4.红线占比（%） 15.6 不降低 约束性\n"
        "林业产业 5.林业总产值（亿元） 80 120 预期性\n"
    )
    (table,) = tables(read(text))
    assert rows(table)[1:] == [
        ["林地保护", "1.林木覆盖率（%）", "41.2", "45.5", "约束性"],
        ["林地保护", "2.林木蓄积量（万立方米）", "—", "120", "约束性"],
        ["林地保护", "3.湿地保护率（%）", "50.1", "≥55", "预期性"],
        ["林地保护", "4.红线占比（%）", "15.6", "不降低", "约束性"],
        ["林业产业", "5.林业总产值（亿元）", "80", "120", "预期性"],
    ]


def test_a_numbered_task_with_figures_is_no_row() -> None:
    table = "表1 主要指标\n指标 2020年 2025年\n林木覆盖率（%） 41 45\n林业产值（亿元） 80 120\n"
    found = read(table + "3. 建设 5 个 林业基地\n后文。")
    assert "3.建设5个" in found.text
    assert len(rows(tables(found)[0])) == 3


def test_cells_without_blank_lines_make_the_rows_that_their_columns_tell() -> None:
    found = read(
        "表1 主要指标\n"
        + "\n".join(
            f"\t{cell}"
            for row in (
                ("类别", "指标", "2020年", "2025年", "属性"),
                ("林地", "林木覆盖率（%）", "41", "45", "约束性"),
                ("", "林道里程（公里）", "—", "≥20", "预期性"),
                ("产业", "林业产值（亿元）", "80", "120", "预期性"),
            )
            for cell in row
        )
        + "\n\n后文。"
    )
    assert rows(tables(found)[0])[1:] == [
        ["林地", "林木覆盖率（%）", "41", "45", "约束性"],
        ["林地", "林道里程（公里）", "—", "≥20", "预期性"],
        ["产业", "林业产值（亿元）", "80", "120", "预期性"],
    ]
