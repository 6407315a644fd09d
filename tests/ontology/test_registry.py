"""The registry: lines of classes, permitted ends, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology import registry
from ontology.classes import CLASSES, Goal, Policy
from ontology.relations import RELATIONS, Involvement


def test_a_city_is_also_a_region() -> None:
    assert registry.line_of("City") == ("Region", "City")
    assert registry.root_of("City") == "Region"
    assert registry.descendants_of("Region") == ("Region", "City")


@pytest.mark.parametrize("label", registry.class_names())
def test_a_line_starts_at_the_root_and_ends_at_the_class(label: str) -> None:
    line = registry.line_of(label)
    assert line[0] == registry.root_of(label)
    assert line[-1] == label
    assert all(label in registry.descendants_of(above) for above in line)


def test_only_organization_is_abstract() -> None:
    assert [cls.__name__ for cls in CLASSES if cls.is_abstract] == ["Organization"]


@pytest.mark.parametrize("label", [cls.__name__ for cls in CLASSES if not cls.is_abstract])
def test_a_node_needs_no_more_than_a_name(label: str) -> None:
    assert registry.node_faults(label, {"name": "云州市"}) == []


def test_a_node_of_an_abstract_class_is_refused() -> None:
    assert registry.node_faults("Organization", {"name": "云州市教育局"}) == [
        "Organization is abstract; say which of Institution, Enterprise it is"
    ]


def test_an_unknown_class_is_refused_with_the_classes_that_there_are() -> None:
    (fault,) = registry.node_faults("Town", {"name": "云州市"})
    assert fault.startswith("there is no class Town; the classes are Policy,")


def test_every_fault_of_a_node_is_named() -> None:
    faults = registry.node_faults("Goal", {"name": "", "year": 20255, "colour": "red", "comparator": ">"})
    assert {fault.split(":")[0] for fault in faults} == {"name", "year", "colour", "comparator"}


def test_an_involvement_needs_a_known_role() -> None:
    assert registry.edge_faults("INVOLVES", {"role": "lead"}) == []
    assert registry.edge_faults("INVOLVES", {})[0].startswith("role:")
    assert registry.edge_faults("INVOLVES", {"role": "chief"})[0].startswith("role:")


def test_an_unknown_relation_is_refused() -> None:
    assert registry.edge_faults("LIKES", {})[0].startswith("there is no relation LIKES;")


@pytest.mark.parametrize(
    ("type_", "source", "target", "is_permitted"),
    [
        ("INVOLVES", "Measure", "Enterprise", True),
        ("INVOLVES", "Measure", "City", True),
        ("INVOLVES", "Policy", "Enterprise", False),
        ("PART_OF", "Policy", "Document", True),
        ("PART_OF", "Document", "Policy", False),
        ("PARTNERS_WITH", "City", "Institution", True),
        ("SETS", "Policy", "Indicator", False),
    ],
)
def test_relations_join_only_their_classes(type_: str, source: str, target: str, is_permitted: bool) -> None:
    assert registry.may_join(type_, source, target) is is_permitted


def test_only_partnerships_are_read_undirected() -> None:
    assert [relation.type for relation in RELATIONS if relation.is_symmetric] == ["PARTNERS_WITH"]


@given(st.integers(-(2**52), 2**52))
def test_a_whole_number_has_one_form(number: int) -> None:
    whole = registry.canonical(Goal, {"name": "x", "value": number})
    assert registry.canonical(Goal, {"name": "x", "value": float(number)}) == whole
    assert isinstance(whole["value"], int)


@pytest.mark.parametrize("value", [True, float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValidationError):
        registry.canonical(Goal, {"name": "x", "value_max": value})


def test_a_canonical_form_is_sorted_and_leaves_out_what_is_not_said() -> None:
    given_ = {"title": "规划", "name": "规划", "kind": "plan", "doc_number": None}
    assert list(registry.canonical(Policy, given_)) == ["kind", "name", "title"]


@pytest.mark.parametrize("date", ["2021", "2021-05", "2021-05-25"])
def test_a_date_keeps_the_precision_of_the_text(date: str) -> None:
    assert registry.canonical(Policy, {"name": "规划", "issued_on": date})["issued_on"] == date


@pytest.mark.parametrize("date", ["2021-13", "2021-02-30", "May 2021", "21", "2021年5月"])
def test_what_is_no_date_is_refused(date: str) -> None:
    assert registry.node_faults("Policy", {"name": "规划", "issued_on": date})


def test_an_enumeration_becomes_its_text() -> None:
    assert registry.canonical(Involvement, {"role": "lead"}) == {"role": "lead"}
