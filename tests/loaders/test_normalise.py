"""Clean text: marks, page numbers, layout spaces and hard wraps, and the map back."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loaders.text.lines import display_width
from loaders.text.model import CleanText, Span
from loaders.text.normalise import normalise

CLAUSES = [
    "云州市坚持问题导向",
    "推动职业院校与龙头企业共建产业学院",
    "到2030年建成示范基地12个",
    "支持海棠职业技术学院牵头组建职教集团",
    "完善经费投入和监督评价机制",
    "落实《云州市职业教育条例》的有关要求",
    "提升“双师型”教师培养培训质量",
    "比重提高到35.5%以上",
]
HEADINGS = ["一、总体要求", "（二）重点任务", "3.扩大招生规模", "第四章 保障措施"]
MARKS = ["[bookmark: _Toc4551]", "\u200b", "\ufeff", "(cid:127)", "\x07", "\ue004"]

paragraphs = st.lists(st.sampled_from(CLAUSES), min_size=6, max_size=14).map(lambda parts: "，".join(parts) + "。")
documents = st.lists(st.one_of(paragraphs, st.sampled_from(HEADINGS)), min_size=4, max_size=9).filter(
    lambda lines: sum(len(line) > 100 for line in lines) >= 2
)


def wrapped(line: str, columns: int) -> list[str]:
    pieces = [""]
    for character in line:
        if display_width(pieces[-1] + character) > columns:
            pieces.append("")
        pieces[-1] += character
    return pieces


def assert_maps_back(clean: CleanText) -> None:
    assert len(clean.text) == len(clean.offsets)
    assert all(clean.read[place] == character for character, place in zip(clean.text, clean.offsets, strict=True))
    assert all(left < right for left, right in pairwise(clean.offsets))


@settings(max_examples=60, deadline=None)
@given(documents, st.integers(56, 84), st.sampled_from(["\n", "\n\n"]))
def test_wrapped_text_is_the_same_as_unwrapped_text(lines: list[str], width: int, between: str) -> None:
    pieces = [wrapped(line, width) for line in lines]
    assume(
        all(display_width(each[-1]) < width - 4 for each in pieces)
    )  # a paragraph that ends at the margin can't be told
    text = between.join(piece for each in pieces for piece in each)
    clean = normalise(text)
    assert clean.text == normalise("\n".join(lines)).text == "\n".join(lines)
    assert_maps_back(clean)


@settings(max_examples=80, deadline=None)
@given(documents, st.data())
def test_marks_anywhere_leave_the_same_words_and_a_map_to_them(lines: list[str], data: st.DataObject) -> None:
    plain = "\n".join(lines)
    marked = ""
    for character in plain:
        if data.draw(st.integers(0, 40)) == 0:
            marked += data.draw(st.sampled_from(MARKS))
        marked += character
    clean = normalise(marked)
    assert clean.text == normalise(plain).text
    assert_maps_back(clean)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="云州市规划一二、。，（）《》“”12 .%\t\n\u3000\u200b图表|#-—：；第章", max_size=200))
def test_any_text_keeps_words_in_order_and_invents_none(text: str) -> None:
    clean = normalise(text)
    assert_maps_back(clean)
    assert normalise(clean.text).text is not None


def test_a_clean_span_gives_the_quote_word_for_word() -> None:
    read = (
        "云州市将建\n\n设产业[bookmark: _Toc1]学院 12 所，\n\n支持企业参与办学，推动院校与园区共建\n\n共享实训基地。\n"
    )
    clean = normalise(read)
    start = clean.text.index("产业学院12所")
    place = clean.to_read(Span(start, start + 7))
    assert read[place.start : place.end] == "产业[bookmark: _Toc1]学院 12 所"


@pytest.mark.parametrize(
    ("read", "clean"),
    [
        (
            "关于印发《云州市职业教育\n“十五五”规划》的通知\n正文一段。",
            "关于印发《云州市职业教育“十五五”规划》的通知\n正文一段。",
        ),
        (
            "云州市人民政府办公室\n关于印发职教规划的\n通  知\n各县：",
            "云州市人民政府办公室关于印发职教规划的通知\n各县：",
        ),
        (
            "云州市职业教育计划\n（2026—2030年）\n为此制定本计划。",
            "云州市职业教育计划（2026—2030年）\n为此制定本计划。",
        ),
        ("15三、强化保障\n正文。", "三、强化保障\n正文。"),
        ("第一段。\n- 12 -\n第二段。", "第一段。\n第二段。"),
        ("建成 12 所学校，占比 35 %。", "建成12所学校，占比35%。"),
        ("第一章　　总　　则", "第一章总则"),
        ("生源地 人数 百分比\n本市 108 23.9%", "生源地 人数 百分比\n本市 108 23.9%"),
        ("\t指标\n\t2030年\n目标\n\n\t\n\t12", "\t指标\n\t2030年目标\n\n\t\n\t12"),
        ("一、总体要求\n推动高质量发展", "一、总体要求\n推动高质量发展"),
    ],
)
def test_layout_goes_and_structure_stays(read: str, clean: str) -> None:
    assert normalise(read).text == clean


def test_page_numbers_that_run_through_the_text_go_and_numbers_in_cells_stay() -> None:
    page = "\n".join(f"第{index}项内容是推动全市院校与企业共建共享实训基地。" for index in range(20))
    text = "\n".join(f"{page}\n{number}" for number in range(7, 12))
    assert all(not line.isdecimal() for line in normalise(text).text.split("\n"))
    cells = "\n".join(f"{number}\n道路建设\n公里\n{number * 7}" for number in range(1, 30))
    assert normalise(cells).text == cells


def test_captions_headings_bullets_and_rows_are_not_joined_to_a_full_line() -> None:
    full = "全市职业院校紧扣产业需求建设高水平专业群并与龙头企业共建产业学院和实训基"
    body = "\n\n".join([full, "地。", full, "地。", full])
    for line in [
        "图1-2校园布局",
        "（二）扩大规模",
        "——规模进一步扩大。",
        "表3主要指标",
        "数据来源：统计局",
        "学校 人数 占比",
    ]:
        assert normalise(f"{body}\n\n{line}").text.endswith(f"\n{line}")


def test_an_empty_cell_of_a_table_without_tabs_leaves_a_blank_line() -> None:
    assert normalise("序号\n\n类别\n\n1\n\n\n\n达标率").text == "序号\n类别\n1\n\n达标率"


def test_empty_text_stays_empty() -> None:
    assert normalise("").text == ""
    assert normalise(" \n\u3000\n").text == ""


@pytest.mark.parametrize("name", ["wz-plan", "tz-plan", "wzpt-plan", "wzpt-report"])
def test_every_character_of_a_corpus_document_maps_back(corpus: Path, name: str) -> None:
    read = (corpus / f"{name}.txt").read_text(encoding="utf-8")
    clean = normalise(read)
    assert_maps_back(clean)
    assert "bookmark" not in clean.text
    kept = sum(character.isalnum() for character in clean.text)
    assert kept > 0.9 * sum(character.isalnum() for character in read if character > "\u3400")


def test_a_page_number_at_the_end_of_a_line_goes_where_others_run_through_the_text() -> None:
    filled = "各县林业部门按季度报送护林巡查台账并在次月上旬公布林地管护进展情况"
    pages = []
    for page in range(1, 6):
        pages += [
            *[filled] * 20,
            f"全县12家林场按时完成年度管护工作与各项任务履约清缴，对虚报瞒报的单 {page}",
            "位依法处罚。",
        ]
    clean = normalise("\n".join(pages)).text
    assert clean.count("对虚报瞒报的单位依法处罚。") == 5
    assert "12家林场" in clean
