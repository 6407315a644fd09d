"""JSON -> sheets: a list of rows, or nodes and edges as `export --format json` writes them."""

import json
from collections.abc import Mapping, Sequence

from graph.errors import RefusedInput
from loaders.readers.files import decode
from loaders.tables.sheets import Cell, Sheet, sheet_of

_PARTS = ("nodes", "edges")
_SHAPE = "give a list of rows, or an object with the lists “nodes” and “edges”"
_LABELS, _PROPERTIES = "labels", "properties"


def read_json(data: bytes, *, name: str) -> list[Sheet]:
    """The sheets of a JSON file: one a list; the members of `properties` count as columns of their own.

    The most specific of several `labels` is the class. Raises RefusedInput for what is no JSON or has another shape.
    """
    try:
        content = json.loads(decode(data, name=name), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise RefusedInput(f"{name}: nested too deeply; {_SHAPE}") from error
    except ValueError as error:
        raise RefusedInput(f"{name}: no proper JSON ({error}); mend the file") from error
    if isinstance(content, list):
        return [_sheet("", content, name)]
    if not isinstance(content, dict) or not content or not content.keys() <= set(_PARTS):
        raise RefusedInput(f"{name}: no table; {_SHAPE}")
    return [_sheet(part, content[part], name) for part in _PARTS if part in content]


def _sheet(part: str, rows: object, name: str) -> Sheet:
    if not isinstance(rows, list):
        raise RefusedInput(f"{name}: no table; {_SHAPE}")
    flat = [_flat(row, f"{name}, {part or 'row'} {number}") for number, row in enumerate(rows, 1)]
    head = list(dict.fromkeys(column for row in flat for column in row))
    lines = ([_cell(row.get(column)) for column in head] for row in flat)
    return sheet_of(part, lines, file=name, head=head)


def _flat(row: object, place: str) -> dict[str, object]:
    if not isinstance(row, dict):
        raise RefusedInput(f"{place}: no object; every row is an object with a value a column")
    cells = {column: value for column, value in row.items() if column not in (_LABELS, _PROPERTIES)}
    labels, properties = row.get(_LABELS), row.get(_PROPERTIES, {})
    if isinstance(labels, list) and labels:
        cells["class"] = labels[-1]
    if not isinstance(properties, Mapping) or properties.keys() & cells.keys():
        raise RefusedInput(f"{place}: “properties” is no object, or repeats a column that stands beside it")
    return {**cells, **properties}


def _cell(value: object) -> Cell:
    if value is None:
        return Cell("")
    return Cell(value if isinstance(value, str) else _text(value))


def _text(value: object) -> str:
    is_empty = isinstance(value, Sequence | Mapping) and not value
    return "" if is_empty else json.dumps(value, ensure_ascii=False)


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
