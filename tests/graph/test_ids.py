"""Laws of ids: same input same id, different parts different ids."""

from hypothesis import given
from hypothesis import strategies as st

from graph import ids

PARTS = st.lists(st.text(max_size=4), max_size=5).map(tuple)


@given(PARTS, PARTS)
def test_digests_are_equal_just_when_the_parts_are(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    assert (ids.digest(*a) == ids.digest(*b)) == (a == b)


def test_where_parts_end_matters() -> None:
    assert ids.digest("ab", "c") != ids.digest("a", "bc")
    assert ids.digest("a") != ids.digest("a", "")


def test_lone_surrogates_have_an_id_too() -> None:
    assert ids.digest("\ud800") != ids.digest("\ud801")


def test_names_that_differ_in_width_script_or_spaces_have_one_id() -> None:
    assert ids.organization_id("雲州職業技術學院") == ids.organization_id("云州 职业技术学院")
    assert ids.organization_id("ＡＢＣ公司") == ids.organization_id("abc公司")


def test_names_of_punctuation_only_keep_apart() -> None:
    assert ids.policy_id("？？") != ids.policy_id("！！")


def test_a_scope_tells_relative_names_apart() -> None:
    assert ids.organization_id("教务处", scope="policy:1") != ids.organization_id("教务处", scope="policy:2")
    assert ids.policy_id("学校章程", scope="policy:1") != ids.policy_id("学校章程")


def test_a_place_goes_by_its_code_else_by_name_and_parent() -> None:
    assert ids.place_id("云州市", code="330300") == "place:330300"
    assert ids.place_id("新城区", parent="place:1") != ids.place_id("新城区", parent="place:2")


def test_a_goal_stated_in_text_and_table_is_one() -> None:
    stated = {"indicator": "双师型教师占比", "comparator": ">=", "year": 2027}
    text = ids.goal_id("policy:1", value=60, unit="%", **stated)  # type: ignore[arg-type]
    table = ids.goal_id("policy:1", value=60.0, unit="％", **stated)  # type: ignore[arg-type]
    assert text == table


def test_every_part_of_a_goal_counts() -> None:
    def made(**other: object) -> str:
        parts = {"indicator": "占比", "comparator": ">=", "value": 60, "value_max": None, "unit": "%", "year": 2027}
        return ids.goal_id("policy:1", **{**parts, **other})  # type: ignore[arg-type]

    others = [
        made(indicator="数量"),
        made(comparator="<="),
        made(value=61),
        made(value="60:1"),
        made(value_max=70),
        made(unit="人"),
        made(year=2028),
        made(year=None),
    ]
    assert len({made(), *others}) == len(others) + 1


def test_an_observation_knows_whose_it_is() -> None:
    figure = {"indicator": "就业率", "comparator": "=", "value": 98, "unit": "%", "year": 2025}
    assert ids.observation_id("policy:1", subject="organization:1", **figure) != ids.observation_id(  # type: ignore[arg-type]
        "policy:1",
        subject=None,
        **figure,  # type: ignore[arg-type]
    )


def test_measures_of_one_title_go_by_path_and_ordinal() -> None:
    made = {
        ids.measure_id("policy:1", ["总体要求", "人才"]),
        ids.measure_id("policy:1", ["人才"]),
        ids.measure_id("policy:1", ["人才"], 1),
        ids.measure_id("policy:2", ["人才"]),
    }
    assert len(made) == 4


def test_edges_go_by_ends_type_and_discriminator() -> None:
    made = {
        ids.edge_id("a:1", "INVOLVES", "b:1", "lead"),
        ids.edge_id("a:1", "INVOLVES", "b:1", "partner"),
        ids.edge_id("b:1", "INVOLVES", "a:1", "lead"),
        ids.edge_id("a:1", "ADVANCES", "b:1", "lead"),
    }
    assert len(made) == 4
