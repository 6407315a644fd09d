"""What was not understood is counted and can be looked at, and what is no figure or policy raises no alarm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import ids
from graph.open import open_store
from graph.store import Written
from loaders.load import load_paths
from loaders.pipeline import Reading, read_with_missed
from tests.loaders.test_load import PLAN

HEAD = "云州市职业教育发展规划（2021—2025年）\n\n一、主要任务\n\n（一）建设实训基地\n\n"
REPORT = "海棠职业技术学院高等职业教育质量年度报告（2023）\n\n一、办学成效\n\n"


def reading(text: str) -> Reading:
    return read_with_missed(text.encode(), name="文件.txt", source="file:///plans/%E6%96%87%E4%BB%B6.txt")


def missed(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in reading(text).missed]


def test_a_sentence_with_a_number_and_a_year_that_gives_no_goal_is_missed() -> None:
    sentence = "2023年对评为省级基地的学校一次性奖励50万元。"
    found = reading(HEAD + "到2025年，建成实训基地20个。" + sentence)
    assert [(each.kind, each.text) for each in found.missed] == [("figure", sentence)]
    assert found.missed[0].section == ("主要任务", "建设实训基地")


@pytest.mark.parametrize(
    "sentence",
    [
        "本规划于2021年3月1日印发。",
        "根据云政办发〔2021〕5号文件执行。",
        "规划期为2021—2025年。",
        "实施2021—2023年三年行动。",
        "用5年时间，到2025年形成新格局。",
        "到2025年，现代职业教育体系基本建成。",
        "面向2021届毕业生开展服务，2022年再次开展。",
        "数据来源：2020年江北省毕业生调查，样本300个。",
        "建成实训基地20个。",
    ],
)
def test_dates_numbers_of_documents_periods_and_lengths_of_time_are_no_missed_figures(sentence: str) -> None:
    assert not missed(HEAD + sentence)


def test_a_figure_that_a_report_gives_is_understood() -> None:
    assert not missed(REPORT + "2023年，学校新建实训基地12个，毕业生就业率达到97.5%。")


def test_a_cell_below_a_year_that_gives_nothing_is_missed_with_its_row() -> None:
    table = "表1 建设情况\n\t名称\n\t2020年完成情况\n\t备注\n\n\t实训基地\n\t12\n\t新建\n\n\t产业学院\n\t3\n\t联建\n"
    found = [each for each in reading(HEAD + table).missed if each.kind == "figure"]
    assert [(each.text, each.row) for each in found] == [("12", "实训基地 | 12 | 新建"), ("3", "产业学院 | 3 | 联建")]


def test_the_cells_that_make_a_goal_and_its_baseline_are_understood() -> None:
    head = "主要指标\n\t指标\n\t2020年\n\t2025年\n\t属性\n\n"
    rows = "\t实训基地数量（个）\n\t12\n\t20\n\t预期性\n\n\t产业学院数量（个）\n\t3\n\t9\n\t预期性\n"
    assert not missed(HEAD + head + rows)


def test_a_title_that_gives_no_policy_is_missed_and_one_that_does_is_not() -> None:
    found = missed(HEAD + "落实《江北省职业教育条例》。选用《电工技术》作为教材。")
    assert found == [("title", "《电工技术》")]


def test_the_own_title_and_a_title_behind_its_place_are_understood() -> None:
    text = "落实《江北省防涝标准》。按照江北省《防涝标准》和《云州市职业教育发展规划（2021—2025年）》推进。"
    assert not missed(HEAD + text)


def test_a_title_that_is_never_closed_is_missed_once_a_line() -> None:
    assert missed(HEAD + "落实《《《《江北省职业教育\n\n（二）加强领导\n") == [("title", "《《《《江北省职业教育")]


def test_words_that_are_not_chinese_count_by_their_year_and_number() -> None:
    line = "The city will build 12 training bases by 2025."
    found = reading(f"{line}\nIssued on 3 March 2024.\nSee chapter 3.\n")
    assert found.is_bare
    assert [each.text for each in found.missed] == [line]


def test_a_document_says_whether_it_states_anything_beyond_itself() -> None:
    assert reading("天气晴好。\n").is_bare
    assert not reading(PLAN).is_bare


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"《》，。；\n\t", "2025年", "12个", "云州市", "建成", "表1 ", "一、", "第1条"]), min_size=1
    )
)
def test_what_is_missed_stands_in_the_text_in_order(pieces: list[str]) -> None:
    text = "云州市规划\n" + "".join(pieces)
    found = reading(text).missed
    assert all(each.text == text[each.start : each.end] for each in found)
    assert [(each.start, each.end) for each in found] == sorted((each.start, each.end) for each in found)


def test_the_counts_stand_in_the_report_and_stay_in_the_store(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN + "\n选用《电工技术》作为教材。2023年对评为省级基地的学校一次性奖励50万元。\n", "utf-8")
    with open_store(str(tmp_path / "graph.db")) as store:
        first = load_paths(store, [path]).loaded[0]
        again = load_paths(store, [path]).loaded[0]
        anew = load_paths(store, [path], reads_all=True).loaded[0]
        document = store.nodes([ids.document_id(store.batches()[0].content)]).popitem()[1]
    assert [(each.missed_figures, each.missed_titles) for each in (first, again, anew)] == [(1, 1)] * 3
    assert (document.properties["missed_figures"], document.properties["missed_titles"]) == (1, 1)
    assert first.missed == anew.missed != ()
    assert again.missed == ()
    assert again.written == anew.written == Written.UNCHANGED
