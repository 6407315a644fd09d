"""Measures of a document."""

from pathlib import Path

import pytest

from loaders.extract.measures import measures
from loaders.extract.records import MeasureRecord
from loaders.text.normalise import normalise
from loaders.text.structure import structure

PROSE = "推动产业园区与学校共建平台，支持企业参与办学，完善经费投入机制，提升服务能力。"


def measures_of(*lines: str) -> list[MeasureRecord]:
    return measures(structure(normalise("\n".join(lines))))


def tree(records: list[MeasureRecord]) -> list[tuple[str, str | None]]:
    return [(r.title, None if r.parent is None else records[r.parent].title) for r in records]


def test_tasks_and_safeguards_are_measures_and_frames_are_not() -> None:
    found = measures_of(
        "云州市职业教育发展规划",
        "一、发展背景",
        f"1.内涵建设取得新成效。{PROSE}",
        "二、总体要求",
        f"（一）指导思想。{PROSE}",
        f"（二）主要目标。{PROSE}",
        "三、主要任务",
        f"（一）优化院校布局。{PROSE}",
        "1.扩大招生规模",
        PROSE,
        "四、保障措施",
        f"（一）加强组织领导。{PROSE}",
    )
    assert tree(found) == [
        ("主要任务", None),
        ("优化院校布局", "主要任务"),
        ("扩大招生规模", "优化院校布局"),
        ("保障措施", None),
        ("加强组织领导", "保障措施"),
    ]
    assert [record.level for record in found] == [1, 2, 3, 1, 2]
    assert [record.kind for record in found] == ["task", "task", "task", "safeguard", "safeguard"]


def test_evidence_is_the_heading_with_its_number() -> None:
    clean = normalise(f"一、总体要求\n二、重点任务\n（一）建设实训基地。{PROSE}")
    record = measures(structure(clean))[-1]
    assert record.evidence.of(clean.text) == "（一）建设实训基地"
    assert record.number == "（一）"


def test_tasks_named_inside_a_frame_are_measures() -> None:
    found = measures_of("一、总体要求和重点任务", f"（一）主要目标。{PROSE}", "二、组织实施")
    assert [record.title for record in found] == ["总体要求和重点任务", "组织实施"]


def test_a_box_is_a_project_below_the_measure_before_it() -> None:
    found = measures_of(
        "一、重点任务", f"1.打造产业学院。{PROSE}", "\t专栏1  产业学院建设工程", "", PROSE, "", f"2.扩大开放。{PROSE}"
    )
    assert tree(found)[-2:] == [("产业学院建设工程", "打造产业学院"), ("扩大开放", "重点任务")]
    assert found[-2].kind == "project"


def test_a_heading_that_starts_with_an_action_is_a_measure_whatever_it_names() -> None:
    found = measures_of("一、目标任务", f"（一）夯实发展基础。{PROSE}", f"（二）改善办学条件。{PROSE}")
    assert [record.title for record in found] == ["目标任务", "夯实发展基础", "改善办学条件"]


@pytest.mark.parametrize(
    "lines",
    [
        ["海棠职业技术学院质量年度报告", "一、基本情况", PROSE, "二、推进教学改革", PROSE, "三、加强条件保障", PROSE],
        [
            "一、办学概况",
            PROSE,
            "二、学生发展",
            PROSE,
            "三、服务贡献",
            PROSE,
            "四、面临挑战",
            f"（一）健全机制。{PROSE}",
        ],
        ["没有标题的一段文字。", PROSE],
        [""],
    ],
)
def test_reports_and_texts_without_headings_have_none(lines: list[str]) -> None:
    assert measures_of(*lines) == []


def test_chapters_of_a_law_are_measures_but_for_the_general_and_closing_ones() -> None:
    found = measures_of(
        "江北省职业教育条例",
        "第一章　总则",
        f"第一条　{PROSE}",
        "第二章　办学主体",
        f"第二条　{PROSE}",
        f"第三条　{PROSE}",
        "第三章　法律责任",
        f"第四条　{PROSE}",
        "第四章　附则",
        f"第五条　{PROSE}",
    )
    assert [(r.number, r.title, r.kind) for r in found] == [
        ("第二章", "办学主体", "task"),
        ("第三章", "法律责任", "safeguard"),
    ]


def test_articles_are_measures_where_a_rule_has_no_chapters() -> None:
    found = measures_of("云州市产业学院管理办法", f"第一条　{PROSE}", f"第二条　{PROSE}")
    assert [record.title for record in found] == ["第一条", "第二条"]


def test_each_policy_of_a_file_has_measures_of_its_own() -> None:
    found = measures_of(
        "云州市营商环境实施方案",
        "一、重点任务",
        f"（一）简化审批流程。{PROSE}",
        "海棠市营商环境实施方案",
        PROSE,
        "一、重点任务",
        f"（一）降低用能成本。{PROSE}",
    )
    assert tree(found) == [
        ("重点任务", None),
        ("简化审批流程", "重点任务"),
        ("重点任务", None),
        ("降低用能成本", "重点任务"),
    ]
    assert found[3].parent == 2


@pytest.mark.parametrize(
    ("name", "count", "deepest"), [("wz-plan", 24, 2), ("tz-plan", 46, 4), ("wzpt-plan", 60, 3), ("wzpt-report", 0, 0)]
)
def test_corpus_documents_have_as_many_measures_as_a_reader_counts(
    corpus: Path, name: str, count: int, deepest: int
) -> None:
    found = measures(structure(normalise((corpus / f"{name}.txt").read_text(encoding="utf-8"))))
    assert (len(found), max((record.level for record in found), default=0)) == (count, deepest)


def test_the_months_of_a_stage_are_no_part_of_its_title() -> None:
    found = measures(
        structure(
            normalise(
                "云州市护林行动方案\n一、组织实施\n（一）动员部署（2023年11月—12月）。各县制定方案。\n"
                "（二）护林提升行动（2023—2025年）。各县建设林场。\n"
            )
        )
    )
    assert [record.title for record in found][1:] == ["动员部署", "护林提升行动（2023—2025年）"]
