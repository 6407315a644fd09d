"""Number phrases of policy prose: value, unit and comparator, where they stand.

A number phrase counts or measures something: 30所以上, 1-2家, 18:1, 不低于95%, 三所. Dates, ordinals, ranks, numbers in
names and quotations are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from loaders.extract.lists import column, rows
from loaders.text.model import Span
from loaders.text.numerals import whole_number

Comparator = Literal[">=", "<=", "=", "~", "range"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and comparator.

    `span` covers all three as they stand together (不低于95%, 30所以上), `number` the digits and the unit alone.
    `is_bounded` says that a word or sign for the comparator stands there; without one the comparator is `=`.
    """

    span: Span
    number: Span
    value: float | str
    unit: str
    comparator: Comparator
    value_max: float | None = None
    is_bounded: bool = False
    is_worded: bool = False

    @property
    def has_duration(self) -> bool:
        """Whether it is a length of time, which as a rule is a condition or a term rather than a target."""
        return isinstance(self.value, float) and self.unit in _durations()


_SCALES = "万亿|千万|百万|十万|百亿|千亿|亿|万|千|百"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12}(?!\d))(?:\.\d{1,9})?"
"""Longer runs of digits are codes, not counts."""
_RATIO = r"\d{1,6}(?:\.\d{1,6})?\s*[:：∶]\s*\d{1,6}(?:\.\d{1,6})?(?![\d.%％:：])"
_TO = r"\s*(?:[-—–―~～－﹣]{1,2}|至|到)\s*"
_HAN = "一二两三四五六七八九十"
_HAN_UNITS = "个家所名项座处套支间栋幢艘架辆台种门本场"
_AFTER_OPEN = r"(?=以上|以下|以内|左右|及以上|[、，；。）)]|$|\n)"
_NOT_UNIT = "强佳新国以余多左右等的及和或与为年月日级内后前中大第达到至倍个约上下元之不其是在"

_MASKED = re.compile(
    r"“[^”\n]{0,80}”|《[^》\n]{0,120}》|‘[^’\n]{0,60}’"
    r"|[〔\[［(（][12]\d{3}[〕\]］)）]\s*(?:第\s*)?\d+\s*号"
    r"|(?:19|20|２０)\d\d(?:\s*[-—–~～至、/．.]\s*(?:(?:19|20)\d\d|\d\d(?!\d))){0,8}\s*(?:学年度?|财年|年度|年|—|-{2})"
    r"(?:\s*\d{1,2}\s*月(?:份|底|末)?)?(?:\s*\d{1,2}\s*日)?"
    r"|(?<!\d)\d{1,2}\s*月\s*(?:\d{1,2}\s*日|份|底|末|初|中旬)|(?<!\d)(?:19|20)\d\d[./．-](?:1[0-2]|0?[1-9])(?:[./．-]\d{1,2})?(?!\d)(?!\s?[万亿元%％‰人亩个小平公吨])"
    r"|第\s*\d+(?:\s*[-—–~～、]\s*\d+){0,20}\s*[条章节款项批届期轮次位名一-龥]?"
    r"|(?:专栏|附件|附表|图|表|案例|例)\s*\d+(?:[-.—]\d+){0,8}(?![\d.]*\s*[个项名人位家件篇例份所本部种处批次场幅台套张支%％万亿千])"
    r"|(?<!\d)\d{1,2}\s*[时点]\s*(?:\d{1,2}\s*分|半|前|后|至)"
)

_BEFORE = (
    (
        ">=",
        r"不(?:得|应|能|可)?(?:低于|少于|小于|短于|下于|亚于)|(?:不低|不少)过|高于|大于|多于|优于|超过?|突破|至少|最少|最低|[≥>＞≧]=?|〉",
    ),
    (
        "<=",
        r"不(?:得|应|能|可)?(?:超过?|高于|大于|多于|长于)|低于|少于|小于|短于|至多|最多|最高|[≤<＜≦]=?|〈|不突破|未超过",
    ),
    ("<=", r"(?:控制|限制)(?:在|到|至)"),
    ("~", r"大约|接近|大致|约|近"),
)
_AFTER = {
    "以上": ">=",
    "及以上": ">=",
    "以下": "<=",
    "及以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "左右": "~",
    "上下": "~",
}


@cache
def _durations() -> frozenset[str]:
    return frozenset(column("units", "unit", kind="time")) - {"岁", "年一遇", "学时", "课时", "标准学时"}


