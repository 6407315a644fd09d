"""What a table cell says: a value, several labelled values, a unit, nothing."""

import re
from dataclasses import dataclass, replace
from functools import cache

from loaders.extract.lists import column
from loaders.extract.quantities import Quantity, quantities
from loaders.text.model import Span

_NOTHING = re.compile(r"[-—－–/／\\*·.…\s]*|无|暂无|无数据|不设")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BARE = re.compile(rf"(?P<low>{_NUMBER})(?:\s*[-—–~～－至]{{1,2}}\s*(?P<high>{_NUMBER}))?")
_RATIO = re.compile(r"\d+(?:\.\d+)?\s*[:：∶]\s*\d+(?:\.\d+)?")
_BRACKETED = re.compile(r"^[\[［【〔（(]\s*(?P<inside>[^\[\]［］【】〔〕（）()]+?)\s*[\]］】〕）)]$")
_LABELLED = re.compile(
    rf"(?P<label>[^\W\d_][^≥≤<>＜＞，；、\n\d]{{0,15}}?)[:：]?\s*(?P<value>(?:[≥≤<>＜＞]=?|不低于|不少于|不高于|达到?)?\s*{_NUMBER}\s*[%％]?(?:以上|以下|左右)?)(?=$|[，；、\n\s]|[^\W\d_])"
)
_SCALES = "万亿|千万|百万|十万|亿|万|千|百"
_BINDING = {
    "约束性": "约束性",
    "约束": "约束性",
    "约束性指标": "约束性",
    "预期性": "预期性",
    "预期": "预期性",
    "预期性指标": "预期性",
}


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value in a cell; `label` names whose it is where a cell has several, `is_total` says that it stood in [ ]."""

    quantity: Quantity
    label: str = ""
    is_total: bool = False


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no value: empty, /, —."""
    return _NOTHING.fullmatch(cell.strip()) is not None


def binding_of(cell: str) -> str | None:
    """约束性 or 预期性 where a cell says so."""
    return _BINDING.get(re.sub(r"\s", "", cell))


def cell_values(cell: str) -> list[CellValue]:
    """The values of a cell: one, or several with labels; [] where it has none or is no value cell.

    Spans in the quantities count from the start of the cell's text.
    """
    text = cell.strip()
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return [replace(value, is_total=True) for value in cell_values(bracketed["inside"])]
    single = _single(text)
    if single is not None:
        return [CellValue(single)]
    labelled = list(_LABELLED.finditer(text))
    covered = sum(len(match[0]) for match in labelled)
    if not labelled or covered < 0.8 * len(re.sub(r"[\s，；、]", "", text)):
        return []
    return [
        CellValue(value, label=match["label"].strip("：: "))
        for match in labelled
        if (value := _single(match["value"].strip())) is not None
    ]


def _single(text: str) -> Quantity | None:
    whole = Span(0, len(text))
    if _RATIO.fullmatch(text):
        return Quantity(whole, whole, re.sub(r"\s", "", text).replace("：", ":").replace("∶", ":"), "", "=")
    bare = _BARE.fullmatch(text)
    if bare:
        low = float(bare["low"].replace(",", ""))
        if bare["high"] is None:
            return Quantity(whole, whole, low, "", "=")
        high = float(bare["high"].replace(",", ""))
        return Quantity(whole, whole, min(low, high), "", "range", value_max=max(low, high))
    found = quantities(text)
    if len(found) == 1 and len(found[0].span.of(text)) >= len(text) - 2 and found[0].span.start <= 2:
        return found[0]
    return None


@cache
def _unit() -> re.Pattern[str]:
    known = "|".join(re.escape(unit) for unit in column("units", "unit"))
    part = rf"(?:{_SCALES})?(?:{known})"
    return re.compile(rf"(?:{part}|{_SCALES})(?:\s*[/／·]\s*(?:{part}|(?:{_SCALES})?[一-龥]{{1,4}}|(?:{_SCALES})))*")


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit: 万人次/年, %, 个."""
    return _unit().fullmatch(text.strip().replace("％", "%")) is not None


_NAME_END = re.compile(r"^(?P<name>.+?)\s*[（(]\s*(?:单位[:：])?(?P<unit>[^（）()]{1,12})\s*[）)]\s*$")


def unit_at_end(name: str) -> tuple[str, str]:
    """A name and the unit that stands in brackets at its end: 社会培训量（万人次/年） -> (社会培训量, 万人次/年)."""
    match = _NAME_END.match(name)
    if match and is_unit(match["unit"]):
        return match["name"], match["unit"].replace("％", "%").strip()
    comma = re.match(r"^(?P<name>.{2,}?)[，,/]\s*(?P<unit>[^，,/]{1,8})$", name)
    if comma and is_unit(comma["unit"]) and not comma["unit"].isascii():
        return comma["name"], comma["unit"]
    return name, ""
