"""What a document says of itself: title, genre, issuer, date, period, jurisdiction."""

import pytest

from loaders.extract.own_policies import own_policies
from loaders.extract.policies import cited_policies
from loaders.extract.records import OwnPolicy
from loaders.extract.titles import genre, head_bodies, period, plain, printed, status
from loaders.options import LoadOptions
from loaders.text.normalise import normalise
from loaders.text.structure import structure

NOTICE = """云州市教育局关于印发《云州市职业教育“十四五”发展规划》的通知
云教职〔2021〕17号
各县（市、区）教育局，市属各高校：
现将《云州市职业教育“十四五”发展规划》印发给你们，请遵照执行。
云州市教育局
2021年6月8日

云州市职业教育“十四五”发展规划

为办好职业教育，制定本规划。

一、发展目标

到2025年，全市职业学校办学条件达标。

二、主要任务

（一）优化布局。新建职业学校三所。

（二）提升质量。培训教师一千名。
"""

LAW = """江北省林木种苗条例
（2019年11月29日江北省第十三届人民代表大会常务委员会第十五次会议通过）

第一章 总则

第一条 为了规范林木种苗生产，制定本条例。

第二条 本条例适用于本省行政区域。

第二章 附则

第三条 本条例自2020年1月1日起施行。
"""

SCHEME = """为办好职业教育，推动我市人才培养，结合云州实际，制定本方案。
一、目标和思路
（一）思路。坚持面向产业。
（二）目标。利用三年时间，到2025年，建成实训基地十个；到2025年，培训学员五千名。
二、主要任务
（三）建设基地。新建一批实训基地。
"""


def read(text: str, **given: str) -> list[OwnPolicy]:
    return own_policies(structure(normalise(text)), LoadOptions(**given), stem="plan-of-yunzhou")  # type: ignore[arg-type]


def test_a_notice_that_prints_a_plan_gives_two_policies() -> None:
    notice, plan = read(NOTICE)
    assert (notice.title, notice.kind, notice.issues) == (
        "云州市教育局关于印发《云州市职业教育“十四五”发展规划》的通知",
        "notice",
        1,
    )
    assert (plan.title, plan.kind, plan.issues) == ("云州市职业教育“十四五”发展规划", "plan", None)
    assert notice.stretch.end == plan.stretch.start


def test_number_date_and_issuer_are_read_from_head_and_signature() -> None:
    notice, plan = read(NOTICE)
    assert notice.doc_number == "云教职〔2021〕17号"
    assert notice.issued_on == "2021-06-08"
    assert notice.issuers == ("云州市教育局",)
    assert plan.issued_on == "2021-06-08"
    assert plan.issuers == ("云州市教育局",)


def test_what_a_plan_takes_from_its_notice_is_inferred() -> None:
    notice, plan = read(NOTICE)
    assert {"issued_on", "issuers"} <= set(plan.inferred)
    assert "issued_on" not in notice.inferred


def test_period_and_jurisdiction_are_read_from_the_title() -> None:
    plan = read(NOTICE)[1]
    assert (plan.period_start, plan.period_end) == (2021, 2025)
    assert (plan.jurisdiction, plan.level) == ("云州市", "municipal")


def test_a_signature_in_chinese_numerals_keeps_its_precision() -> None:
    assert read(NOTICE.replace("2021年6月8日", "二〇二一年六月二十八日"))[0].issued_on == "2021-06-28"
    assert read(NOTICE.replace("2021年6月8日", "2021年6月"))[0].issued_on == "2021-06"


def test_a_law_has_the_body_that_passed_it_and_when_it_applies() -> None:
    (law,) = read(LAW)
    assert law.kind == "law"
    assert law.issuers == ("江北省人民代表大会常务委员会",)
    assert law.issued_on == "2019-11-29"
    assert law.effective_on == "2020-01-01"
    assert (law.level, law.period_start) == ("provincial", None)


def test_without_a_title_the_file_names_the_policy_and_the_text_the_rest() -> None:
    (scheme,) = read(SCHEME)
    assert (scheme.title, scheme.title_from) == ("plan-of-yunzhou", "file")
    assert (scheme.kind, scheme.jurisdiction) == ("scheme", "云州市")
    assert (scheme.period_start, scheme.period_end) == (2023, 2025)
    assert {"kind", "jurisdiction", "period_start", "period_end"} <= set(scheme.inferred)


def test_options_count_before_the_text() -> None:
    (policy,) = read(
        SCHEME,
        title="云州市行动方案",
        issuer="云州市教育局、云州市财政局",
        region="江北省",
        issued_on="2022",
        level="provincial",
    )
    assert (policy.title, policy.title_from, policy.level) == ("云州市行动方案", "option", "provincial")
    assert policy.issuers == ("云州市教育局", "云州市财政局")
    assert (policy.jurisdiction, policy.issued_on) == ("江北省", "2022")


