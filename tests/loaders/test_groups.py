"""Actor groups: one normal form for each form of the text, and what only looks like a group."""

import pytest

from loaders.extract.groups import group_mentions, normal_form
from loaders.text.model import Span


def groups(text: str) -> list[str]:
    return [mention.group.name for mention in group_mentions(text, Span(0, len(text)), ())]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("各县（市、区）人民政府", "县（市、区）政府"),
        ("中职", "中职学校"),
        ("各有关高等职业学校", "高职院校"),
        ("全市职业学校", "职业院校"),
        ("人社部门", "人力资源社会保障部门"),
        ("水利部门", "水利部门"),
        ("水利", None),
        ("苹果", None),
    ],
)
def test_a_form_has_one_normal_form(written: str, expected: str | None) -> None:
    found = normal_form(written)
    assert (found.name if found else None) == expected


def test_an_elliptical_list_names_a_department_each() -> None:
    assert groups("由水利、交通、气象等部门落实") == ["水利部门", "交通运输部门", "气象部门"]
    assert groups("教育、卫生健康和财政部门要配合") == ["教育部门", "卫生健康部门", "财政部门"]


def test_a_field_alone_is_no_department() -> None:
    assert groups("发展教育、科技和财政事业") == []


def test_an_abbreviation_names_a_group_a_character() -> None:
    assert sorted(groups("推进政校行企协同")) == sorted(["政府", "学校", "行业组织", "企业"])
    assert sorted(groups("组织师生参观")) == sorted(["教师", "学生"])
    assert groups("在校生规模扩大") == ["学生"]


def test_a_modifier_of_trade_or_owner_makes_a_kind_of_its_own() -> None:
    assert groups("支持渔业企业和林业专业合作社") == ["渔业企业", "林业合作社"]
    assert groups("支持“专精特新”企业上市") == ["专精特新企业"]


def test_quality_and_number_make_none() -> None:
    assert groups("支持20家重点企业") == ["企业"]


def test_the_last_member_completes_the_first() -> None:
    assert groups("引进高层次、高技能人才") == ["高层次人才", "高技能人才"]
    assert groups("供水、供电企业应当公示") == ["供水企业", "供电企业"]
    assert groups("民办与公办职业院校地位平等") == ["民办职业院校", "公办职业院校"]


def test_words_that_only_cross_a_form_are_no_group() -> None:
    assert groups("提高职业技能，兼职工作的流动人员工作成果") == []


def test_names_and_titles_are_left_out() -> None:
    text = "县渔业协会服务中心服务渔民"
    name = Span(0, text.index("服务渔民"))
    assert [mention.group.name for mention in group_mentions(text, Span(0, len(text)), (name,))] == ["渔民"]


def test_offices_and_counties_of_a_class_are_groups() -> None:
    assert set(groups("各市州要分解任务，各园区管委会、海关要依法检查，试点县可签订协议。")) >= {
        "市级政府",
        "园区管委会",
        "海关",
        "试点县",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对渣土运输企业实行信用评价", ["渣土运输企业"]),
        ("支持村级组织和农民工匠承接工程", ["村级组织", "农民工匠"]),
        ("培训基层监测技术人员", ["基层监测技术人员"]),
        ("发挥宿舍楼长、学生社团作用", ["宿舍楼长", "学生社团"]),
        ("每年选派青年骨干赴境外研修", ["青年骨干"]),
        ("对本辖区企业负责", ["企业"]),
        ("市、县两级财政将其作为优先领域", ["财政部门"]),
        ("动员村（居）民委员会入户", ["村（居）民委员会"]),
    ],
)
def test_a_head_with_its_modifier_is_one_group(text: str, expected: list[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize("text", ["开展机构达标建设", "制定本地区方案", "参照医师评价办法", "每年选派医师若干"])
def test_a_verb_before_a_head_is_no_modifier(text: str) -> None:
    assert [group for group in groups(text) if group != "医师"] == []


def test_a_verb_that_may_modify_is_part_of_the_group() -> None:
    assert groups("支持医养结合机构和评估机构") == ["医养结合机构", "评估机构"]


def test_a_class_word_gives_way_to_the_trades_before_it() -> None:
    assert groups("邮政、快递、供销等企业") == ["邮政企业", "快递企业", "供销企业"]
    assert groups("规模、效益等企业指标") == ["企业"]


@pytest.mark.parametrize("word", ["旅行社", "村干部", "失能老年人", "社区卫生服务中心", "扑火队伍", "招标人", "传承人"])
def test_actors_of_many_fields_are_known(word: str) -> None:
    assert groups(f"支持{word}参与。") == [word]
