"""Values with units as quantities in base units, so that 8万人 and 80,000人, 2:1 and 2倍 can be compared.

Pure: a function of value, unit and the indicator's name alone. Numbers are fractions, so that conversion loses nothing.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from math import isfinite, prod

from graph.normal import fold
from ontology.values import UnitKind

_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
    "十": 10,
}
_SCALE = re.compile("(?:" + "|".join(_SCALES) + ")")
_NUMBER = r"-?\d{1,30}(?:\.\d{1,15})?"
_RATIO = re.compile(rf"({_NUMBER}):({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})[-–—~]({_NUMBER})")
_SIZE = r"(\d{0,12}(?:" + "|".join(_SCALES) + ")?)"
_SIZED = re.compile(f"{_SIZE}(.+)")
_NAMED = re.compile(f"(?:每{_SIZE}(?=(?:名学生|[人名户亩家年生]))|(?=[生人户亩年]均))(名学生|[人名户亩家年生])")
_NAMED_RATIO = re.compile(r"(?<!占)比$")  # 比例 and 占比 may be shares that lost their %
_YEAR = "年"
_LARGEST = 10**30  # no figure of a policy is larger; what is cannot be written out for long
_SAME_DENOMINATOR = {"名": "人", "人口": "人", "名学生": "生", "学生": "生", "每年": "年"}
COUNTED = "个"
"""Base of everything that is counted one by one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its base unit: from `low` to `high`, which are equal for a single number.

    `unit` is the base unit to show: that of the kind (元, 平方米, %), for counters the one that is written (人, 所).
    `base` is what two quantities must share to be comparable; `per` are the denominators, a year last (生, 年), also
    those that the indicator's name gives (生均, 每万人). `is_scaled` says that 万 or 亿 stood before the unit.
    """

    low: Fraction
    high: Fraction
    kind: UnitKind
    base: str
    unit: str
    per: tuple[str, ...] = ()
    is_scaled: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a unit."""
        return not self.base

    @property
    def can_be_tight(self) -> bool:
        """Whether it is a share, rate or ratio, which may be tighter or looser than another; amounts may not."""
        return self.kind in (UnitKind.SHARE, UnitKind.RATE, UnitKind.RATIO)


def quantity(
    value: object, unit: str | None = None, *, value_max: object = None, indicator: str = ""
) -> Quantity | None:
    """The quantity that a value in a unit is, None where the value is no number.

    A value may be a number, the text of one, of a ratio (`18:1`) or of a range (`1-9`). A unit that is not in
    `graph/resources/units.csv` is its own base.
    """
    ends = _ends(value, value_max)
    if ends is None:
        return None
    if isinstance(value, str) and _RATIO.fullmatch(_plain(value)):
        return Quantity(*ends, kind=UnitKind.RATIO, base="倍", unit="倍")
    measured = _measured(unit or "", indicator)
    low, high = (end * measured.factor for end in ends)
    return Quantity(
        low,
        high,
        kind=measured.kind,
        base=measured.base,
        unit=measured.unit,
        per=measured.per,
        is_scaled=measured.is_scaled,
    )


def are_comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one indicator measure alike: same base, same denominators; a share is no ratio.

    A year as denominator may be missing on one side, since 生均拨款 is by the year without saying so. A bare number
    stands for things counted one by one, unless the other has 万 or 亿 in front, which the bare one may have lost.
    """
    if _denominators(one) != _denominators(other):
        return False
    return one.base == other.base or _counts_barely(one, other) or _counts_barely(other, one)


def differs_by_year(one: Quantity, other: Quantity) -> bool:
    """Whether only one of the two says that it is by the year."""
    return (_YEAR in one.per) != (_YEAR in other.per)


def number(value: Fraction) -> int | float:
    """The fraction as a number: an int where it is whole, or too large for a float."""
    if value.denominator == 1:
        return value.numerator
    try:
        return float(value)
    except OverflowError:
        return round(value)


def unit_text(one: Quantity) -> str:
    """The base unit with its denominators: 元/生, 个/年."""
    return "/".join((one.unit, *one.per)) if one.unit or one.per else ""


def _counts_barely(bare: Quantity, other: Quantity) -> bool:
    return bare.is_bare and other.base == COUNTED and (bare.is_scaled or not other.is_scaled)


def _denominators(one: Quantity) -> tuple[str, ...]:
    return tuple(name for name in one.per if name != _YEAR)


def _ends(value: object, value_max: object) -> tuple[Fraction, Fraction] | None:
    """The ends of a value, the smaller first."""
    found = _fractions(value)
    upper = _fractions(value_max)
    if found and upper:
        found = (*found, *upper)
    return (min(found), max(found)) if found else None


def _fractions(value: object) -> tuple[Fraction, ...]:
    """The numbers that a value holds: one, the two ends of a range, or none; a ratio is one number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ()
    found = _read(_plain(value)) if isinstance(value, str) else _exact(value)
    return found if all(abs(one) <= _LARGEST for one in found) else ()