def test_a_college_issues_what_begins_with_its_name() -> None:
    (plan,) = read("海棠职业技术学院“十四五”发展规划\n\n一、主要任务\n\n（一）建设专业。新建专业三个。\n")
    assert plan.issuers == ("海棠职业技术学院",)
    assert (plan.jurisdiction, plan.level) == ("海棠职业技术学院", "institutional")
    assert "issuers" in plan.inferred


def test_an_empty_text_is_one_policy_of_the_file() -> None:
    (policy,) = read("")
    assert (policy.title, policy.title_from) == ("plan-of-yunzhou", "file")


def test_the_own_title_is_not_cited() -> None:
    parts = structure(normalise(NOTICE))
    assert cited_policies(parts, own_policies(parts, LoadOptions(), stem="x")) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("云州市企业培育管理办法（试行）", "measures"),
        ("江北省种子条例", "law"),
        ("云州市教育现代化2035", "plan"),
        ("职业教育提质行动计划（2020—2023年）", "plan"),
        ("关于推进职业教育的若干措施", "measures"),
        ("启发式教学方法", None),
        ("电工基础", None),
        ("云州日报", None),
    ],
)
def test_genre_is_told_by_the_last_word(title: str, expected: str | None) -> None:
    assert genre(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("云州市“十四五”规划", (2021, 2025)),
        ("云州市国民经济和社会发展第十五个五年规划纲要", (2026, 2030)),
        ("三年行动计划（2023-2025年）", (2023, 2025)),
        ("云州市教育条例", None),
    ],
)
def test_period_is_told_by_the_title(title: str, expected: tuple[int, int] | None) -> None:
    found = period(title)
    assert (tuple(found) if found else None) == expected


def test_a_title_tells_status_printed_text_and_bodies() -> None:
    assert status("云州市林地管理办法（征求意见稿）") == "draft"
    assert status("云州市林地管理办法（试行）") == "trial"
    assert printed("关于印发《云州市林业规划》的通知") == "云州市林业规划"
    assert head_bodies("教育部等四部门关于办好职业教育的意见") == ("教育部",)
    assert head_bodies("中共中央办公厅国务院办公厅关于办好教育的意见") == ("中共中央办公厅", "国务院办公厅")
    assert plain("《云州市\n 林业规划》") == "云州市林业规划"


def test_a_congress_within_the_institution_is_not_its_issuer() -> None:
    passed = "（2021年12月经学校第二届教职工代表大会第三次会议审议通过）"
    text = f"海棠职业技术学院发展规划\n{passed}\n\n一、目标\n\n办好学校。\n"
    policy = read(text)[0]
    assert policy.issuers == ("海棠职业技术学院",)
    assert policy.jurisdiction == "海棠职业技术学院"
    assert policy.issued_on == "2021-12"


TABLE = "云州市竹产业行动方案\n\n为发展竹产业，制定本方案。\n\n一、主要任务\n\n（一）扩大种植。新造竹林十万亩。\n\n"


def test_dates_in_cells_of_a_table_are_no_date_of_issue() -> None:
    cells = "序号\n任务\n完成时限\n1\n新造竹林\n2026年12月\n"
    assert read(TABLE + cells)[0].issued_on is None
    assert read(TABLE + "完成时限\n2026年12月31日\n2027年6月30日\n")[0].issued_on is None
    assert read(TABLE + cells + "云州市林业局\n2026年1月5日\n")[0].issued_on == "2026-01-05"


def test_issuers_on_two_lines_of_a_title_are_all_there() -> None:
    text = "教育部  财政部\n农业农村部关于推进乡村学校发展的通知\n一、任务\n（一）加强建设。学校要落实。\n"
    (own,) = own_policies(structure(normalise(text)), LoadOptions(), stem="x")
    assert own.title == "教育部财政部农业农村部关于推进乡村学校发展的通知"
    assert own.issuers == ("教育部", "财政部", "农业农村部")


def test_a_letterhead_above_a_title_that_begins_the_same_is_no_part_of_it() -> None:
    text = "云州市人民政府办公室\n云州市人民政府办公室关于推进学校发展的通知\n一、任务\n（一）加强建设。学校要落实。\n"
    (own,) = own_policies(structure(normalise(text)), LoadOptions(), stem="x")
    assert own.title == "云州市人民政府办公室关于推进学校发展的通知"


def test_bodies_of_the_centre_are_parted_where_nothing_stands_between() -> None:
    assert head_bodies("国家发展改革委财政部商务部关于扩大消费的意见") == ("国家发展改革委", "财政部", "商务部")
