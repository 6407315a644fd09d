"""The years that sentences name, and what each says: by when, in which year, since when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.text.model import Span
from loaders.text.numerals import whole_number

YearKind = Literal["by", "in", "until", "since"]


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year where it stands. A range or a five-year plan counts as its last year, a school year likewise.

    `kind`: `by` a target year (到2025年), `in` a year without more, `until` a cut-off date (截至2020年底), `since` what
    a figure is compared with or counted from (比2020年, 自2019年). `is_dated`: it is the date of one task (2024年6月前,
    2024年底前).
    """

    year: int
    span: Span
    kind: YearKind
    is_dated: bool = False


_YEAR = r"(?:19|20)\d\d"
_HAN_YEAR = "二[〇○零Ｏ0][〇○零一二三四五六七八九]{2}"
_FIRST_PLAN_END = 1955
"""1953-1957 was the first five-year plan, the tenth ended in 2005: the n-th ends in 1955 + 5 n."""

_MENTION = re.compile(
    rf"(?P<lead>力争到?|争取到?|展望到?|截至|截止到?|到|至|于|在|自|从|由|比|较|相比|以|与)?\s?"
    rf"(?:(?P<first>{_YEAR})\s*年?\s*[-—–―~～－至/]{{1,2}}\s*(?P<last>{_YEAR}|\d\d(?=\s*(?:学年|年)))\s*(?:学年度?|财年|年度|年)?"
    rf"|(?P<single>{_YEAR})\s*(?:学年度?|财年|年度?)|(?P<han>{_HAN_YEAR})年"
    rf"|“?(?P<plan>十[一二三四五六七八九])五”?(?=时期|期间|期|末|以来|[，,：:]|发展|规划|目标|全|整))"
    rf"(?P<month>\s?\d{{1,2}}\s?月(?:\d{{1,2}}\s?日)?(?=[底末]?(?:之|以)?前))?(?P<tail>(?:以前|之前|底前|底|末|初|前|以来|期间|时期|期末|起(?![草步点]))*)"
)
_DOTTED = re.compile(
    rf"[（(](?:{_YEAR}[.．/]\d{{1,2}}\s*[-—–~～]\s*)?(?P<year>{_YEAR})[.．/]\d{{1,2}}(?:[.．/]\d{{1,2}})?[）)]"
)
_BY_LEADS = ("力争", "力争到", "争取", "争取到", "展望", "展望到", "到", "至")
_SINCE_LEADS = ("自", "从", "由", "比", "较", "相比", "以", "与")


def year_mentions(text: str, within: Span) -> list[YearMention]:
    """The years that a stretch of text names, in order."""
    found = [mention for match in _MENTION.finditer(text, within.start, within.end) if (mention := _read(match))]
    found += [
        YearMention(int(match["year"]), Span(*match.span()), "in")
        for match in _DOTTED.finditer(text, within.start, within.end)
    ]
    return sorted(found, key=lambda mention: mention.span)


def last_before(mentions: Sequence[YearMention], position: int) -> YearMention | None:
    """The last mention that says by when or in which year, before a position."""
    fit = [mention for mention in mentions if mention.kind != "since" and mention.span.end <= position]
    return fit[-1] if fit else None


def plan_end(ordinal: int) -> int:
    """Last year of the n-th five-year plan: 14 -> 2025."""
    return _FIRST_PLAN_END + 5 * ordinal


def _read(match: re.Match[str]) -> YearMention | None:
    year = _year(match)
    if year is None:
        return None
    lead, tail = match["lead"] or "", match["tail"] or ""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    kind = _kind(lead, tail, is_period=bool(match["plan"] or match["last"]))
    return YearMention(year, Span(start, match.end()), kind, is_dated=match["month"] is not None or "前" in tail)


def _kind(lead: str, tail: str, *, is_period: bool) -> YearKind:
    if "以来" in tail or "起" in tail or lead in _SINCE_LEADS:
        return "since"
    if lead.startswith("截"):
        return "until"
    if lead in _BY_LEADS or "前" in tail or (is_period and "末" in tail):
        return "by"
    return "in"


def _year(match: re.Match[str]) -> int | None:
    if match["plan"]:
        ordinal = whole_number(match["plan"])
        return plan_end(ordinal) if ordinal else None
    if match["han"]:
        return whole_number(match["han"].replace("Ｏ", "〇").replace("0", "〇"))
    if match["last"]:
        last = match["last"]
        return int(last if len(last) == 4 else match["first"][:2] + last)
    return int(match["single"])
