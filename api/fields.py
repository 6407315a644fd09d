"""`fields=`: the members of an answer that are wanted, a dot leading inside: `policy.name,goal.properties.year`."""

from collections.abc import Sequence
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from graph.errors import UnknownParameter
from graph.nearest import hint

Wanted: TypeAlias = dict[Any, Any]
"""What pydantic takes for `include`: members, and of each either all or what is wanted in it."""
_EACH = "__all__"
_LIST = "items"


def names_in(fields: str) -> list[str]:
    """The names that are given, separated by commas."""
    return [name for part in fields.split(",") if (name := part.strip())]


def wanted_in(model: type[BaseModel], fields: str) -> Wanted | None:
    """What to include of an answer, None for all of it; of a list, members of its items, and all that stands around.

    Raises UnknownParameter for a member that there is not, with the nearest.
    """
    names = names_in(fields)
    if not names:
        return None
    if _LIST not in model.model_fields:
        return _tree(model, names)
    around: Wanted = {name: True for name in model.model_fields if name != _LIST}
    return {**around, _LIST: _inside(model.model_fields[_LIST].annotation, names, of=_LIST)}


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of the rows of a list, None for a list of values."""
    (inner,) = get_args(annotation)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def columns_in(head: Sequence[str], fields: str) -> list[int]:
    """Where in a table the wanted columns stand, all if none is named; raises UnknownParameter for another name."""
    names = names_in(fields)
    for name in names:
        if name not in head:
            raise UnknownParameter(f"fields: the table has no column “{name[:60]}”; {hint(name, head)}")
    return [head.index(name) for name in dict.fromkeys(names)] or list(range(len(head)))


def _tree(model: type[BaseModel], paths: Sequence[str]) -> Wanted:
    inside: dict[str, list[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        if name not in model.model_fields:
            raise UnknownParameter(f"fields: there is no member “{path[:60]}”; {hint(name, model.model_fields)}")
        inside.setdefault(name, []).append(rest)
    return {
        name: True if "" in rests else _inside(model.model_fields[name].annotation, rests, of=name)
        for name, rests in inside.items()
    }


def _inside(annotation: Any, paths: Sequence[str], *, of: str) -> Wanted:
    """What is wanted of a member that holds a model, several in a list, or properties by their names."""
    for one in get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,):
        if get_origin(one) is list:
            return {_EACH: _inside(get_args(one)[0], paths, of=of)}
        if get_origin(one) is dict:
            return dict.fromkeys(paths, True)
        if isinstance(one, type) and issubclass(one, BaseModel):
            return _tree(one, paths)
    raise UnknownParameter(f"fields: “{of}.{paths[0][:60]}” leads into a value; end it at {of}")
