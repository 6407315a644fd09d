"""What the columns of a table of indicators are: names, unit, baseline, targets, binding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.extract import figure_words
from loaders.extract.cell_values import binding_of, cell_values, is_nothing, is_unit
from loaders.extract.target_gate import Frame
from loaders.extract.years import plan_end
from loaders.text.model import Cell, Table
from loaders.text.numerals import whole_number

Role = Literal["number", "name", "unit", "baseline", "target", "growth", "binding", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `header` is its words, `year` the one that they name or imply.

    `is_year_read` says that the header names the year.
    """

    index: int
    role: Role
    header: str
    year: int | None = None
    is_year_read: bool = False


_YEARS = re.compile(r"((?:19|20)\d\d)")
_PLAN = re.compile(r"十([一二三四五六七八九])五")
_NUMBER = re.compile(r"^(?:序号|编号|序|#|No\.?)$", re.IGNORECASE)
_UNIT = re.compile(r"^(?:计量)?单位(?:名称)?$")
_BINDING = re.compile(r"属性|^(?:指标)?(?:性质|类型)$|约束性|预期性")
_BASELINE = re.compile(r"基数|基准|基期|基线|现状|完成|实际|实绩|现值|当前|目前|已有|底数|达到情况")
_TARGET = re.compile(r"目标|规划|计划|任务|预期|预计|力争|指标值|新增|合计|总计|到(?:20)?\d\d")
_GROWTH = re.compile(r"年均|增速|增幅|增长|累计|变化|变动|升降")
_OTHER = re.compile(r"责任|部门|单位$|备注|说明|完成率|来源|依据|牵头|内容|解释|主体|时限|进度|分工")
_NAME = re.compile(r"指标|名称|项目|类别|维度|领域|内容|分类|类型|方面|一级|二级|三级")


def columns(table: Table, frame: Frame) -> list[Column]:
    """The columns with their roles, as their headers, their cells and the period of the policy tell."""
    width = len(table.rows[0]) if table.rows else 0
    heads = [header_of(table, index) for index in range(width)]
    found = [_column(index, heads[index], table, frame) for index in range(width)]
    return _names_left_of_values(found)


def header_of(table: Table, index: int) -> str:
    """The words at the head of a column, those of all header rows, each once."""
    words: list[str] = []
    for row in table.rows[: table.header_rows]:
        text = re.sub(r"\s+", "", row[index].text)
        if text and text not in words:
            words.append(text)
    return " ".join(words)


def header_cells(table: Table, index: int) -> list[Cell]:
    """The cells at the head of a column."""
    return [row[index] for row in table.rows[: table.header_rows] if row[index].text]


def _column(index: int, header: str, table: Table, frame: Frame) -> Column:
    body = [row[index].text for row in table.rows[table.header_rows :]]
    filled = [text for text in body if not is_nothing(text)]
    if _NUMBER.match(header):
        return Column(index, "number", header)
    if filled and sum(binding_of(text) is not None for text in filled) * 2 > len(filled):
        return Column(index, "binding", header)
    if _UNIT.match(header) or (filled and header == "" and all(is_unit(text) for text in filled)):
        return Column(index, "unit", header)
    years = [int(year) for year in _YEARS.findall(header)]
    plan = _PLAN.search(header)
    if years or plan:
        return _dated(index, header, years=years, plan=plan[1] if plan else "", frame=frame)
    if _BINDING.search(header):
        return Column(index, "binding", header)
    return _undated(index, header, body=filled, frame=frame)


def _dated(index: int, header: str, *, years: Sequence[int], plan: str, frame: Frame) -> Column:
    ordinal = whole_number("十" + plan) if plan else None
    year = max(years) if years else plan_end(ordinal or 0)
    is_past = _is_past(header, year, frame)
    if _OTHER.search(header) and not _TARGET.search(header):
        return Column(index, "other", header)
    if _GROWTH.search(header) and not re.search(r"目标|^\D*20\d\d年?$", header):
        return Column(index, "growth", header, year, is_year_read=True)
    if is_past and re.search(r"目标|规划|计划|预期", header):
        return Column(index, "other", header)
    role: Role = (
        "baseline" if is_past or (_BASELINE.search(header) and not re.search(r"目标|预期", header)) else "target"
    )
    return Column(index, role, header, year, is_year_read=True)


def _is_past(header: str, year: int, frame: Frame) -> bool:
    """Whether a year lies behind: before a plan's first one; in a report every one up to its last."""
    if frame.is_report:
        return year <= frame.last if frame.last is not None else _TARGET.search(header) is None
    return frame.first is not None and year < frame.first


def _undated(index: int, header: str, *, body: Sequence[str], frame: Frame) -> Column:
    is_act = figure_words.starts_with_chain().match
    numeric = sum(bool(cell_values(text)) and is_act(text) is None for text in body)
    is_numeric = bool(body) and numeric * 2 > len(body)
    if _OTHER.search(header) and not _NAME.search(header):
        return Column(index, "other", header)
    if is_numeric and _BASELINE.search(header):
        return Column(index, "baseline", header, frame.first - 1 if frame.first else None)
    if is_numeric and _GROWTH.search(header) and not _NAME.search(header):
        return Column(index, "growth", header, frame.last)
    if is_numeric and _TARGET.search(header):
        return Column(index, "target", header, frame.last)
    return Column(index, "name" if not is_numeric else "other", header)


def _names_left_of_values(found: list[Column]) -> list[Column]:
    """Name columns stand left of the first column of values; text right of it (remarks) is none."""
    first = next((column.index for column in found if column.role in ("baseline", "target", "growth", "unit")), 0)
    return [
        Column(column.index, "other", column.header) if column.role == "name" and column.index > first else column
        for column in found
    ]
