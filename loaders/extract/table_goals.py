"""Goals from tables of indicators."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from loaders.extract.cell_values import CellValue, binding_of, cell_values, is_nothing, unit_at_end
from loaders.extract.records import GoalRecord
from loaders.extract.table_columns import Column, columns, header_cells
from loaders.extract.target_gate import Frame
from loaders.text.model import Cell, Table

Binding = Literal["约束性", "预期性"]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table with its columns by role, and how often each name stands in it."""

    table: Table
    frame: Frame
    roles: dict[str, list[Column]]
    names: Counter[str] = field(default_factory=Counter)

    def of(self, role: str) -> list[Column]:
        return self.roles.get(role, [])


@dataclass(frozen=True, slots=True)
class _Name:
    """What a row counts, in which unit, and the cells that say so."""

    indicator: str
    unit: str
    cells: tuple[Cell, ...]


_LEANS = re.compile(
    r"(?:其中|#).*|(?:国家|省|市|县|区|校)级?(?:以上)?|总(?:数|量|计|额)|合计|小计|数量|人数|面积|金额|比例|占比|新增|存量|(?:城镇|农村|城市|本科|专科|中职|高职|高中|初中|小学)"
)
_LEFT_OUT = re.compile(r"^(?:合计|小计|总计|注|备注|说明|其中)[:：]?$")
_ENUMERATOR = re.compile(
    r"^(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[）)]|[（(]?[一二三四五六七八九十]+[）)、])\s*"
)


def table_goals(table: Table, *, section: int, frame: Frame) -> list[GoalRecord]:
    """The goals of a table: for each row one a target year, with its baseline; [] if it is no table of targets."""
    by_role: dict[str, list[Column]] = {}
    for column in columns(table, frame):
        by_role.setdefault(column.role, []).append(column)
    layout = _Layout(table, frame, by_role, _names(table, by_role.get("name", [])))
    if not layout.of("name") or not (layout.of("target") or layout.of("growth")):
        return []
    rows = table.rows[table.header_rows :]
    return [record for row in rows for record in _of_row(layout, row, section)]


def _names(table: Table, found: Sequence[Column]) -> Counter[str]:
    if not found:
        return Counter()
    return Counter(row[found[-1].index].text for row in table.rows[table.header_rows :])


def _of_row(layout: _Layout, row: Sequence[Cell], section: int) -> Iterator[GoalRecord]:
    name = _name(layout, row)
    if name is None:
        return
    targets = [column for column in layout.of("target") if _has_value(row[column.index])]
    if not targets:
        targets = [column for column in layout.of("growth") if _has_value(row[column.index])]
    for column in targets:
        cell = row[column.index]
        for value in cell_values(cell.text):
            yield from _record(layout, row, name=name, column=column, value=value, section=section)


def _has_value(cell: Cell) -> bool:
    return cell.span is not None and bool(cell_values(cell.text))


def _name(layout: _Layout, row: Sequence[Cell]) -> _Name | None:
    cells = [row[column.index] for column in layout.of("name") if row[column.index].text]
    if not cells or is_nothing(cells[-1].text) or _LEFT_OUT.match(cells[-1].text):
        return None
    last = _clean(cells[-1].text)
    name, unit = unit_at_end(last)
    used = [cells[-1]]
    groups = [cell for cell in cells[:-1] if _clean(cell.text) != last]
    is_needed = layout.names[cells[-1].text] > 1 or _LEANS.fullmatch(name) is not None or len(name) < 3
    if groups and is_needed:
        group, group_unit = unit_at_end(_clean(groups[-1].text))
        name = _completed(group, re.sub(r"^(?:其中|#)[:：]?", "", name))
        unit = unit or group_unit
        used.insert(0, groups[-1])
    for column in layout.of("unit"):
        cell = row[column.index]
        if cell.text and not is_nothing(cell.text):
            unit = re.sub(r"\s", "", cell.text).replace("％", "%")
            used.append(cell)
    return _Name(name, unit, tuple(used))


def _completed(group: str, name: str) -> str:
    """A group with what a row adds to it: 国家级 + 教学名师 -> 国家级教学名师, 在校生 + 人数 -> 在校生人数."""
    if name in group:
        return group
    return name + group if name.endswith("级") else group + name


def _clean(text: str) -> str:
    return _ENUMERATOR.sub("", re.sub(r"\s+", "", text)).strip("*＊ ")


def _record(
    layout: _Layout, row: Sequence[Cell], *, name: _Name, column: Column, value: CellValue, section: int
) -> Iterator[GoalRecord]:
    cell = row[column.index]
    if cell.span is None:
        return
    heads = header_cells(layout.table, column.index)
    base = _baseline(layout, row, value.label)
    binding, bound_by = _binding(layout, row)
    context = [*name.cells, *heads, *base.cells, *bound_by]
    spans = {part.span for part in context if part.span is not None and part.span != cell.span}
    if layout.table.caption_span is not None and binding is not None and not bound_by:
        spans.add(layout.table.caption_span)
    indicator = f"{name.indicator}（{value.label}）" if value.label else name.indicator
    if column.role == "growth" and "年均" in column.header and "年均" not in indicator:
        indicator += re.sub(r"[（(].*", "", column.header.split(" ")[-1])
    inferred = [] if column.is_year_read or column.year is None else ["year"]
    if base.value is not None and base.year is not None and not base.is_year_read:
        inferred.append("baseline_year")
    yield GoalRecord(
        indicator=indicator,
        comparator=value.quantity.comparator,
        value=value.quantity.value,
        value_max=value.quantity.value_max,
        unit=_unit(name.unit, value, column),
        year=column.year,
        evidence=cell.span,
        section=section,
        context=tuple(sorted(spans)),
        inferred=tuple(inferred),
        rule="goal in table",
        baseline_value=base.value,
        baseline_year=base.year if base.value is not None else None,
        binding=binding,
        source="table",
    )


def _unit(unit: str, value: CellValue, column: Column) -> str:
    """The unit of the row, else that of the cell, else the one in brackets at the head of the column."""
    if is_nothing(unit):
        unit = ""
    if isinstance(value.quantity.value, str):
        return ""
    own = value.quantity.unit
    if own in ("万", "亿", "千") and unit:
        return own + unit
    if column.role == "growth":
        return own or unit_at_end(column.header)[1] or "%"
    return own if own and (not unit or own != unit) else unit or unit_at_end(column.header)[1]


@dataclass(frozen=True, slots=True)
class _Baseline:
    value: float | str | None = None
    year: int | None = None
    is_year_read: bool = False
    cells: tuple[Cell, ...] = ()


def _baseline(layout: _Layout, row: Sequence[Cell], label: str) -> _Baseline:
    for column in reversed(layout.of("baseline")):
        cell = row[column.index]
        found = [value for value in cell_values(cell.text) if value.label == label]
        if found and cell.span is not None:
            heads = tuple(header_cells(layout.table, column.index))
            return _Baseline(found[0].quantity.value, column.year, column.is_year_read, (cell, *heads))
    return _Baseline()


def _binding(layout: _Layout, row: Sequence[Cell]) -> tuple[Binding | None, tuple[Cell, ...]]:
    for column in layout.of("binding"):
        cell = row[column.index]
        found = binding_of(cell.text)
        if found is not None:
            return ("约束性" if found == "约束性" else "预期性"), (cell,)
    caption = layout.table.caption
    if "预期" in caption and "约束" not in caption:
        return "预期性", ()
    if "约束" in caption and "预期" not in caption:
        return "约束性", ()
    return None, ()
