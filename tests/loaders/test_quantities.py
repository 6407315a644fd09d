"""Number phrases: what counts, with which unit and comparator, and what is none."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.quantities import Quantity, comparator_in, quantities
from loaders.text.model import Span


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("建成实训楼30座以上", 30, "座", ">="),
        ("在校生突破1.2万人", 1.2, "万人", ">="),
        ("林木蓄积不低于4500万立方米", 4500, "万立方米", ">="),
        ("培训量达到50万人次以上", 50, "万人次", ">="),
        ("总投资约12亿元", 12, "亿元", "~"),
        ("规模控制在9000人左右", 9000, "人", "~"),
        ("受害率控制在0.8‰以内", 0.8, "‰", "<="),
        ("时长不超过15个工作日", 15, "个工作日", "<="),
        ("浓度降至25微克/立方米", 25, "微克/立方米", "="),
        ("能力达到10万立方米/小时", 10, "万立方米/小时", "="),
        ("有效应对不低于50年一遇的洪水", 50, "年一遇", ">="),
        ("达到在校生规模的2倍以上", 2, "倍", ">="),
        ("按不低于每生每年3400元安排", 3400, "元", ">="),
        ("教职工12,800余人", 12800, "人", ">="),
        ("建筑面积50余万平方米", 50, "万平方米", ">="),
        ("每年育苗1.2亿株", 1.2, "亿株", "="),
        ("死亡率控制在7/10万以下", 7, "/10万", "<="),
        ("用户总数达120万用户，", 120, "万用户", "="),
        ("建成三所特色学院", 3, "所", "="),
        ("产值比上年翻一番", 2, "倍", "="),
    ],
)
def test_a_number_phrase_has_value_unit_and_comparator(text: str, value: float, unit: str, comparator: str) -> None:
    found = only(text)
    assert (found.value, found.unit, found.comparator) == (value, unit, comparator)


@pytest.mark.parametrize("text", ["培育1-2所名校", "培育1—2所名校", "培育1～2所名校", "培育1至2所名校"])
def test_a_range_has_both_ends(text: str) -> None:
    found = only(text)
    assert (found.comparator, found.value, found.value_max, found.unit) == ("range", 1, 2, "所")


def test_a_range_of_percentages_may_repeat_its_sign() -> None:
    found = only("占比5%-10%")
    assert (found.value, found.value_max, found.unit) == (5, 10, "%")


@pytest.mark.parametrize("text", ["生师比不高于18:1", "师生比为1：18"])
def test_a_ratio_is_text_without_unit(text: str) -> None:
    found = only(text)
    assert isinstance(found.value, str) and found.unit == "" and ":" in found.value


@pytest.mark.parametrize(
    "text",
    [
        "2021年5月25日",
        "2020—2023年",
        "第三十五条",
        "第82位",
        "全国前30强",
        "围绕“5+5+N”产业",
        "开展3+2试点",
        "建设5G网络",
        "实施“1619”计划",
        "做到两个维护",
        "建设一批基地",
        "十四五期间",
        "打造工业4.0样板",
        "江办发〔2021〕12号",
        "专栏3",
        "二期工程",
        "三门县和五台山",
        "三个月以上经历",
    ],
)
def test_dates_ranks_names_and_idioms_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_spans_give_the_words_back() -> None:
    text = "到2025年，覆盖率不低于95%。"
    found = only(text)
    assert found.span.of(text) == "不低于95%"
    assert found.number.of(text) == "95%"


def test_the_longest_comparator_counts() -> None:
    assert only("不超过15厘米").comparator == "<="
    assert only("超过15厘米").comparator == ">="


def test_a_comparator_may_stand_with_the_whole() -> None:
    assert comparator_in("不少于总课时的") == ">="
    assert comparator_in("总课时的") is None


def test_a_stretch_of_the_text_may_be_read_alone() -> None:
    text = "招生300人，培训500人"
    assert [found.value for found in quantities(text, Span(7, len(text)))] == [500]


@settings(max_examples=60)
@given(st.text(alphabet="0123456789,.%万亿个所年月日-:至到约不超过以上“”（）三 ，。\n", max_size=60))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    found = quantities(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(0 <= one.span.start <= one.number.start < one.number.end <= one.span.end <= len(text) for one in found)


@settings(max_examples=40)
@given(st.integers(min_value=1, max_value=999999), st.sampled_from(["个", "所", "万元", "%", "人次", "公里"]))
def test_a_count_survives_any_comparator_around_it(number: int, unit: str) -> None:
    for before, after, sign in (("", "以上", ">="), ("不低于", "", ">="), ("不超过", "", "<="), ("约", "", "~")):
        found = only(f"达标的有{before}{number}{unit}{after}")
        assert (found.value, found.unit, found.comparator) == (number, unit, sign)


def test_years_without_end_take_linear_time() -> None:
    start = perf_counter()
    assert quantities("2025-" * 16000) == []
    assert perf_counter() - start < 5


@pytest.mark.parametrize(("text", "value"), [("金额达1305.47万元", 1305.47), ("占地2020.5亩", 2020.5)])
def test_an_amount_with_four_digits_and_decimals_is_no_date(text: str, value: float) -> None:
    assert only(text).value == value
