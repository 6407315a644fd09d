"""What a name of a place stands for, by the register and the document's own place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract.places import full_place, place_at_head
from loaders.names.divisions import Division, divisions, short_form
from loaders.resolve.places import CHINA, Place, Places

WENZHOU = Places(None).find("温州市")
HERE = Places(WENZHOU)


def chain(place: Place | None) -> list[str]:
    assert place is not None
    return [above.name for above in place.above]


def test_a_short_form_is_the_registered_place_with_its_code_and_parents() -> None:
    found = Places(None).find("温州")
    assert found is not None
    assert (found.name, found.level, found.code, found.label) == ("温州市", "prefecture", "330300", "City")
    assert chain(found) == ["浙江省", "中国"]
    assert found.id == "place:330300"


@pytest.mark.parametrize(
    ("name", "full", "level", "label"),
    [
        ("浙江", "浙江省", "province", "Region"),
        ("上海", "上海市", "province", "City"),
        ("内蒙古", "内蒙古自治区", "province", "Region"),
        ("平阳", "平阳县", "county", "City"),
        ("德国", "德国", "foreign", "Region"),
        ("我国", "中国", "country", "Region"),
        ("长三角区域", "长三角", "area", "Region"),
        ("台州湾新区", "台州湾新区", "zone", "Region"),
        ("浙江省温州市鹿城区", "鹿城区", "county", "City"),
        ("台湾地区", "台湾省", "province", "Region"),
    ],
)
def test_names_of_every_level_are_told(name: str, full: str, level: str, label: str) -> None:
    found = HERE.find(name)
    assert found is not None
    assert (found.name, found.level, found.label) == (full, level, label)


def test_a_name_of_several_counties_is_that_of_the_home() -> None:
    gulou = Places(Places(None).find("福州市")).find("鼓楼区")
    assert gulou is not None
    assert gulou.code == "350102"


def test_a_name_of_several_counties_elsewhere_has_no_code() -> None:
    gulou = HERE.find("鼓楼区")
    assert gulou is not None
    assert gulou.code is None


def test_a_zone_lies_in_the_place_in_its_name() -> None:
    assert chain(HERE.find("台州湾新区")) == ["台州市", "浙江省", "中国"]
    assert chain(HERE.find("海棠湾高新技术产业开发区")) == ["温州市", "浙江省", "中国"]


@pytest.mark.parametrize("name", ["老城区", "城区", "山区", "市辖区", "沿海地区", "中心城区"])
def test_kinds_of_places_are_no_places(name: str) -> None:
    assert HERE.find(name) is None


def test_a_place_that_the_register_lacks_is_known_by_its_ending() -> None:
    here = Places(Places(None, ["江北省"]).find("江北省"), ["云州市", "江北省"])
    yunzhou = here.find("云州")
    assert yunzhou is not None
    assert (yunzhou.name, yunzhou.level) == ("云州市", "prefecture")
    assert chain(yunzhou)[0] == "江北省"


def test_the_innermost_place_leads_a_longer_name() -> None:
    head = HERE.leading("杭州市西湖区教育局")
    assert head is not None
    assert (head[0].name, head[1]) == ("西湖区", 6)
    assert HERE.leading("东方学院") is None


@given(st.sampled_from(list(divisions())))
def test_every_division_lies_in_its_province_and_in_the_country(division: Division) -> None:
    place = Places(None).registered(division.name)
    if place is not None:
        assert place.above[-1] is CHINA
        assert place.level == "province" or place.at("province") is not None


@given(st.sampled_from(list(divisions())))
def test_a_short_form_is_the_beginning_of_its_name(division: Division) -> None:
    name = division.name
    short = short_form(name)
    assert short is None or name.startswith(short)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("江西农业大学", "江西省"),
        ("江西湖口县教育局", "湖口县"),
        ("湖南湖口集团", "湖南省"),
        ("鄱阳县政府", "鄱阳县"),
        ("恩施州人民政府", "恩施土家族苗族自治州"),
    ],
)
def test_a_longer_name_begins_with_a_place(name: str, head: str) -> None:
    found = Places(Places(None).find("江西省")).leading(name)
    assert found is not None
    assert found[0].name == head


def test_a_lake_is_not_the_county_whose_short_form_it_begins_with() -> None:
    found = Places(Places(None).find("江西省")).leading("鄱阳湖保护区管理局")
    assert found is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("浙江省温州市教育局", ("温州市", "municipal")),
        ("恩施州人民政府", ("恩施土家族苗族自治州", "municipal")),
        ("国务院办公厅", ("中国", "national")),
        ("云州市教育局", ("云州市", "municipal")),
        ("温州大学", None),
        ("市教育局", None),
    ],
)
def test_the_head_of_a_name_tells_place_and_level_of_policy(name: str, expected: tuple[str, str] | None) -> None:
    assert place_at_head(name) == expected


def test_a_rank_makes_a_bare_form_full() -> None:
    assert full_place("吉林", "省") == ("吉林省", "provincial")
    assert full_place("吉林", "市") == ("吉林市", "municipal")
    assert full_place("云州", "市") == ("云州市", "municipal")


def test_a_misprint_of_the_documents_own_place_is_no_other_place() -> None:
    home = Places(None).find("温州市")
    assert Places(home).find("温洲市") is None
    assert Places(home).find("云泽市") is not None