def _exact(value: float) -> tuple[Fraction, ...]:
    """The number as it is written: 0.1 is one tenth, and not the nearest binary fraction."""
    if isinstance(value, int):
        return (Fraction(value),)
    return (Fraction(repr(value)),) if isfinite(value) else ()


def _read(text: str) -> tuple[Fraction, ...]:
    if re.fullmatch(_NUMBER, text):
        return (Fraction(text),)
    if (ratio := _RATIO.fullmatch(text)) and Fraction(ratio[2]):
        return (Fraction(ratio[1]) / Fraction(ratio[2]),)
    found = _RANGE.fullmatch(text)
    return (Fraction(found[1]), Fraction(found[2])) if found else ()


def _plain(text: str) -> str:
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a unit says: `factor` is how many base units one of it is."""

    kind: UnitKind
    base: str
    unit: str
    factor: Fraction
    is_scaled: bool = False
    per: tuple[str, ...] = ()


@cache
def _known() -> dict[str, _Measured]:
    """The units of the table, by their folded form."""
    text = files("graph").joinpath("resources", "units.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    found = {}
    for row in rows:
        shown = row["unit"] if row["base"] == COUNTED else row["base"]
        found[fold(row["unit"])] = _Measured(UnitKind(row["kind"]), row["base"], shown, Fraction(row["factor"]))
    return found


@lru_cache(maxsize=10_000)
def _measured(unit: str, indicator: str) -> _Measured:
    text = re.sub(r"\s", "", fold(unit))
    scale = _SCALE.match(text)
    is_whole = text in _known() or (scale is not None and text[scale.end() :] in _known())  # 人/次 is no fraction
    head, *rest = [text] if is_whole else re.split(r"[/·]", text)
    found = _without_denominator(head, indicator)
    if found.kind in (UnitKind.SHARE, UnitKind.RATIO):
        return found
    stated = [_SIZED.fullmatch(one) for one in rest]
    denominators = dict(_sized(one[1] or "", one[2]) for one in (*_NAMED.finditer(indicator), *filter(None, stated)))
    factor = found.factor / prod(denominators.values())
    per = tuple(sorted(denominators, key=lambda name: (name == _YEAR, name)))
    kind = UnitKind.RATE if set(per) - {_YEAR} else found.kind
    return replace(found, factor=factor, per=per, kind=kind)


def _without_denominator(unit: str, indicator: str) -> _Measured:
    known = _known()
    if unit in known:
        return known[unit]
    scale = _SCALE.match(unit)
    rest = unit[scale.end() :] if scale else unit.strip("-")
    if not rest and not scale and _NAMED_RATIO.search(indicator):
        return known["倍"]
    found = known.get(rest) or _Measured(UnitKind.OTHER, rest, rest, Fraction(1))
    return replace(found, factor=found.factor * _SCALES[scale[0]], is_scaled=True) if scale else found


def _sized(size: str, name: str) -> tuple[str, int]:
    """The name of a denominator and how many of it there are: 万 and 名 are 10,000 人."""
    digits = re.match(r"\d*", size)
    count = int(digits[0]) if digits and digits[0] else 1
    scale = _SCALES.get(size.lstrip("0123456789"), 1)
    return _SAME_DENOMINATOR.get(name, name), max(count, 1) * scale
