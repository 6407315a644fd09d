"""The JSON Schema says what the registry says."""

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ontology import registry
from ontology.jsonschema import json_schema

GRAPH: dict[str, list[dict[str, Any]]] = {
    "nodes": [
        {
            "id": "policy:1",
            "labels": ["Policy"],
            "properties": {"name": "规划", "origin": "document", "review": "unreviewed"},
            "evidence": [{"document": "document:1", "passage": "passage:1", "start": 0, "end": 2, "context": [[3, 5]]}],
        },
        {"id": "place:1", "labels": ["Region", "City"], "properties": {"name": "云州市", "level": "prefecture"}},
    ],
    "edges": [
        {
            "id": "edge:1",
            "type": "APPLIES_TO",
            "source": "policy:1",
            "target": "place:1",
            "properties": {},
            "evidence": [],
        }
    ],
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_graph_in_node_link_form_fits(validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors(GRAPH)) == []


@pytest.mark.parametrize(
    ("list_", "position", "change"),
    [
        ("nodes", 0, {"labels": ["Plan"]}),
        ("nodes", 1, {"labels": ["City"]}),
        ("nodes", 1, {"properties": {"name": "云州市", "level": "big"}}),
        ("nodes", 0, {"properties": {"name": "规划", "colour": "red"}}),
        ("nodes", 0, {"evidence": [{"document": "document:1", "start": -1, "end": 2}]}),
        ("edges", 0, {"type": "LIKES"}),
        ("edges", 0, {"properties": {"role": "lead"}}),
    ],
)
def test_what_the_ontology_does_not_allow_does_not_fit(
    validator: Draft202012Validator, list_: str, position: int, change: dict[str, object]
) -> None:
    graph = copy.deepcopy(GRAPH)
    graph[list_][position].update(change)
    assert list(validator.iter_errors(graph))


def test_every_class_and_relation_has_a_definition() -> None:
    definitions = json_schema()["$defs"]
    assert isinstance(definitions, dict)
    assert {*registry.class_names(), *(f"edge:{type_}" for type_ in registry.relation_types())} <= definitions.keys()
    assert definitions["edge:INVOLVES"]["x-discriminator"] == ["role"]
    assert definitions["edge:PARTNERS_WITH"]["x-symmetric"] is True
