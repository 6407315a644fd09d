"""The registry: every class and relation by name, and the check of a fact against them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from ontology.classes import CLASSES, Thing
from ontology.relations import RELATIONS, Relation

NO_VALUE = ""
"""What a review says of a property that is to have no value, whatever others say; no property has an empty text."""
_CLASSES: dict[str, type[Thing]] = {cls.__name__: cls for cls in CLASSES}
_RELATIONS: dict[str, Relation] = {relation.type: relation for relation in RELATIONS}


def class_of(label: str) -> type[Thing]:
    """The class with this label; raises KeyError if there is none."""
    return _CLASSES[label]


def relation_of(type_: str) -> Relation:
    """The relation of this type; raises KeyError if there is none."""
    return _RELATIONS[type_]


def class_names() -> tuple[str, ...]:
    """All labels, a superclass before its subclasses."""
    return tuple(_CLASSES)


def relation_types() -> tuple[str, ...]:
    """All relation types, in the order of the definition."""
    return tuple(_RELATIONS)


@cache
def line_of(label: str) -> tuple[str, ...]:
    """The labels that a node of this class carries, the root first: City -> (Region, City)."""
    ancestors = (cls for cls in _CLASSES[label].__mro__ if issubclass(cls, Thing) and cls is not Thing)
    return tuple(cls.__name__ for cls in ancestors)[::-1]


@cache
def descendants_of(label: str) -> tuple[str, ...]:
    """The class itself and its subclasses: Organization -> (Organization, Institution, Enterprise)."""
    root = _CLASSES[label]
    return tuple(name for name, cls in _CLASSES.items() if issubclass(cls, root))


@cache
def root_of(label: str) -> str:
    """The root class that ids are prefixed by: Enterprise -> Organization."""
    return line_of(label)[0]


@cache
def may_join(type_: str, source: str, target: str) -> bool:
    """Whether the relation may lead from a node of class `source` to one of class `target`."""
    cls_source, cls_target = _CLASSES[source], _CLASSES[target]
    return any(issubclass(cls_source, a) and issubclass(cls_target, b) for a, b in _RELATIONS[type_].ends)


def node_faults(label: str, properties: Mapping[str, object]) -> list[str]:
    """What is wrong with a node of this class, a line a fault; [] if nothing is."""
    cls = _CLASSES.get(label)
    if cls is None:
        return [f"there is no class {label}; the classes are {', '.join(_CLASSES)}"]
    if cls.is_abstract:
        return [f"{label} is abstract; say which of {', '.join(descendants_of(label)[1:])} it is"]
    return _faults(cls, properties)


def edge_faults(type_: str, properties: Mapping[str, object]) -> list[str]:
    """What is wrong with the properties of an edge of this type, a line a fault; [] if nothing is."""
    relation = _RELATIONS.get(type_)
    if relation is None:
        return [f"there is no relation {type_}; the relations are {', '.join(_RELATIONS)}"]
    return _faults(relation.properties, properties)


def canonical(model: type[BaseModel], properties: Mapping[str, object]) -> dict[str, object]:
    """The properties in canonical form: None left out, 60.0 as 60, enumerations as their text.

    Raises pydantic.ValidationError if the ontology does not allow them.
    """
    if not properties and _may_be_empty(model):
        return {}
    # Called without pydantic's methods around them, which take as long again: a document has a thousand claims.
    checked = model.__pydantic_validator__.validate_python(dict(properties))
    values = model.__pydantic_serializer__.to_python(checked, mode="json", exclude_none=True, exclude_unset=True)
    return {key: values[key] for key in sorted(values)}


@cache
def _may_be_empty(model: type[BaseModel]) -> bool:
    return not _faults(model, {})


@cache
def partial(model: type[BaseModel]) -> type[BaseModel]:
    """The model without what it demands: what may be said of a thing that others have described."""
    required = {name: field for name, field in model.model_fields.items() if field.is_required()}
    loosened: dict[str, Any] = {name: (field.rebuild_annotation() | None, None) for name, field in required.items()}
    return create_model(model.__name__, __base__=model, **loosened)


def canonical_part(model: type[BaseModel], properties: Mapping[str, object]) -> dict[str, object]:
    """What is said of a thing that others have described, in canonical form; `NO_VALUE` stays where no value is needed.

    Raises pydantic.ValidationError if the ontology does not allow it.
    """
    emptied = {name for name, value in properties.items() if value == NO_VALUE and _is_optional(model, name)}
    stated = canonical(partial(model), {name: properties[name] for name in properties.keys() - emptied})
    return {name: stated.get(name, NO_VALUE) for name in sorted({*stated, *emptied})}


def _is_optional(model: type[BaseModel], name: str) -> bool:
    return name in model.model_fields and not model.model_fields[name].is_required()


def _faults(model: type[BaseModel], properties: Mapping[str, object]) -> list[str]:
    try:
        model.model_validate(dict(properties))
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc'])) or 'value'}: {e['msg']}" for e in error.errors(include_url=False)]
    return []
