"""Sections of a document: headings, levels, titles, blocks."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.text.model import Structure
from loaders.text.normalise import normalise
from loaders.text.structure import structure

PROSE = "坚持问题导向，完善工作机制，推动各项任务落地见效，到2030年建成示范基地12个。"


def read(*lines: str) -> Structure:
    return structure(normalise("\n".join(lines)))


def outline(found: Structure) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in found.sections if s.heading is not None]


def titles(found: Structure) -> list[str]:
    return [span.of(found.text) for span in found.titles]


def test_levels_follow_the_order_in_which_kinds_appear() -> None:
    found = read(
        "一、总体要求", "（一）指导思想", PROSE, "二、任务", "（二）扩大规模", "1.新建校区", PROSE, "（1）选址", PROSE
    )
    assert outline(found) == [
        (1, "一、", "总体要求"),
        (2, "（一）", "指导思想"),
        (1, "二、", "任务"),
        (2, "（二）", "扩大规模"),
        (3, "1.", "新建校区"),
        (4, "（1）", "选址"),
    ]
    assert found.path(found.sections[-1]) == ("任务", "扩大规模", "新建校区", "选址")


def test_chapters_sections_and_decimal_numbers_are_headings() -> None:
    assert outline(read("第一章　总　　则", "第一节 目的", PROSE, "第二章 任务", PROSE)) == [
        (1, "第一章", "总则"),
        (2, "第一节", "目的"),
        (1, "第二章", "任务"),
    ]
    assert outline(read("1 基础", "1.1 成绩", PROSE, "2 任务", "2.1 扩容", "2.1.1 校区", PROSE)) == [
        (1, "1", "基础"),
        (2, "1.1", "成绩"),
        (1, "2", "任务"),
        (2, "2.1", "扩容"),
        (3, "2.1.1", "校区"),
    ]


def test_projects_counted_in_words_are_headings_of_their_own() -> None:
    found = read(
        "一、任务",
        PROSE,
        "专栏 重点建设项目",
        f"项目一：智慧校园项目。{PROSE}",
        f"项目二：实训楼项目。{PROSE}",
        f"项目建设：{PROSE}",
    )
    assert [section.title for section in found.sections if section.heading is not None] == [
        "任务",
        "重点建设项目",
        "智慧校园项目",
        "实训楼项目",
    ]


def test_markdown_headings_keep_the_number_in_their_title_line() -> None:
    found = read("# 云州市职业教育规划", PROSE, "## 一、总体要求", PROSE, "### （一）目标", PROSE, "## 二、任务", PROSE)
    assert titles(found) == ["云州市职业教育规划"]
    assert outline(found) == [(1, "一、", "总体要求"), (2, "（一）", "目标"), (1, "二、", "任务")]


def test_a_run_in_heading_ends_at_its_stop_and_its_body_is_the_first_paragraph() -> None:
    found = read("一、任务", f"（一）扩大规模。{PROSE}", PROSE)
    section = found.sections[-1]
    assert section.heading is not None
    assert section.heading.of(found.text) == "（一）扩大规模"
    assert [paragraph.span.of(found.text) for paragraph in section.paragraphs] == [PROSE, PROSE]


def test_an_arabic_number_goes_on_with_a_han_numbering() -> None:
    found = read(
        "一、基础",
        "（一）成绩",
        PROSE,
        "（2） 问题",
        PROSE,
        "二、目标",
        PROSE,
        "3、 任务",
        "（一）扩容",
        PROSE,
        "4、 保障",
    )
    assert [level for level, _, _ in outline(found)] == [1, 2, 2, 1, 1, 2, 1]


def test_a_numbering_that_runs_on_across_sections_stays_below_them() -> None:
    found = read(
        "二、任务", "（一）扩容", f"1.建校区。{PROSE}", f"2.建基地。{PROSE}", "（二）提质", f"3.建专业。{PROSE}"
    )
    assert outline(found)[-1] == (3, "3.", "建专业")


def test_a_box_is_below_the_heading_before_it_and_numbering_starts_anew_inside() -> None:
    found = read(
        "一、任务",
        "（一）扩容",
        PROSE,
        "专栏1  扩容工程",
        f"1. 新建。{PROSE}",
        f"2. 改建。{PROSE}",
        "（二）提质",
        PROSE,
    )
    assert outline(found)[2:] == [(3, "专栏1", "扩容工程"), (4, "1.", "新建"), (4, "2.", "改建"), (2, "（二）", "提质")]


def test_a_box_that_comes_as_a_table_of_one_cell_is_a_section() -> None:
    found = read("1.扩容", PROSE, "", "\t专栏1  扩容工程", "", PROSE, "", "2.提质", PROSE)
    assert outline(found) == [(1, "1.", "扩容"), (2, "专栏1", "扩容工程"), (1, "2.", "提质")]


def test_a_numbering_interrupted_by_a_shorter_one_goes_on() -> None:
    case = ["案例1 共建共享的海棠经验", PROSE, "一、做法", PROSE, "二、成效", PROSE]
    found = read("一、甲", PROSE, "二、乙", PROSE, "三、丙", "（一）戊", *case, "四、丁", PROSE)
    assert outline(found)[-3:] == [(4, "一、", "做法"), (4, "二、", "成效"), (1, "四、", "丁")]
    found = read("一、甲", PROSE, "二、乙", PROSE, "三、丙", "1.戊", "一、做法", "二、成效", "四、丁", PROSE)
    assert outline(found)[-3:] == [(3, "一、", "做法"), (3, "二、", "成效"), (1, "四、", "丁")]


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的情形除外的，由市教育局负责解释。",
        "3.5万人参加了培训。",
        "一、二产业占比进一步下降，三产占比上升。",
        "2030年建成示范基地12个。",
        "（2024年4月26日通过）",
        "1.推动产业园区与学校共建共享各类实训平台并支持企业参与办学全过程而且还要完善经费投入机制和督导评价机制以提升服务能力。",
    ],
)
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert outline(read("一、任务", PROSE, line, PROSE)) == [(1, "一、", "任务")]


def test_items_of_a_list_are_paragraphs() -> None:
    found = read(
        "一、权利",
        "市场主体享有下列权利：",
        "（一）自主经营；",
        "（二）平等竞争；",
        "（三）法律规定的其他权利。",
        "二、义务",
        PROSE,
    )
    assert [title for _, _, title in outline(found)] == ["权利", "义务"]
    assert len(found.sections[1].paragraphs) == 4


def test_a_table_of_contents_gives_no_headings() -> None:
    contents = ["目　录", "第一章 总体要求......1", "第二章 主要任务......5"]
    found = read("云州市林业规划", *contents, "第一章 总体要求", PROSE, "第二章 主要任务", PROSE)
    assert [title for _, _, title in outline(found)] == ["总体要求", "主要任务"]
    bare = read(
        "江北省职业教育条例",
        "目　　录",
        "第一章　总　　则",
        "第二章　办学",
        "第一章　总　　则",
        PROSE,
        "第二章　办学",
        PROSE,
    )
    assert [title for _, _, title in outline(bare)] == ["总则", "办学"]


def test_notes_below_a_table_are_no_headings() -> None:
    found = read("一、指标", "注：1. 本表单位为万元。", "2. 达标率按年末计算。", "3. 覆盖率含新建。", "二、任务", PROSE)
    assert [title for _, _, title in outline(found)] == ["指标", "任务"]


def test_articles_without_titles_are_sections_with_a_number() -> None:
    found = read(
        "第一章　总则",
        f"第一条　{PROSE}",
        "第二条　【适用范围】本条例适用于本市。",
        "第三条　经营者享有下列权利：",
        "（一）自主；",
    )
    assert outline(found)[1:] == [(2, "第一条", ""), (2, "第二条", "适用范围"), (2, "第三条", "")]
    assert found.sections[2].paragraphs[0].span.of(found.text) == PROSE


def test_conventional_headings_need_no_number_and_a_preface_has_none_below_it() -> None:
    found = read("前言", PROSE, "一、基础", PROSE, "二、任务", PROSE)
    assert [(level, title) for level, _, title in outline(found)] == [(1, "前言"), (1, "基础"), (1, "任务")]


def test_titles_at_the_head_are_those_of_notice_and_plan() -> None:
    found = read(
        "云州市教育局关于印发《云州市职业教育",
        "“十五五”发展规划》的通知",
        "各县（市、区）教育局：",
        "现将《云州市职业教育“十五五”发展规划》印发给你们，请认真执行。",
        "云州市教育局",
        "2026年5月25日",
        "云州市职业教育“十五五”发展规划",
        PROSE,
        "一、任务",
        PROSE,
    )
    assert titles(found) == [
        "云州市教育局关于印发《云州市职业教育“十五五”发展规划》的通知",
        "云州市职业教育“十五五”发展规划",
    ]
    assert found.sections[0].level == 0


def test_each_of_several_policies_in_a_file_begins_with_a_section_of_level_0() -> None:
    plan = ["一、任务", f"（一）减负。{PROSE}", "二、保障", PROSE]
    found = read("云州市营商环境方案", PROSE, *plan, "海棠市营商环境方案", PROSE, *plan)
    assert titles(found) == ["云州市营商环境方案", "海棠市营商环境方案"]
    assert [section.level for section in found.sections] == [0, 1, 2, 1, 0, 1, 2, 1]
    assert found.sections[4].span.of(found.text).startswith("海棠市营商环境方案")
    assert found.sections[5].parent is None


def test_an_annex_begins_anew() -> None:
    found = read(
        "关于开展培训的通知", "一、内容", PROSE, "附件1", "培训计划表", "\t序号\t内容", "\t1\t焊接", "\t2\t钳工"
    )
    assert [section.level for section in found.sections] == [0, 1, 0]
    assert len(found.sections[2].tables) == 1


def test_a_document_without_headings_is_one_section() -> None:
    found = read(PROSE, PROSE)
    assert len(found.sections) == 1
    assert len(found.sections[0].paragraphs) == 2
    assert structure(normalise("")).sections[0].blocks == ()


LINES = [
    *(PROSE, "一、任务", "（一）扩容", "1.建校区", "（1）选址", "①勘察", "专栏1 工程", "案例2 经验", "第一章 总则"),
    *("第一条　本条例适用于本市。", "## 标题", "附件1", "云州市规划", "\t甲\t1", "\t", "\t乙", "", "| a | b |"),
    *("表1 指标", "序号", "1", "名称 人数 12", "保障措施", "——扩大规模。"),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_sections_partition_the_text_and_parents_stand_before_children(lines: list[str]) -> None:
    found = read(*lines)
    spans = [section.span for section in found.sections]
    assert spans[0].start == 0
    assert spans[-1].end == len(found.text)
    assert all(left.end == right.start for left, right in pairwise(spans))
    for index, section in enumerate(found.sections):
        assert section.index == index
        assert section.parent is None or section.parent < index
        assert section.level == 0 or section.level == 1 + (
            0 if section.parent is None else found.sections[section.parent].level
        )
        for block in section.blocks:
            assert block.span in section.span
        if section.heading is not None:
            assert section.heading in section.span
            assert section.title in section.heading.of(found.text)


@pytest.mark.parametrize(
    "line",
    ["云州市推进职业教育", "云州市 12 个", "《", "第一章", "1.", "\t1\t2\n", "一、推进\n", "表1 数据\n序号\n1\n"],
)
def test_a_long_text_of_one_line_is_read_whole(line: str) -> None:
    clean = normalise(line * 5_000)
    sections = structure(clean).sections
    assert (sections[0].span.start, sections[-1].span.end) == (0, len(clean.text))


def test_a_short_sentence_that_a_list_follows_is_its_heading() -> None:
    found = read("一、重点任务\n（一）增加林地供给。\n1.建设林场。各县要建设林场。\n2.发展苗圃。各县要发展苗圃。\n")
    assert [section.title for section in found.sections if section.title] == [
        "重点任务",
        "增加林地供给",
        "建设林场",
        "发展苗圃",
    ]
