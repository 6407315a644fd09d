"""Rows of cells as a grid: all rows of one length, header rows known, group cells carried down."""

import re
from collections import Counter
from collections.abc import Sequence

from loaders.text.model import Cell

Row = list[Cell]

EMPTY = Cell("", None)
"""A cell in which nothing stands; below a group cell it belongs to that group."""

_SPANNED = Cell("", None)
_VALUE = re.compile(
    r"\[?[≥≤<>＞＜≈±+\-–—~～约超]?\s?\d[\d.,，]*\s?(?:[%％‰万亿]|[:：/～~—–-]\s?\d[\d.,]*|以[上下内]|左右|，[≥≤<>]\d+)*\]?"
    r"|[/／—–\-]+|\d+\s?年.*"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?.*")
_UNIT = re.compile(r"[^\d\s]{1,8}|-|/")
_AFTER_VALUES = re.compile(r"备注|属性|责任|牵头|类型|说明")
_MOST_HEADER_ROWS = 4


def is_value(text: str) -> bool:
    """Whether a cell holds a value: a number, share, ratio, range or year, or a dash for none."""
    return _VALUE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a cell holds a year, with what it says of it (2025年目标)."""
    return _YEAR.fullmatch(text) is not None


def header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top name the columns, at least one: those before the first that holds values."""
    for index, row in enumerate(rows[:_MOST_HEADER_ROWS]):
        numbers = [cell for cell in row if is_value(cell.text) and not is_year(cell.text)]
        if len(numbers) >= 2 or (numbers and index):
            return max(1, index)
    return 1


def grid(rows: Sequence[Row], *, headers: int) -> list[Row]:
    """The rows in one length: cells that merging left out are filled in, group cells carried down.

    Columns are aligned from the right, because merged cells are missing on the left, between group and name.
    """
    width = max(map(len, rows), default=0)
    top = _header_block(rows[:headers], width)
    values = _value_columns(rows[headers:])
    filled = [
        _aligned(row, width, values=values, is_header=index < headers)
        for index, row in enumerate([*top, *rows[headers:]])
    ]
    _carry_groups(filled[headers:], groups=max(0, width - 1 - values) if values else 1)
    return filled


def _header_block(rows: Sequence[Row], width: int) -> list[Row]:
    """Header rows of full width where a cell of the first spans those of the second; else as they are."""
    if len(rows) != 2 or len(rows[0]) >= width:
        return list(rows)
    first, second = rows
    if len(second) == width:
        left = next((index for index, cell in enumerate(second) if cell.text), 0)
        right = next((index for index, cell in enumerate(reversed(second)) if cell.text), 0)
    else:
        spanning = len(first) + len(second) - width
        right = 1 if _AFTER_VALUES.search(first[-1].text) else 0
        left = len(first) - right - spanning
    spans = first[left : len(first) - right]
    below = width - left - right
    if not spans or left < 0 or below % len(spans):
        return list(rows)
    each = below // len(spans)
    upper = [*first[:left], *(cell for cell in spans for _ in range(each)), *first[len(first) - right :]]
    names = second[left : width - right] if len(second) == width else second
    return [upper, [*first[:left], *names, *first[len(first) - right :]]]


def _value_columns(rows: Sequence[Row]) -> int:
    """How many columns stand to the right of the column with the row's name, in most rows."""
    counts: Counter[int] = Counter()
    for row in rows:
        values = (index for index, cell in enumerate(row) if index and is_value(cell.text))
        first = next((index for index in values if not _is_serial(row, index)), None)
        if first is None:
            continue
        name = first - 1
        if name >= 1 and _UNIT.fullmatch(row[name].text) and len(row[name].text) < len(row[name - 1].text):
            name -= 1
        counts[len(row) - 1 - name] += 1
    return counts.most_common(1)[0][0] if counts else 0


def _is_serial(row: Row, index: int) -> bool:
    """Whether the number there counts the rows: a name follows, and only then the values."""
    following = row[index + 1 :]
    is_named = bool(following) and following[0].text != "" and not is_value(following[0].text)
    return row[index].text.isdecimal() and is_named and any(is_value(cell.text) for cell in following)


def _aligned(row: Row, width: int, *, values: int, is_header: bool) -> Row:
    missing = width - len(row)
    if not missing:
        return list(row)
    if not values:
        return [*row, *[EMPTY] * missing]
    if len(row) <= values:
        return [*[EMPTY] * missing, *row]
    name = len(row) - 1 - values
    spanned = row[name] if is_header or name == 0 else _SPANNED
    return [*row[:name], *[spanned] * missing, *row[name:]]


def _carry_groups(rows: Sequence[Row], *, groups: int) -> None:
    """Empty cells left of the row's name take the group above them, but not across a new group to their left."""
    carried = [EMPTY] * groups
    for row in rows:
        for column in range(groups):
            cell = row[column]
            if cell.text and not cell.text.isdecimal():
                carried[column:] = [EMPTY] * (groups - column)
            if cell.text:
                carried[column] = cell
            elif cell is EMPTY:
                row[column] = carried[column]
