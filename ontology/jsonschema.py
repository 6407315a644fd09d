"""The ontology as one JSON Schema, made from the registry."""

from pydantic.json_schema import models_json_schema

from ontology import registry
from ontology.values import Origin

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{model}"
_OFFSET = {"type": "integer", "minimum": 0}
_EVIDENCE = {
    "type": "array",
    "items": {
        "type": "object",
        "description": "Code points of a document's text: `start` to `end` the statement, `context` what completes it",
        "properties": {
            "document": {"type": "string"},
            "passage": {"type": "string"},
            "start": _OFFSET,
            "end": _OFFSET,
            "context": {"type": "array", "items": {"type": "array", "items": _OFFSET, "minItems": 2, "maxItems": 2}},
        },
        "required": ["document", "start", "end"],
    },
}


def json_schema() -> dict[str, object]:
    """JSON Schema (2020-12) of a graph in node-link form: its nodes fit a class, its edges a relation.

    `$defs` has the properties of each class under its label, `edge:TYPE` each relation, and the value lists. What JSON
    Schema can't say stands beside it: `x-labels` (the class's line, the root first), `x-ends` (permitted pairs of
    classes), `x-discriminator` and `x-symmetric`.
    """
    nodes = [label for label in registry.class_names() if not registry.class_of(label).is_abstract]
    definitions = _property_models()
    definitions.update({f"node:{label}": _node(label) for label in nodes})
    definitions.update({f"edge:{type_}": _edge(type_) for type_ in registry.relation_types()})
    return {
        "$schema": DIALECT,
        "title": "policygraph",
        "description": "A graph of policies, goals, measures and actors in node-link form",
        "type": "object",
        "properties": {
            "nodes": _list_of([f"node:{label}" for label in nodes]),
            "edges": _list_of([f"edge:{type_}" for type_ in registry.relation_types()]),
        },
        "required": ["nodes", "edges"],
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _property_models() -> dict[str, dict[str, object]]:
    """Definitions of the properties of classes and relations and of their value lists; all may say an origin."""
    classes = [registry.class_of(label) for label in registry.class_names()]
    links = [registry.relation_of(type_).properties for type_ in registry.relation_types()]
    models = dict.fromkeys([*classes, *links])
    _, schema = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    definitions: dict[str, dict[str, object]] = schema["$defs"]
    definitions["Origin"] = {
        "title": "Origin",
        "description": Origin.__doc__,
        "type": "string",
        "enum": [origin.value for origin in Origin],
    }
    for model in models:
        properties = definitions[model.__name__]["properties"]
        assert isinstance(properties, dict)
        properties["origin"] = _ref("Origin")
    return definitions


def _node(label: str) -> dict[str, object]:
    line = list(registry.line_of(label))
    return {
        "description": registry.class_of(label).__doc__,
        "type": "object",
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "labels": {"const": line},
            "properties": _ref(label),
            "evidence": _EVIDENCE,
        },
        "required": ["id", "labels", "properties"],
        "x-labels": line,
    }


def _edge(type_: str) -> dict[str, object]:
    relation = registry.relation_of(type_)
    return {
        "description": relation.definition,
        "type": "object",
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "type": {"const": type_},
            "source": {"type": "string", "minLength": 1},
            "target": {"type": "string", "minLength": 1},
            "properties": _ref(relation.properties.__name__),
            "evidence": _EVIDENCE,
        },
        "required": ["id", "type", "source", "target", "properties"],
        "x-ends": [[source.__name__, target.__name__] for source, target in relation.ends],
        "x-discriminator": list(relation.discriminator),
        "x-symmetric": relation.is_symmetric,
    }


def _list_of(names: list[str]) -> dict[str, object]:
    return {"type": "array", "items": {"oneOf": [_ref(name) for name in names]}}


def _ref(name: str) -> dict[str, object]:
    return {"$ref": _REF.format(model=name)}
