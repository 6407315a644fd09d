"""The concept that goals and observations of several policies share: an indicator without place or subject."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from loaders.extract.indicator_names import indicator_name, school_class
from loaders.extract.lists import column, rows
from ontology.values import Basis, UnitKind


@dataclass(frozen=True, slots=True)
class IndicatorConcept:
    """An indicator of its own: a readable `name`, and the `normal_form` that decides whether two are the same."""

    name: str
    normal_form: str
    unit: str
    unit_kind: UnitKind
    basis: Basis


_SCALE = re.compile(r"^(?:万亿|千万|百万|十万|亿|万|千|百)(?=.)")
_BRACKETS = re.compile(r"[（()）\[\]【】/／、，,·\-—:：]")
_NEW = re.compile(
    r"新增|新建|新开|新设|新认定|新引进|新培育|净增|增加|改扩建|迁建"
    r"|^新(?!生|型|能源|材料|兴|形态|产品|产业|技术|工艺|媒体|区|城|时代|质|农|华|闻|业态)"
)
_CUMULATIVE = re.compile(r"累计|累积|总共|合计")
_CHANGE = re.compile(r"(?:增长|增速|增幅|下降|降低|降幅|提高|减少|上升|递增)(?:率|幅度)?$")
_RISE = re.compile(r"(?:增速|增幅|增长率|增长幅度)$")
_FALL = re.compile(r"(?:降低|降幅|下降率|下降幅度|降低率|降低幅度)$")
_PER_PERSON = re.compile(r"^(?:\d*[万千百十]*(?:人口?|名)|\d+万|十万|\d*[万千百十]人口)$")
_AVERAGED = re.compile(r"[生人]均|每|单位")
_WORK_DONE = re.compile(r"^(治理|修复|改造|培训)(?!提升|率|到款|收入)(.{3,})$")
_LEVEL_LIST = re.compile(r"^((?:(?:国家|省|市|县|校)级?[、或和及与/])+(?:国家|省|市|县|校)级?)(?![、或和及与/]|以)")
_ALL_LEVELS = {"国家", "省", "市"}
_LEARNERS = re.compile(r"毕业生|就业率|在校生|学生|新生")
_SCHOOLS = frozenset({"高职", "中职", "中高职", "职校"})
_TOLD_APART = (UnitKind.SHARE, UnitKind.RATE, UnitKind.MONEY, UnitKind.AREA, UnitKind.TIME)
_OF_A_CLASS = (UnitKind.SHARE, UnitKind.RATE, UnitKind.RATIO, UnitKind.MONEY)
_PERSON_TIME = ("人日", "人天", "人时")
_SIZES = {
    UnitKind.AREA: re.compile(r"(?<=..)(?:面积|保有量)$"),
    UnitKind.TIME: re.compile(r"(?<=..)(?:时间|时限|用时)$"),
}


def indicator_concept(indicator: str, unit: str, *, subject: str = "") -> IndicatorConcept:
    """The concept of an indicator in a unit, in a document whose own body or place is `subject`.

    A function of the three alone, so that loading order never matters. The subject counts where it is a school: its
    graduates, students and means per student are those of its class of school (a city's plan has to name the class),
    and its share of some teachers is a share of all its full-time teachers.
    """
    unit = unicodedata.normalize("NFKC", unit).strip()
    kind = unit_kind(indicator, unit)
    school = school_class(subject)
    name = indicator_name(indicator, kind, unit=unit, school=school)
    base = _SCALE.sub("", unit)
    return IndicatorConcept(
        name, _normal_form(name, kind, unit=base, school=school), base or unit, kind, basis(indicator)
    )


def unit_kind(indicator: str, unit: str) -> UnitKind:
    """What a unit measures; % of a change is a rate, of anything else a share."""
    if unit in ("%", "‰") or "百分点" in unit or unit == "个点":
        return UnitKind.RATE if _CHANGE.search(indicator) else UnitKind.SHARE
    if unit in ("", "-"):
        return UnitKind.RATIO if re.search(r"比(?:例|值|率)?$", indicator) else UnitKind.OTHER
    first, _, per = unit.partition("/")
    is_averaged = per in ("生", "人", "公顷", "亩") and _AVERAGED.search(indicator)
    if per and not is_averaged:
        if _PER_PERSON.match(per) or not first:
            return UnitKind.RATE
        if per not in ("年", "月", "日", "天"):
            return UnitKind.OTHER
    return _kinds().get(_SCALE.sub("", first), UnitKind.OTHER)


def basis(indicator: str) -> Basis:
    """Whether an indicator counts what is there, what is new, or all since a start."""
    if _CUMULATIVE.search(indicator):
        return Basis.CUMULATIVE
    return Basis.NEW if _NEW.search(indicator) else Basis.STOCK


@cache
def _kinds() -> dict[str, UnitKind]:
    return {row["unit"]: UnitKind(row["kind"]) for row in rows("units")}


@cache
def _ordered() -> re.Pattern[str]:
    """Words that may stand anywhere in an indicator: 国家“双高”高职院校, 国家高职“双高”学校."""
    levels = "|".join(re.escape(form) for form in column("indicator_forms", "form", kind="level"))
    types = "|".join(re.escape(form) for form in column("indicator_forms", "form", kind="type"))
    return re.compile(rf"{levels}|^(?:国家|省|市)(?=(?![域场民政外内属份考控城区]).)|(?:{types})(?![率科称])")


@cache
def _level(form: str) -> str:
    return next(
        (row["normal"] for row in rows("indicator_forms") if row["form"] == form and row["kind"] in ("level", "type")),
        form,
    )


def _normal_form(name: str, kind: UnitKind, *, unit: str, school: str) -> str:
    """Levels and types in one order, then what is left in one order of words, then what tells it apart."""
    text = name.removeprefix("年均")
    is_yearly = text != name
    marks, text = _marks(text)
    if school and _is_of_a_class(text, kind) and not marks & {*_SCHOOLS, "本科"}:
        marks.add(school)
    rest = _BRACKETS.sub("", text).replace("的", "").replace("或", "")
    if marks & _SCHOOLS and rest in ("学校", "院校"):
        rest = ""
    parts = [
        *sorted(marks),
        _word_order(rest, kind) or "学校",
        "年" if is_yearly else "",
        kind.value if kind in _TOLD_APART else unit if unit in _PERSON_TIME else "",
    ]
    return " ".join(part for part in parts if part)


def _is_of_a_class(text: str, kind: UnitKind) -> bool:
    """Whether an indicator of a school says of its learners what a city's plan says of a class of schools."""
    return "生均" in text or (kind in _OF_A_CLASS and _LEARNERS.search(text) is not None)


def _marks(text: str) -> tuple[set[str], str]:
    """The levels and types in an indicator, and the rest of it; all levels together are none."""
    marks: set[str] = set()
    if listed := _LEVEL_LIST.match(text):
        marks = {_level(form) for form in re.split(r"[、或和及与/]", listed[1])}
        marks = set() if marks >= _ALL_LEVELS else marks
        text = text[listed.end() :]
    marks |= {_level(match[0]) for match in _ordered().finditer(text)}
    return marks, _ordered().sub("", text)


def _word_order(text: str, kind: UnitKind) -> str:
    """What is done behind what it is done to (治理沙地 -> 沙地治理), without the noun that the unit implies."""
    if kind in _SIZES:
        text = _SIZES[kind].sub("", text)
    if kind == UnitKind.RATE:
        text = _FALL.sub("下降", _RISE.sub("增长", text))
    text = re.sub(r"综合治理$", "治理", text)
    text = _WORK_DONE.sub(r"\2\1", text)
    return re.sub(r"^(.{3,})新增$", r"新增\1", text)
