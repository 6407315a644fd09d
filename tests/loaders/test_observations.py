"""Figures that were reached, in reports and in the parts of plans that look back."""

from pathlib import Path

import pytest

from loaders.extract.figures import figures
from loaders.extract.goals import goals
from loaders.extract.observations import observations
from loaders.extract.records import ObservationRecord, OwnPolicy
from loaders.text.model import Span, Structure
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def report(body: str, kind: str = "report", first: int = 2019, last: int = 2020) -> tuple[Structure, list[OwnPolicy]]:
    read = structure(normalise(body))
    own = OwnPolicy(
        "海棠职业技术学院质量报告", "text", Span(0, len(read.text)), kind=kind, period_start=first, period_end=last
    )
    return read, [own]


def reached(body: str, kind: str = "report", first: int = 2019, last: int = 2020) -> list[ObservationRecord]:
    return observations(figures(*report(body, kind, first, last)))


def brief(record: ObservationRecord) -> tuple[str, float | str, str, int | None]:
    return record.indicator, record.value, record.unit, record.year


def test_rates_counts_and_amounts_of_a_report_are_found() -> None:
    found = observations(
        figures(*report("一、概况\n学校占地1200亩，有专任教师520人，毕业生就业率98.2%，科研到款3000万元。\n"))
    )
    assert [brief(record) for record in found] == [
        ("占地", 1200, "亩", 2020),
        ("有专任教师", 520, "人", 2020),
        ("毕业生就业率", 98.2, "%", 2020),
        ("科研到款", 3000, "万元", 2020),
    ]
    assert all("year" in record.inferred for record in found)


def test_the_year_is_read_where_the_text_names_it() -> None:
    (found,) = reached("一、科研\n2019年，立项课题334项。\n")
    assert (found.year, found.inferred) == (2019, ())


def test_a_plan_that_looks_back_reports_the_year_before_it() -> None:
    body = "江北省林业规划\n一、发展现状\n森林覆盖率达到62%。\n二、主要目标\n到2025年，森林覆盖率达到65%。\n"
    found = reached(body, kind="plan", first=2021, last=2025)
    assert [brief(record) for record in found] == [("森林覆盖率", 62, "%", 2020)]


def test_what_a_task_says_was_reached_already_is_an_observation() -> None:
    body = "江北省林业规划\n一、主要任务\n截至2020年底，已建成自然公园12个。建成驿站8个。\n"
    found = reached(body, kind="plan", first=2021, last=2025)
    assert [(record.value, record.year) for record in found] == [(12, 2020)]


def test_another_body_at_the_head_of_the_sentence_is_the_subject() -> None:
    found = reached("一、联盟\n云州轻工教育联盟现有77家理事单位，其中外方20家。\n")
    assert [record.subject for record in found] == ["云州轻工教育联盟", "云州轻工教育联盟"]
    own = reached("一、概况\n学校现有实训楼7座。\n")
    assert [record.subject for record in own] == [None]


def test_a_share_leans_on_the_clause_before() -> None:
    found = reached("一、课程\n共开设在线课程447门，占总课程的86.46%。\n")
    assert [(record.indicator, record.value) for record in found] == [
        ("在线课程", 447),
        ("在线课程占总课程比例", 86.46),
    ]


def test_dates_pages_names_and_ranks_are_no_observations() -> None:
    assert reached("一、概况\n2020年5月召开会议，名列全国第17名，入选前50强，开展“1+X”试点。\n") == []


REPORTING = (
    "一、办学概况\n学校现有教职工640人，图书馆藏书达到82万册。2021年，科研到款1200万元，同比增长8%。\n"
    "二、学生发展\n学生共获得省级奖项56项，建成了校外基地90个，就业率为97%。\n"
    "三、不足\n下一年，学院计划新增博士9名。\n"
)


def untitled(body: str) -> tuple[Structure, list[OwnPolicy]]:
    read = structure(normalise(body))
    return read, [OwnPolicy("read-me", "file", Span(0, len(read.text)))]


def test_an_untitled_text_that_looks_back_reports_and_sets_only_what_it_plans_next() -> None:
    found = figures(*untitled(REPORTING))
    assert [frame.is_report for frame in found.frames] == [True]
    assert ("就业率", 97, "%", None) in [brief(record) for record in observations(found)]
    assert [(goal.indicator, goal.value) for goal in goals(found)] == [("新增博士", 9)]


