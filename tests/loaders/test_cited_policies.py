"""What a text names other policies for: relation by cue, lists, nested titles, what is no policy."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.cited_policies import cited_policies
from loaders.extract.jurisdiction import level_of_cited
from loaders.extract.own_policies import own_policies
from loaders.extract.records import CitedPolicy
from loaders.extract.titled import titled
from loaders.options import LoadOptions
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def read(text: str, title: str = "云州市职业教育实施方案（2023-2025年）") -> dict[str, CitedPolicy]:
    parts = structure(normalise(text))
    own = own_policies(parts, LoadOptions(title=title), stem="x")
    return {record.title: record for record in cited_policies(parts, own)}


def relations(text: str, title: str = "云州市职业教育实施方案（2023-2025年）") -> dict[str, str]:
    return {name: record.relation for name, record in read(text, title).items()}


def test_one_cue_governs_a_whole_list() -> None:
    found = relations(
        "为落实《江北省教育条例》《江北省关于办好教育的意见》和云州市《人才规划》等文件要求，制定本方案。"
    )
    assert found == {"江北省教育条例": "based_on", "江北省关于办好教育的意见": "based_on", "人才规划": "based_on"}


def test_what_shall_be_issued_is_mandated() -> None:
    assert relations("出台《云州市校车管理办法》，修订《云州市学位建设标准》。") == {
        "云州市校车管理办法": "mandates",
        "云州市学位建设标准": "mandates",
    }


def test_what_has_been_issued_is_cited() -> None:
    assert relations("制定了《云州市校车管理办法》。") == {"云州市校车管理办法": "cites"}
    assert relations("2020年3月，云州市财政局印发《云州市奖补办法》（云财〔2020〕3号）。") == {
        "云州市奖补办法": "cites"
    }


def test_a_report_mandates_nothing() -> None:
    assert relations("学校制定《海棠学院学分办法》。", "海棠学院质量年度报告") == {"海棠学院学分办法": "cites"}


def test_based_on_what_a_body_has_made() -> None:
    assert relations("根据学校制定的《智慧校园规划》推进建设。") == {"智慧校园规划": "based_on"}


def test_repeal_and_amendment() -> None:
    assert relations("《云州市旧林地管理办法》同时废止。") == {"云州市旧林地管理办法": "replaces"}
    text = "对《云州市绿化条例》作如下修改。"
    assert relations(text, "关于修改《云州市绿化条例》的决定") == {"云州市绿化条例": "amends"}


def test_the_strongest_relation_of_a_title_counts_once() -> None:
    found = read("达到《云州市校园规范》要求。落实《云州市校园规范》。")
    assert [record.relation for record in found.values()] == ["based_on"]


def test_numbers_after_a_title_are_its_own() -> None:
    found = read(
        "贯彻《江北省人民政府关于办好教育的意见》（江政发〔2019〕4号）精神，按照《防洪标准》（GB50201-2014）执行。"
    )
    assert found["江北省人民政府关于办好教育的意见"].doc_number == "江政发〔2019〕4号"
    assert found["防洪标准"].doc_number == "GB50201-2014"


def test_nested_titles_are_one() -> None:
    assert list(read("贯彻《江北省关于印发〈江北省人才规划〉的通知》精神。")) == [
        "江北省关于印发〈江北省人才规划〉的通知"
    ]
    assert [t.title for t in titled("《关于印发《江北省人才规划》的通知》")] == ["关于印发《江北省人才规划》的通知"]


def test_a_place_before_a_title_may_be_part_of_it() -> None:
    assert relations("修编《江北省防涝标准》。按照江北省《防涝标准》执行。") == {"江北省防涝标准": "based_on"}


def test_books_papers_courses_and_agreements_are_no_policies() -> None:
    text = "据《云州日报》报道，使用《电工基础》教材，开设《安全操作规程》课程，签署《学术交流备忘录》，演唱《山河》。"
    assert read(text) == {}


def test_proper_titles_without_marks_count_and_common_words_do_not() -> None:
    assert relations("出台兼职教师聘任考核办法，提高待遇。") == {"兼职教师聘任考核办法": "mandates"}
    assert relations("全面贯彻国家职业教育改革实施方案，办好学校。") == {"国家职业教育改革实施方案": "based_on"}
    assert relations("校企共同制定人才培养方案，出台相关具体实施办法，制定一校一策工作方案。") == {}


def test_evidence_is_the_title_and_context_the_cue() -> None:
    text = "我们要落实《江北省教育条例》。"
    parts = structure(normalise(text))
    (record,) = cited_policies(parts, own_policies(parts, LoadOptions(), stem="x"))
    assert record.evidence.of(parts.text) == "《江北省教育条例》"
    assert [span.of(parts.text) for span in record.context] == ["落实"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="《》〈〉、和落实出台条例办法。\n一A ", max_size=80))
def test_any_mixture_of_marks_gives_titles_in_order_without_overlap(text: str) -> None:
    spans = [title.span for title in titled(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[span.start] == "《" and text[span.end - 1] == "》" for span in spans)


def test_titles_without_marks_are_told_by_their_syntax() -> None:
    assert relations("根据江北省人民政府关于加快竹产业发展的实施意见（江政发〔2021〕3号），推进加工。") == {
        "江北省人民政府关于加快竹产业发展的实施意见": "based_on"
    }
    assert relations("依照森林防火条例的有关规定，设立防火期。") == {"森林防火条例": "based_on"}
    assert relations("参照《江北省资金管理办法》执行。") == {"江北省资金管理办法": "based_on"}
    assert relations("研究制定《护理员薪酬分配指引》。") == {"护理员薪酬分配指引": "mandates"}
    assert relations("按照有关条例的规定办理，听取关于工作的意见，依照本条例处罚。") == {}


def test_a_law_that_is_to_be_applied_is_cited() -> None:
    assert relations("违反规定的，依照《江北省消防条例》给予处罚。依照《江北省教育条例》办学。") == {
        "江北省消防条例": "cites",
        "江北省教育条例": "based_on",
    }


def test_what_a_report_says_is_still_being_drafted_is_mandated() -> None:
    title = "云州学院质量年度报告（2023年度）"
    text = "学校启动编制《云州学院产教融合行动计划》。修订了《云州学院章程》。"
    assert relations(text, title) == {"云州学院产教融合行动计划": "mandates", "云州学院章程": "cites"}


def test_a_term_is_no_part_of_a_title_without_marks() -> None:
    assert relations("各县要在方案印发后30日内制定配套实施细则。") == {}


def test_books_of_the_next_task_do_not_take_a_law_with_them() -> None:
    text = "一、任务\n（一）学习。落实《中华人民共和国海棠法》，用好《海棠概论》《海棠简史》等教材。\n"
    assert set(relations(text)) == {"中华人民共和国海棠法"}


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("国务院办公厅关于深化海棠改革的意见", "national"),
        ("教育部等六部门关于印发《海棠办法》的通知", "national"),
        ("海棠保护法", "national"),
        ("海棠管理办法", None),
        ("浙江省海棠条例", "provincial"),
        ("昆明市海棠规划", "municipal"),
        ("海棠职业技术学院章程", "institutional"),
        ("关于加强海棠工作的意见", None),
        ("本科层次职业学校设置标准", None),
        ("昆明市公办职业学校管理办法", "municipal"),
    ],
)
def test_the_title_of_a_cited_policy_tells_its_level(title: str, level: str | None) -> None:
    assert level_of_cited(title) == level


def test_the_issuer_beside_a_title_tells_its_level_too() -> None:
    assert level_of_cited("海棠管理办法", ["教育部"]) == "national"
    assert level_of_cited("海棠管理办法", ["浙江省人民政府"]) == "provincial"
