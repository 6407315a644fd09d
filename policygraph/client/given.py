"""What a caller gives, as the parameters of a question: the same that the HTTP route takes, held to the same limits."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_origin

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api.parameters import Word
from graph.errors import RefusedInput, UnknownParameter
from graph.nearest import hint

P = TypeVar("P", bound=BaseModel)
_TEXT: TypeAdapter[str] = TypeAdapter(Annotated[Word, Field(min_length=1)])
_NOT_ASKED = ("as_", "cursor", "format", "without_text", "table", "fields")
"""Parameters that say how an answer is sent, not what is asked."""


def parameters_of(model: type[P], question: str, given: Mapping[str, Any]) -> P:
    """The parameters of a question; one value stands for a list of one, None for what is not given.

    Raises UnknownParameter for a name that the question does not have, with the nearest that it has, RefusedInput for
    a value that it does not take.
    """
    names = {field.alias or name: field for name, field in model.model_fields.items() if name not in _NOT_ASKED}
    for name in given:
        if name not in names:
            raise UnknownParameter(f"{question} takes no “{name}”; {hint(name, names)}")
    lists = {name for name, field in names.items() if get_origin(field.annotation) is tuple}
    values = {name: _several(value) if name in lists else value for name, value in given.items() if value is not None}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise RefusedInput(f"{question}: {one_line(error)}") from error


def id_or_name(question: str, given: object) -> str:
    """The text that names what a question is about; raises RefusedInput for what can't be one."""
    try:
        return _TEXT.validate_python(given)
    except ValidationError as error:
        raise RefusedInput(f"{question}: {one_line(error)}") from error


def one_of(words: type[StrEnum], given: str, name: str) -> str:
    """The word that is given, if it is one of these; else RefusedInput that names them."""
    if given not in tuple(words):
        raise RefusedInput(f"{name}: “{given}” is none of {', '.join(words)}")
    return str(given)


def one_line(error: ValidationError) -> str:
    """What is wrong with which parameter, as one line."""
    places = ((".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors(include_url=False))
    return "; ".join(f"{place}: {message}" if place else message for place, message in places)


def _several(value: object) -> Sequence[object]:
    values = [value] if isinstance(value, str) or not isinstance(value, Sequence) else value
    return [str(one) if isinstance(one, int) else one for one in values]
