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
        (("毕业生留在海棠就业的比例", "%"), ("毕业生留棠就业率", "%")),
        (("年均授权技术发明专利", "项/年"), ("授权发明专利年均", "项")),
        (("书院制试点项目", "个"), ("书院制试点", "个")),
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
        (("回乡就业的云籍留学生", "人"), ("回乡就业的云籍国际学生", "人")),
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


COLLEGE = "海棠职业技术学院"


def of_a_college(indicator: str, unit: str) -> str:
    return indicator_concept(indicator, unit, subject=COLLEGE).normal_form


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("就业率", "%"), ("2023届毕业生就业率", "%")),
        (("毕业生留云就业率", "%"), ("毕业后留云就业的人数占毕业生总人数的比例", "%")),
        (("双师素质教师占比", "%"), ("“双师型”专任教师比例", "%")),
        (("专任教师中博士学位占比", "%"), ("具有博士学位的教师占专任教师比例", "%")),
        (("雇主满意度", "%"), ("企业满意度", "%")),
        (("全日制在校生总规模", "人"), ("现有全日制在校生", "人")),
        (("赴境外研修的教师", "人"), ("教师赴境外研修人数", "人")),
        (("校园总占地面积", "亩"), ("占地面积", "亩")),
        (("生均仪器设备值", "元/生"), ("生均仪器设备值", "万元")),
        (("年均开展社会培训", "万人次"), ("每年面向社会开展培训", "人次")),
        (("获批国家级专业教学资源库", "个"), ("国家教学资源库", "个")),
        (("获省级一等奖", "项"), ("荣获省一等奖", "项")),
        (("学生获省级以上奖项", "项"), ("学生荣获省级及以上奖项数", "项")),
        (("具有研究生学位的教师占专任教师比例", "%"), ("硕士及以上学位教师占比", "%")),
    ],
)
def test_a_college_names_one_thing_in_several_ways(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert of_a_college(*left) == of_a_college(*right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("就业率", "%"), ("初次就业率", "%")),
        (("毕业生留云就业率", "%"), ("毕业生留浙就业率", "%")),
        (("毕业生留云就业率", "%"), ("毕业后留云就业的人数占云州生源人数的比例", "%")),
        (("双师素质教师占比", "%"), ("双师型教师占专业课教师比例", "%")),
        (("高级职称教师占比", "%"), ("正高级职称教师占比", "%")),
        (("高级职称教师占比", "%"), ("高级职称教师", "人")),
        (("专科在校生规模", "人"), ("在校生规模", "人")),
        (("国家级专业教学资源库", "个"), ("省级专业教学资源库", "个")),
        (("省级以上精品在线课程", "门"), ("省级精品在线课程", "门")),
        (("社会培训", "万人次"), ("社会培训", "万人日")),
        (("年均社会培训", "人次"), ("累计社会培训", "人次")),
        (("成果转化", "项"), ("成果转化", "万元")),
        (("有效发明专利", "项"), ("发明专利", "项")),
        (("引进博士学位教师", "人"), ("博士学位教师", "人")),
        (("新生报到率", "%"), ("报到率", "%")),
    ],
)
def test_near_misses_of_a_college_stay_apart(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert of_a_college(*left) != of_a_college(*right)


@pytest.mark.parametrize(
    ("in_the_college", "in_the_city"),
    [(("生均拨款", "元"), ("公办高职院校生均拨款水平", "万元")), (("留云率", "%"), ("高职院校毕业生留云率", "%"))],
)
def test_a_city_names_the_class_of_school_that_a_college_leaves_out(
    in_the_college: tuple[str, str], in_the_city: tuple[str, str]
) -> None:
    assert of_a_college(*in_the_college) == indicator_concept(*in_the_city, subject="云州市").normal_form
    assert not same(in_the_college, in_the_city)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("治理沙化草地", "万亩"), ("沙化草地综合治理面积", "亩")),
        (("中心城区PM2.5年均浓度", "微克/立方米"), ("市城区细颗粒物（PM2.5）平均浓度", "微克/立方米")),
        (("林地面积占全省国土面积的比例", "%"), ("林地面积占比", "%")),
        (("乔木林每公顷蓄积量", "立方米/公顷"), ("乔木林单位面积蓄积量", "立方米")),
        (("国家、省、市示范村", "个"), ("各级示范村", "个")),
        (("旅游收入增速", "%"), ("旅游收入增长", "%")),
        (("企业开办时限", "天"), ("企业开办时间", "个工作日")),
    ],
)
def test_variants_in_other_fields_share_a_concept(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("中心城区PM2.5浓度", "微克/立方米"), ("PM2.5浓度", "微克/立方米")),
        (("每年改造老旧林", "万亩"), ("改造老旧林", "万亩")),
        (("各县区体验中心", "个"), ("体验中心", "个")),
        (("国家、省示范村", "个"), ("省级示范村", "个")),
        (("有害生物成灾面积", "亩"), ("害生物成灾面积", "亩")),
        (("旅游收入下降", "%"), ("旅游收入增长", "%")),
    ],
)
def test_near_misses_in_other_fields_stay_apart(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert not same(left, right)


@pytest.mark.parametrize("indicator", ["新生报到率", "新型教学空间", "新能源公交车", "新兴产业产值"])
def test_a_word_that_begins_with_new_counts_nothing_new(indicator: str) -> None:
    assert indicator_concept(indicator, "个").basis == Basis.STOCK