def test_an_untitled_text_that_looks_ahead_is_no_report() -> None:
    body = (
        "一、工作任务\n到2025年，林场达到30家以上，建设步道900公里。力争森林覆盖率提高到66%，"
        "新增护林员不少于400名，苗圃达到12个以上。\n"
    )
    found = figures(*untitled(body))
    assert observations(found) == []
    assert len(goals(found)) == 5


def test_the_part_of_a_report_on_what_comes_next_sets_goals() -> None:
    body = "一、2021年工作回顾\n新建公园12个。\n二、2022年工作安排\n（一）建设绿色城区\n新建公园20个。\n"
    found = figures(*report(body, first=2021, last=2021))
    assert [brief(record) for record in observations(found)] == [("新建公园", 12, "个", 2021)]
    assert [(goal.indicator, goal.value, goal.year) for goal in goals(found)] == [("新建公园", 20, 2022)]


def test_the_years_of_a_reports_table_were_reached() -> None:
    found = figures(*report("一、数据\n表1 计分卡\n\t指标\n\t单位\n\t2020年\n\n\t就业率\n\t%\n\t97.5\n"))
    assert [brief(record) for record in observations(found)] == [("就业率", 97.5, "%", 2020)]
    assert goals(found) == []


def test_a_figure_that_rose_gives_the_earlier_year_as_well() -> None:
    found = reached("一、规模\n在校生由2018年的6842人增加到2020年的10315人。\n")
    assert [brief(record) for record in found] == [("在校生", 6842, "人", 2018), ("在校生", 10315, "人", 2020)]


def test_parts_are_told_of_their_whole_and_changes_of_what_changed() -> None:
    body = "一、概况\n办学总收入2.8亿元，其中财政拨款占61%。在校生10450人，比2018年增加590人。"
    body += "专任教师512人，其中具有博士学位的占8%。\n"
    assert [record.indicator for record in reached(body)] == [
        "办学总收入",
        "财政拨款占办学总收入比例",
        "在校生",
        "在校生增加",
        "专任教师",
        "具有博士学位的专任教师占比",
    ]


def test_words_that_begin_like_a_verb_ending_stay_whole() -> None:
    found = reached("一、服务\n出具检测报告156份，实际报到4296人，2019届毕业生共3120人。\n")
    assert [record.indicator for record in found] == ["出具检测报告", "实际报到", "2019届毕业生"]


def test_the_year_of_a_report_may_stand_in_a_heading() -> None:
    (found,) = reached("一、2019年工作回顾\n新建公园12个。\n")
    assert (found.year, found.inferred) == (2019, ())


CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not (CORPUS / "wzpt-report.txt").exists(), reason="the corpus is not here")
def test_the_untitled_annual_report_of_the_corpus_sets_no_goals() -> None:
    found = figures(*untitled((CORPUS / "wzpt-report.txt").read_text(encoding="utf-8")))
    assert goals(found) == []
    assert len(observations(found)) > 400


def test_where_bodies_are_compared_the_own_figure_has_what_is_measured() -> None:
    found = reached("一、就业\n调查显示：2019届毕业生就业率，全省高校为93.6%，全省高职院校为96.7%，我校为98.8%。\n")
    assert [(record.indicator, record.value) for record in found] == [("2019届毕业生就业率", 98.8)]
    assert all(record.context for record in found)


def test_the_whole_province_is_compared_only_where_the_own_body_is_named() -> None:
    (found,) = reached("一、就业\n企业参与度，全省为70%。\n")
    assert (found.indicator, found.value) == ("企业参与度", 70)


def test_time_spent_is_a_figure() -> None:
    (found,) = reached("一、活动\n本校生均参加的社团活动时间是59.2小时。\n")
    assert (found.value, found.unit) == (59.2, "小时")


def test_what_there_is_of_a_whole_is_a_share() -> None:
    (found,) = reached("一、就业\n却有67%的毕业生留在海棠县就业。\n")
    assert (found.indicator, found.value) == ("毕业生留在海棠县就业的比例", 67)


def test_a_share_is_of_what_its_own_clause_speaks_of() -> None:
    found = reached("一、师资\n护林教师130人，比例为41.2%；园艺教师的来历主要为外省院校，占比61%。\n")
    assert ("外省院校占比", 61) in [(record.indicator, record.value) for record in found]
