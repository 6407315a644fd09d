"""Cells -> properties of a class or relation, and what is wrong with a cell: column, text, what is allowed."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from graph.door import REVIEWED
from graph.errors import RefusedInput
from graph.facts import Value
from ontology import registry

WORDS = frozenset({"text"})
"""Properties whose white space counts, since evidence counts their characters."""
DIVIDER = "|"
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LARGEST = 2**53  # larger whole numbers are not the same in every store and file
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SHOWN = 40


def properties_of(model: type[BaseModel], cells: Mapping[str, str], faults: list[str]) -> dict[str, Value]:
    """The properties that cells state, in canonical form; what is wrong is added to the faults, a line a column."""
    stated: dict[str, object] = {}
    for column, text in cells.items():
        try:
            stated[column] = _value(text, _types(model, column), is_words=column in WORDS)
        except RefusedInput as error:
            faults.append(f"column {column}: {error}")
    if faults:
        return {}
    try:
        return registry.canonical(model, stated)  # type: ignore[return-value]  # values of our models are Value
    except ValidationError as error:
        faults += [_line(model, cells, one) for one in error.errors(include_url=False)]
        return {}


def _line(model: type[BaseModel], cells: Mapping[str, str], fault: ErrorDetails) -> str:
    column = str(fault["loc"][0]) if fault["loc"] else "value"
    if fault["type"] == "extra_forbidden":
        return f"column {column}: it is not for rows of this kind, which may have {', '.join(_stated(model))}; empty it"
    if column not in cells:
        return f"column {column}: it is empty; every row of this kind has one"
    return f"column {column}: “{short(cells[column])}” is refused: {fault['msg'].removeprefix('Value error, ')}"


def _stated(model: type[BaseModel]) -> list[str]:
    return [name for name in model.model_fields if name != REVIEWED]


def text_list(text: str) -> list[str]:
    """The texts of a cell that holds several: JSON, or divided by |."""
    if not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(DIVIDER) if part.strip()]
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedInput(f'“{short(text)}” is no list; write A|B or ["A","B"]') from error
    if not isinstance(content, list) or not all(isinstance(part, str) for part in content):
        raise RefusedInput(f'“{short(text)}” is no list of texts; write A|B or ["A","B"]')
    return content


def number_of(text: str) -> int | float | None:
    """The number that a cell holds, None if it holds another text; 1,200 is a number, and full-width digits are.

    Raises RefusedInput for a percentage, whose unit belongs into a column of its own, and for what is too large.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.endswith(("%", "‰")):
        raise RefusedInput(f"“{short(text)}” holds its unit; write the number here and {plain[-1]} in the column unit")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain)
    if abs(number) > _LARGEST:
        raise RefusedInput(f"“{short(text)}” is too large; write it in a larger unit, such as 万 or 亿")
    return int(number) if number.is_integer() else number


def _value(text: str, types: frozenset[type], *, is_words: bool) -> object:
    if _CONTROL.search(text):
        raise RefusedInput("it holds control characters; delete them")
    if is_words:
        return text
    text = text.strip()
    if list in types:
        return text_list(text)
    if types & {int, float}:
        number = number_of(text)
        return text if number is None else number
    return text


@cache
def _types(model: type[BaseModel], name: str) -> frozenset[type]:
    """The plain types that a property may have; none of them for a property that the class lacks."""
    field = model.model_fields.get(name)
    return frozenset(_plain(field.annotation)) if field is not None else frozenset()


def _plain(annotation: Any) -> list[type]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [plain for part in get_args(annotation) for plain in _plain(part)]
    return [origin or annotation]


def short(text: str) -> str:
    """The text as messages show it."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
