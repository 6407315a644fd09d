"""Concepts that indicators of several policies share, and what must stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.indicators import indicator_concept, unit_kind
from ontology.values import Basis, UnitKind


def same(left: tuple[str, str], right: tuple[str, str]) -> bool:
    return indicator_concept(*left).normal_form == indicator_concept(*right).normal_form


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("“双师型”教师占专业教师的比例", "%"), ("双师型教师占比", "%")),
        (("职业院校“双师型”教师占专业课教师比例", "%"), ("“双师型”教师占专业教师的比例", "%")),
        (("国家高职“双高”学校", "所"), ("国家“双高”高职院校", "所")),
        (("市高水平专业（群）", "个"), ("市级高水平专业（群）", "个")),
        (("全市森林覆盖率", "%"), ("森林覆盖率", "%")),
        (("温州市森林覆盖率", "%"), ("森林覆盖率", "%")),
        (("科研到款额", "万元"), ("科研到款额", "亿元")),
        (("年均社会培训人次", "万人次"), ("社会培训人次", "万人次/年")),
        (("规上企业参与职教比例", "%"), ("规上企业参与职业教育办学的比例", "%")),
        (("培养国际学生人数", "人"), ("培养国际学生", "名")),
    ],
)
def test_variants_of_one_indicator_share_a_concept(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("双师型教师", "名"), ("双师型教师占比", "%")),
        (("双师型教师占专任教师比例", "%"), ("双师型教师占专业教师比例", "%")),
        (("省级教学创新团队", "个"), ("国家级教学创新团队", "个")),
        (("高职院校毕业生留云率", "%"), ("中高职院校毕业生留云率", "%")),
        (("新增林道", "公里"), ("林道", "公里")),
        (("社会培训总数", "万人次"), ("社会培训量", "万人次/年")),
        (("林业产值增长", "%"), ("林业产值", "亿元")),
        (("国家中职“双优”学校", "所"), ("国家高职“双高”学校", "所")),
    ],
)
def test_near_misses_stay_apart(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert not same(left, right)


@pytest.mark.parametrize(
    ("indicator", "unit", "kind"),
    [
        ("森林覆盖率", "%", UnitKind.SHARE),
        ("林业产值年均增长", "%", UnitKind.RATE),
        ("孕产妇死亡率", "/10万", UnitKind.RATE),
        ("生师比", "", UnitKind.RATIO),
        ("林场", "家", UnitKind.COUNT),
        ("培训量", "万人次/年", UnitKind.COUNT),
        ("科研到款", "万元", UnitKind.MONEY),
        ("造林面积", "万亩", UnitKind.AREA),
        ("林道", "公里", UnitKind.LENGTH),
        ("蓄积量", "万立方米", UnitKind.VOLUME),
        ("办理时限", "个工作日", UnitKind.TIME),
        ("PM2.5浓度", "微克/立方米", UnitKind.OTHER),
    ],
)
def test_a_unit_has_a_kind(indicator: str, unit: str, kind: UnitKind) -> None:
    assert unit_kind(indicator, unit) == kind


def test_the_basis_tells_stock_new_and_cumulative_apart() -> None:
    assert indicator_concept("林道", "公里").basis == Basis.STOCK
    assert indicator_concept("新增林道", "公里").basis == Basis.NEW
    assert indicator_concept("累计转化成果", "项").basis == Basis.CUMULATIVE


def test_the_name_is_readable_and_the_unit_has_no_scale() -> None:
    concept = indicator_concept("“双师型”教师占专业教师的比例", "%")
    assert (concept.name, concept.unit) == ("双师型教师占比", "%")
    assert indicator_concept("造林面积", "万亩").unit == "亩"


@settings(max_examples=60)
@given(
    st.text(alphabet="全市学校双高中职国家级教师占比例率的“”（）/、人新增", min_size=1, max_size=20),
    st.sampled_from(["%", "个", ""]),
)
def test_any_indicator_has_a_name_and_its_name_the_same_concept(indicator: str, unit: str) -> None:
    concept = indicator_concept(indicator, unit)
    assert concept.name and concept.normal_form
    assert concept == indicator_concept(indicator, unit)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("双师型专任教师比例", "%"), ("双师型教师占专任教师比例", "%")),
        (("高级职称教师比例", "%"), ("高级专业技术职务教师占比", "%")),
        (("就业率连续15年", "%"), ("就业率", "%")),
    ],
)
def test_who_is_counted_may_stand_before_or_behind(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert same(left, right)
