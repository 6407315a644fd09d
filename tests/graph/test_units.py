"""Values with units as quantities in base units."""

import csv
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries.units import Quantity, are_comparable, number, quantity, unit_text
from ontology.values import UnitKind

UNITS = [
    row["unit"]
    for row in csv.DictReader(
        line
        for line in files("graph").joinpath("resources", "units.csv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
]
SCALES = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100}
amounts = st.integers(0, 10**9) | st.floats(0, 10**9).map(lambda value: round(value, 4))


def measured(value: object, unit: str | None = None, *, value_max: object = None, indicator: str = "") -> Quantity:
    found = quantity(value, unit, value_max=value_max, indicator=indicator)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((8, "万人"), (80000, "人")),
        ((1.2, "亿元"), (12000, "万元")),
        ((600, "‰"), (60, "%")),
        ((60, "％"), ("60", "%")),
        ((3, "亩"), (2000, "平方米")),
        ((5, "平方公里"), (500, "公顷")),
        ((2, "倍"), ("2:1", "")),
        ((2, "倍"), ("4：2", None)),
        ((10, "件/万人"), (1, "件/千人")),
        ((3, "万千瓦时"), (30, "兆瓦时")),
        ((1, "吨标准煤"), (1000, "千克标准煤")),
        ((3, "万"), (30000, "人")),
        ((12, "所"), (12, "个")),
    ],
)
def test_one_amount_is_the_same_however_it_is_written(
    one: tuple[float | str, str | None], other: tuple[float | str, str | None]
) -> None:
    first, second = measured(*one), measured(*other)
    assert (first.low, first.high) == (second.low, second.high)
    assert are_comparable(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((60, "%"), (2, "倍")),
        ((60, "%"), (5, "个百分点")),
        ((100, "万元"), (100, "万人")),
        ((100, "人"), (100, "人次")),
        ((100, "元"), (100, "美元")),
        ((1, "年"), (365, "天")),
        ((10, "件/万人"), (10, "件")),
        ((10, "万人"), (10, None)),
        ((10, "元"), (10, None)),
        ((10, "当量"), (10, "焦耳")),
    ],
)
def test_what_measures_different_things_is_not_comparable(
    one: tuple[float, str | None], other: tuple[float, str | None]
) -> None:
    assert not are_comparable(measured(*one), measured(*other))


def test_the_name_of_the_indicator_gives_the_denominator() -> None:
    stated, named = measured(17265.39, "元/生"), measured(1.5, "万元", indicator="生均仪器设备值")
    assert are_comparable(stated, named) and named.low == 15000
    assert unit_text(named) == "元/生" and named.kind is UnitKind.RATE
    assert measured(10, "件", indicator="每万人发明专利拥有量").low == measured(10, "件/万人").low


def test_a_year_may_be_missing_on_one_side() -> None:
    yearly = measured(12000, "元/年", indicator="生均拨款")
    assert are_comparable(yearly, measured(16792, "元", indicator="生均拨款")) and unit_text(yearly) == "元/生/年"


def test_a_number_without_unit_may_be_a_count_but_not_one_in_ten_thousands() -> None:
    assert are_comparable(measured(11524), measured(15000, "人"))
    assert not are_comparable(measured(1.1), measured(1.5, "万人"))


def test_a_ratio_without_unit_is_known_by_its_indicator() -> None:
    assert measured(18, "", indicator="生师比").kind is UnitKind.RATIO
    assert measured("1:18").low == Fraction(1, 18)


def test_a_range_has_two_ends_in_order() -> None:
    assert measured("1-9", "个").low == 1 and measured("1-9", "个").high == 9
    swapped = measured(5, "万人", value_max=3)
    assert swapped.low == 30000 and swapped.high == 50000


@pytest.mark.parametrize("value", [None, True, "", "不少于", "1:0", "60%以上", float("inf"), float("nan"), 10**40, [1]])
def test_what_is_no_number_is_no_quantity(value: object) -> None:
    assert quantity(value, "人") is None


def test_an_unknown_unit_is_its_own_base_and_may_be_scaled() -> None:
    assert measured(2, "万盆").low == 20000 and measured(2, "万盆").base == "盆"


@given(st.text(max_size=40), st.text(max_size=40), amounts)
def test_any_text_may_stand_as_a_unit(unit: str, indicator: str, value: float) -> None:
    found = measured(value, unit, indicator=indicator)
    assert are_comparable(found, found) and found.low == found.high


@given(amounts, st.sampled_from(UNITS), st.sampled_from(sorted(SCALES)))
def test_a_scale_multiplies(value: float, unit: str, scale: str) -> None:
    plain, scaled = measured(value, unit), measured(value, scale + unit)
    assert scaled.low == plain.low * SCALES[scale] and scaled.base == plain.base


@given(amounts, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_comparing_is_symmetric_and_keeps_order(value: float, unit: str, other: str) -> None:
    one, two = measured(value, unit), measured(value, other)
    assert are_comparable(one, two) == are_comparable(two, one)
    assert measured(value, unit).low <= measured(value + 1, unit).low


@given(st.integers(-(10**29), 10**29))
def test_a_whole_number_stays_whole(value: int) -> None:
    assert number(measured(value, "个").low) == value