def _unit_pattern(only: str = "") -> str:
    found = []
    for row in rows("units"):
        if not only or row["unit"] in only:
            guard = f"(?![{row['not_before']}])" if row["not_before"] else ""
            ascii_guard = "(?![A-Za-z])" if row["unit"][-1].isascii() and row["unit"].isalpha() else ""
            found.append((row["unit"], re.escape(row["unit"]) + guard + ascii_guard))
    return "|".join(pattern for _, pattern in sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def _scaled_units() -> str:
    """Units that begin like a scale: 千瓦, 千米."""
    units = column("units", "unit")
    return "|".join(re.escape(unit) for unit in units if unit.startswith(tuple(_SCALES.split("|"))))


@cache
def _phrase() -> re.Pattern[str]:
    unit = _unit_pattern()
    per = rf"(?:\s?[/／]\s?(?:{_SCALES})?(?:{unit}|[一-龥]{{1,3}}))*"
    opened = rf"[^\W\d_a-zA-Z{_NOT_UNIT}][^\W\d_a-zA-Z{_NOT_UNIT}]{{0,2}}?{_AFTER_OPEN}"
    units = rf"[/／]\s?(?:10|十)万|(?:{unit}){per}|(?P<opened>{opened})"
    scale = rf"(?!{_scaled_units()})(?:{_SCALES})"
    scaled = rf"(?P<many>余|多)?\s?(?P<scale>{scale})?\s?(?P<more>余|多)?\s?(?P<unit>{units})?"
    han = rf"(?P<han>[{_HAN}]{{1,5}})(?P<hanmore>余|多)?(?P<hanunit>{_unit_pattern(_HAN_UNITS)})"
    to_high = rf"(?:\s?(?P<lowunit>{_SCALES}|{unit}))?{_TO}(?P<high>(?!20\d\d\s*年){_DIGITS})"
    digits = rf"(?P<low>{_DIGITS})(?:{to_high})?\s?{scaled}"
    after = r"(?P<after>\s?(?:（含）|\(含\))?(?:及?以上|及?以下|以内|之内|左右|上下|内(?![部容在涵外地]))(?:（含）)?)?"
    again = r"翻(?:了|上)?(?P<again>[一两二])?番"
    return re.compile(rf"(?:(?P<ratio>{_RATIO})|{digits}|{han}|{again}){after}")


@cache
def _comparators() -> tuple[tuple[str, re.Pattern[str]], ...]:
    between = r"(?:为|到|在|至)?\s*(?:每(?:生每年|年|人|人每年|户|亩|个?学年|学期|周|天))?\s*"
    return tuple((sign, re.compile(rf"(?:{words}){between}$")) for sign, words in _BEFORE)


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(
        rf"\d|翻(?=[了上一两二番])|(?<![{_HAN}百千万几第数零〇每这那同某另各首])[{_HAN}](?=[{_HAN}]{{0,4}}(?:余|多)?[一-龥])"
    )


_GLUED_BEFORE = re.compile(
    r"[A-Za-z第前_+＋.．/／#№Ⅰ-Ⅻ]$|(?:\d|[A-Za-z])[-－]$|[A-Za-z]\s?-?$|[×*÷]\s?$|(?:位居|排名|名列|位列|列|居)(?:全国|全省|全市|第)*$"
)
_GLUED_AFTER = re.compile(r"[A-Za-z+＋×xX*°′@号]|\.\d|[-－][A-Za-z]|[强佳大](?![型于小])")
_HAN_NAME_AFTER = re.compile(
    r"[“‘]|一批|月|小时|工作日|学期|学年|点|方面|层面|维度|阶段|环节|层次|相|统一|意识|自信|维护|确立|坚持|重大|一流|结合|面向|关系|方向|领域|问题|"
    r"体系|机制|原则|步骤|特色|特征|优势|途径|渠道|理念|定位|能力|转变|清零|季度|年级|一体|平衡|文明|世界|代表|革命|"
    r"协同|联动|到位|衔接|融合|对接|结合|关键|一号|五年|先行|重点|百年|全面|主体|五|一|新|大|高|严|化|不|有|省|市"
)


def quantities(text: str, within: Span | None = None) -> list[Quantity]:
    """The number phrases of a text, or of a stretch of it, in order; they do not overlap."""
    span = within or Span(0, len(text))
    return list(_scan(text, span))


def _scan(text: str, span: Span) -> Iterator[Quantity]:
    masked = _MASKED.finditer(text, span.start, span.end)
    mask = next(masked, None)
    at = span.start
    start = _starts().search(text, at, span.end)
    while start is not None:
        while mask is not None and mask.end() <= start.start():
            mask = next(masked, None)
        if mask is not None and mask.start() <= start.start():
            at = mask.end()
        else:
            match = _phrase().match(text, start.start(), span.end)
            found = _read(text, match, span) if match else None
            if found is not None:
                yield found
                at = found.span.end
            else:
                at = max(start.end(), _digits_end(text, start.start(), span.end))
        start = _starts().search(text, at, span.end)


_NUMBER_RUN = re.compile(r"[\d,.]+")


def _digits_end(text: str, at: int, end: int) -> int:
    run = _NUMBER_RUN.match(text, at, end)
    return run.end() if run else at


def _read(text: str, match: re.Match[str], span: Span) -> Quantity | None:
    before = text[max(span.start, match.start() - 24) : match.start()]
    number_end = match.end() if match["after"] is None else match.start("after")
    after = text[match.end() : min(span.end, match.end() + 6)]
    if _GLUED_BEFORE.search(before) or _is_name(match, before, after):
        return None
    sign, prefix = _prefix(before)
    start = match.start() - prefix
    suffix = _AFTER.get((match["after"] or "").strip().replace("（含）", "").replace("(含)", ""))
    more = any(match[group] for group in ("many", "more", "hanmore"))
    value, high, unit = _amount(match)
    if value is None or (unit == "" and not _may_lack_unit(match, sign, suffix, before=before)):
        return None
    comparator = _comparator(sign, suffix, high=high, more=more)
    number = Span(match.start(), _stripped_end(text, match.start(), number_end))
    end = _stripped_end(text, number.end, match.end()) if match["after"] else number.end
    return Quantity(
        span=Span(start, end),
        number=number,
        value=value,
        unit=unit,
        comparator=comparator,
        value_max=high,
        is_bounded=sign is not None or suffix is not None or match[0].startswith("翻"),
        is_worded=match["han"] is not None,
    )


def _stripped_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_name(match: re.Match[str], before: str, after: str) -> bool:
    """Whether the number belongs to a name: 5G, 1+X, 前50强, 三个代表."""
    if match["han"] is not None:
        named = _HAN_NAME_AFTER.match(after) if match["hanunit"] == "个" else re.match("[“‘]|一[批体]", after)
        return match["han"] == "一" or before.endswith("“") or named is not None
    if match["low"] is None:
        return False
    return not match["unit"] and match["after"] is None and _GLUED_AFTER.match(after) is not None


def _may_lack_unit(match: re.Match[str], sign: str | None, suffix: str | None, *, before: str) -> bool:
    """A bare number counts only where a comparator or a verb of reaching says so: 指数达到85, 10万以上."""
    if match["ratio"] is not None:
        return True
    if match["scale"] is None and re.fullmatch(r"(?:19|20)\d\d", match["low"]):
        return False
    return suffix not in (None, "<=") or sign is not None or re.search(r"(?:达到?|至|到|有|为)\s?$", before) is not None


def _prefix(before: str) -> tuple[str | None, int]:
    """The comparator that stands in front and how many characters it takes."""
    found = [
        (len(before) - match.start(), sign) for sign, pattern in _comparators() if (match := pattern.search(before))
    ]
    length, sign = max(found, default=(0, None))
    return sign, length


def _amount(match: re.Match[str]) -> tuple[float | str | None, float | None, str]:
    if match["ratio"] is not None:
        return re.sub(r"\s", "", match["ratio"]).replace("：", ":").replace("∶", ":"), None, ""
    if match[0].startswith("翻"):
        return (4.0 if match["again"] in ("两", "二") else 2.0), None, "倍"
    if match["han"] is not None:
        value = whole_number(match["han"])
        return (None if value is None else float(value)), None, match["hanunit"]
    if match["opened"] and not match["scale"] and len(match["opened"]) > 1:
        return None, None, ""
    low = float(match["low"].replace(",", ""))
    unit = (match["scale"] or "") + re.sub(r"\s", "", match["unit"] or "").replace("％", "%")
    if match["high"] is None:
        unit = unit or (match["lowunit"] or "").replace("％", "%")
        return low, None, unit
    high = float(match["high"].replace(",", ""))
    return min(low, high), max(low, high), unit


def _comparator(sign: str | None, suffix: str | None, *, high: float | None, more: bool) -> Comparator:
    if high is not None:
        return "range"
    if suffix == "~" or (suffix is None and sign == "~"):
        return "~"
    if suffix is not None and sign in (None, suffix, "~"):
        return ">=" if suffix == ">=" else "<="
    if sign in (">=", "<="):
        return ">=" if sign == ">=" else "<="
    return ">=" if more else "="


def comparator_in(text: str) -> Comparator | None:
    """The comparator that stands anywhere in some words, the first one: 不少于总课时的 -> >=."""
    found = [(match.start(), -len(match[0]), sign) for sign, words in _BEFORE if (match := re.search(words, text))]
    sign = min(found, default=(0, 0, None))[2]
    return ">=" if sign == ">=" else "<=" if sign == "<=" else "~" if sign == "~" else None
