"""The reference page of the ontology in Markdown, made from the registry."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin

from pydantic import BaseModel

from ontology import registry, values
from ontology.classes import Thing
from ontology.relations import Link

_TYPE_NAMES: tuple[tuple[object, str], ...] = (
    (values.NumberOrRatio, "number or ratio"),
    (values.Number, "number"),
    (values.Year, "year"),
    (values.IsoDate, "date (`2021`, `2021-05`, `2021-05-25`)"),
    (values.DivisionCode, "six digits"),
    (values.Sha256, "SHA-256 in hex"),
    (values.Offset, "whole number from 0"),
    (values.Text, "text"),
    (str, "text"),
    (bool, "true or false"),
)


def reference() -> str:
    """The page: classes with their lines and properties, relations with their ends, value lists."""
    return "\n".join([*_head(), *_classes(), *_relations(), *_value_lists()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Ontology"
    yield ""
    yield "Made from the registry by `policygraph schema --format markdown`; a test holds it up to date."
    yield ""
    yield "A node carries all labels of its class's line. Every node and edge has besides an `origin`"
    yield "([Origin](#origin)), and evidence unless its origin does without."
    yield ""
    yield "Every class has:"
    yield ""
    yield from _table(Thing, Thing.model_fields)


def _classes() -> Iterator[str]:
    yield ""
    yield "## Classes"
    for label in registry.class_names():
        cls = registry.class_of(label)
        yield ""
        yield f"### {label}"
        yield ""
        yield cls.__doc__ or ""
        yield ""
        yield f"Line: {' > '.join(registry.line_of(label))}. Ids: `{cls.prefix}:…`.{_abstract(label)}"
        own = [name for name in cls.model_fields if name not in Thing.model_fields]
        if own:
            yield ""
            yield from _table(cls, own)


def _abstract(label: str) -> str:
    if not registry.class_of(label).is_abstract:
        return ""
    return f" Abstract: a node is {' or '.join(registry.descendants_of(label)[1:])}."


def _relations() -> Iterator[str]:
    yield ""
    yield "## Relations"
    yield ""
    yield "An edge may say `review` ([ReviewState](#reviewstate)), and what its relation lists."
    for type_ in registry.relation_types():
        relation = registry.relation_of(type_)
        yield ""
        yield f"### {type_}"
        yield ""
        yield f"{relation.definition[0].upper()}{relation.definition[1:]}."
        yield ""
        yield from (f"- {source.__name__} → {target.__name__}" for source, target in relation.ends)
        own = [name for name in relation.properties.model_fields if name not in Link.model_fields]
        if own:
            yield ""
            yield from _table(relation.properties, own)
        if relation.discriminator:
            told_apart = " or else ".join(f"`{name}`" for name in relation.discriminator)
            yield ""
            yield f"Edges between the same nodes are told apart by {told_apart}."


def _value_lists() -> Iterator[str]:
    yield ""
    yield "## Value lists"
    for enum in _enums():
        yield ""
        yield f"### {enum.__name__}"
        yield ""
        yield enum.__doc__ or ""
        yield ""
        yield ", ".join(f"`{member.value}`" for member in enum)


def _enums() -> list[type[StrEnum]]:
    """All value lists, by name."""
    found = (value for value in vars(values).values() if isinstance(value, type) and issubclass(value, StrEnum))
    return sorted((enum for enum in found if enum is not StrEnum), key=lambda enum: enum.__name__)


def _table(model: type[BaseModel], names: Iterable[str]) -> Iterator[str]:
    yield "| property | type | meaning |"
    yield "|---|---|---|"
    for name in names:
        field = model.model_fields[name]
        type_ = _type_name(field.annotation)
        meaning = field.description or _meaning_of(field.annotation)
        yield f"| `{name}` | {type_} | {meaning} |"


def _type_name(annotation: object) -> str:
    plain = _without_none(annotation)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return f"[{plain.__name__}](#{plain.__name__.lower()})"
    if get_origin(plain) is list:
        return f"list of {_type_name(get_args(plain)[0])}"
    return next(name for type_, name in _TYPE_NAMES if type_ == plain)


def _meaning_of(annotation: object) -> str:
    plain = _without_none(annotation)
    return (plain.__doc__ or "") if isinstance(plain, type) and issubclass(plain, StrEnum) else ""


def _without_none(annotation: object) -> object:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (arg for arg in get_args(annotation) if arg is not NoneType)
    return annotation
