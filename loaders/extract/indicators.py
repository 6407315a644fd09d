"""The concept that goals and observations of several policies share: an indicator without place or subject."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from graph.normal import fold
from loaders.extract import figure_words
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
_PLACE = re.compile(r"^(?:[全我本各](?:市|省|县|区|州|国|校|院|乡|镇|域)(?:范围内?)?|各地|学校|学院)(?=.{2})")
_QUOTES = re.compile(r"[“”\"'‘’《》「」\s]")
_BRACKETS = re.compile(r"[（()）\[\]【】/／、，,·\-—:：]")
_SHARE_OF = re.compile(r"^(?P<part>.{2,}?)占(?:全部|总|所有|全体)?(?P<whole>.{2,}?)的?占?比?$")
_SHARE_END = re.compile(r"(?:率|占比|度|比|指数)$")
_COUNT_END = re.compile(r"(?<=..)(?<![指系倍分次天函参])(?:总?人数|总?数量|总数|总量|个数|数|规模)$")
_NEW = re.compile(r"新增|新建|新开|新设|新认定|新引进|新培育|净增|^新|增加|改扩建|迁建")
_CUMULATIVE = re.compile(r"累计|累积|总共|合计")
_CHANGE = re.compile(r"(?:增长|增速|增幅|下降|降低|降幅|提高|减少|上升|递增)(?:率|幅度)?$")
_LOCAL = re.compile(r"留[一-龥](?=(?:就业)?率)")
_PER_PERSON = re.compile(r"^(?:\d*[万千百十]*(?:人口?|名)|\d+万|十万|\d*[万千百十]人口)$")
_PLAIN_WHOLES = frozenset({"", "专业", "专业课"})


def indicator_concept(indicator: str, unit: str) -> IndicatorConcept:
    """The concept of an indicator in a unit: a function of the two alone, so that loading order never matters."""
    unit = unicodedata.normalize("NFKC", unit).strip()
    kind = unit_kind(indicator, unit)
    name = _named(indicator, kind)
    base = _SCALE.sub("", unit)
    return IndicatorConcept(name, _normal_form(name, kind, unit), base or unit, kind, _basis(indicator))


def unit_kind(indicator: str, unit: str) -> UnitKind:
    """What a unit measures; % of a change is a rate, of anything else a share."""
    if unit in ("%", "‰") or "百分点" in unit or unit == "个点":
        return UnitKind.RATE if _CHANGE.search(indicator) else UnitKind.SHARE
    if unit in ("", "-"):
        return UnitKind.RATIO if re.search(r"比(?:例|值|率)?$", indicator) else UnitKind.OTHER
    first, _, per = unit.partition("/")
    if per and (_PER_PERSON.match(per) or not first):
        return UnitKind.RATE
    if per and per not in ("年", "月", "日", "天"):
        return UnitKind.OTHER
    return _kinds().get(_SCALE.sub("", first), UnitKind.OTHER)


@cache
def _kinds() -> dict[str, UnitKind]:
    return {row["unit"]: UnitKind(row["kind"]) for row in rows("units")}


def _basis(indicator: str) -> Basis:
    if _CUMULATIVE.search(indicator):
        return Basis.CUMULATIVE
    return Basis.NEW if _NEW.search(indicator) else Basis.STOCK


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, str]]:
    found = {
        fold(row["form"]): fold(row["normal"]) for row in rows("indicator_forms") if row["kind"] in ("word", "quality")
    }
    longest = sorted(found, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, longest))), found


@cache
def _ordered() -> re.Pattern[str]:
    """Words that may stand anywhere in an indicator: 国家“双高”高职院校, 国家高职“双高”学校."""
    levels = "|".join(re.escape(form) for form in column("indicator_forms", "form", kind="level"))
    types = "|".join(re.escape(form) for form in column("indicator_forms", "form", kind="type"))
    return re.compile(rf"{levels}|^(?:国家|省|市)(?=(?!域|场|民|政|外|内|属).)|(?:{types})(?!率|科)")


@cache
def _places() -> frozenset[str]:
    return frozenset(name for name in column("divisions", "name") if len(name) >= 3)


def _without_place(text: str) -> str:
    for length in range(min(8, len(text) - 2), 2, -1):
        if text[:length] in _places():
            return text[length:]
    return text


def _named(indicator: str, kind: UnitKind) -> str:
    """The indicator as it may be shown for several policies: one form for each word, no place, no quotes."""
    text = fold(_QUOTES.sub("", unicodedata.normalize("NFKC", indicator)))
    while (shorter := _PLACE.sub("", _without_place(text))) != text:
        text = shorter
    text = _without_verb(text)
    text = re.sub(r"连续\d+年$", "", text)
    pattern, forms = _forms()
    text = pattern.sub(lambda match: forms[match[0]], text)
    text = _LOCAL.sub("本地留存", text)
    if "与" in text and text.endswith(("占比", "之比")):
        text = text[:-2] + "之比"
    if "生均" in text:
        text = re.sub(r"(?:标准|水平)$", "", text.replace("公办", ""))
    if kind == UnitKind.SHARE:
        text = _share(text)
    if kind == UnitKind.COUNT:
        text = _COUNT_END.sub("", text)
    return text or indicator


def _without_verb(text: str) -> str:
    leading = re.match(rf"(?:{figure_words.words('found')})", text)
    return text[leading.end() :] if leading and len(leading[0]) > 1 and len(text) - leading.end() >= 4 else text


def _share(text: str) -> str:
    """A share in one form: 双师型教师占专业教师的比例, 双师型教师占比 -> 双师型教师占比."""
    text = re.sub(r"的?占比$", "占比", text)
    text = re.sub(r"^([^占]{2,}?)((?:专任|专业)教师)占比$", r"\1教师占\2占比", text)
    text = re.sub(r"职称教师占(?:(?:专任|专业)教师占)?比$", "职称占比", text)
    found = _SHARE_OF.match(text.removesuffix("占比")) if "占" in text.removesuffix("占比") else None
    if found:
        part = re.sub(r"^(?:职校|中职|高职)(?=双师型|专任|专业|兼职)", "", found["part"])
        if found["whole"][-2:] == part[-2:] and found["whole"][:-2] in _PLAIN_WHOLES:
            return f"{part}占比"
        return f"{part}占{found['whole']}占比"
    return text if _SHARE_END.search(text) else f"{text}占比"


def _normal_form(name: str, kind: UnitKind, unit: str) -> str:
    """Levels and types in one order, then what is left, then whether it is counted by the year."""
    text = re.sub(r"(?:每年度?|年均|年度)", "", name)
    is_yearly = (text != name or unit.endswith("/年")) and "生均" not in name
    marks = sorted({_level(match[0]) for match in _ordered().finditer(text)})
    rest = _BRACKETS.sub("", _ordered().sub("", text)).replace("的", "").replace("或", "")
    has_school = any(mark in ("高职", "中职", "中高职", "职校") for mark in marks)
    if has_school and rest in ("学校", "院校"):
        rest = ""
    parts = [
        *marks,
        rest or "学校",
        "年" if is_yearly else "",
        kind.value if kind in (UnitKind.SHARE, UnitKind.RATE) else "",
    ]
    return " ".join(part for part in parts if part)


@cache
def _level(form: str) -> str:
    return next(
        (row["normal"] for row in rows("indicator_forms") if row["form"] == form and row["kind"] in ("level", "type")),
        form,
    )
