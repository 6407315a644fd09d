"""What a policy's title itself says: genre, period, status, the text that it prints, the bodies at its head."""

import re
from functools import cache
from typing import NamedTuple

from graph.normal import key
from loaders.extract.lists import entries, rows
from loaders.extract.places import institution_at_head
from loaders.names.lexicon import lexicon

_GAP = re.compile(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])")
_TAIL = re.compile(r"(?:[（(\[【〔][^（）()]{0,40}[）)\]】〕]|[“”\"'’》〉>]|\s)+$")
_TARGET_YEAR = re.compile(r"[一-鿿]20[2-5]\d$")
_PRINTS = re.compile(
    r"(?:印发|转发|公布|发布|下发)[《<〈“]?(?P<inner>.{4,}?)[》>〉”]?(?:的|\s)*(?:通知|通告|公告|函|令)$"
)
_HEAD = re.compile(r"^(?P<head>[^《<〈“]{2,80}?)(?:关于|印发|转发|公布|发布)")
_JOINT = re.compile(r"等[一二两三四五六七八九十\d]+(?:个)?(?:部门|部委|单位|厅局|局委|部\S{0,4})?$")
_BODY_END = (
    "办公厅|办公室|人民政府|政府|委员会|常委会|党委|党组|总局|部|委|厅|局|署|院|行|会|大学|学院|学校|公司|集团|中心"
)
_BODY = re.compile(
    rf"[^\s、，]{{2,30}}?(?:{_BODY_END})(?=中共|中国|国务院|国家|全国|教育部|财政部|[一-鿿]{{2,3}}[省市]|[\s、，]|$)"
)
_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿|初稿|公开征求意见")
_TRIAL = re.compile(r"试行|暂行|试点方案")
_FIVE_YEARS = re.compile(r"[“\"]?(十[一二三四五六七]?五)[”\"]?(?=[一-鿿“”\"'）)]|$|\s)|第(十[一二三四五六七]?)个五年")
_RANGE = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-－—–―~～至到]+\s*((?:19|20)\d\d)")
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:年度|年|学年)")
_YEAR_IN_RANGE = re.compile(r"((?:19|20)\d\d)年?[-－—–―~～至]+((?:19|20)\d\d)年?")


class Period(NamedTuple):
    """First and last year."""

    start: int
    end: int


def plain(title: str) -> str:
    """A title as a graph names it: no outer 《》, no line break or space beside Chinese characters."""
    title = _GAP.sub("", title.strip())
    while _is_wrapped(title):
        title = title[1:-1]
    return title


def _is_wrapped(title: str) -> bool:
    """Whether the first mark closes with the last: 《A》, but not 《A》《B》."""
    if len(title) < 3 or title[0] != "《" or title[-1] != "》":
        return False
    depth = 0
    for position, mark in enumerate(title):
        depth += (mark == "《") - (mark == "》")
        if depth == 0:
            return position == len(title) - 1
    return False


def title_key(title: str) -> str:
    """What two spellings of one title share: width, spaces, punctuation and the 年 of a range of years do not count."""
    return key(_YEAR_IN_RANGE.sub(r"\1 \2", title))


@cache
def _endings() -> dict[str, str]:
    return {row["ending"]: row["kind"] for row in rows("policy_genres")}


def genre(title: str) -> str | None:
    """The kind of a normative text, told by the last word of its title; None where that is none of a normative text.

    The longest listed ending counts: 管理办法 is `measures`, 教学方法 is None.
    """
    bare = _TAIL.sub("", title)
    if _TARGET_YEAR.search(bare):
        return "plan"
    longest = max(map(len, _endings()))
    for length in range(min(longest, len(bare)), 0, -1):
        kind = _endings().get(bare[-length:])
        if kind is not None:
            return kind or None
    return None


def status(title: str) -> str | None:
    """`draft` or `trial` where the title says so."""
    if _DRAFT.search(title):
        return "draft"
    return "trial" if _TRIAL.search(title) else None


def period(title: str) -> Period | None:
    """The years that a title is for: （2021-2025年）, “十四五”, 2020年度; a range counts before a five-year plan."""
    if found := _RANGE.search(title):
        start, end = int(found[1]), int(found[2])
        return Period(start, end) if start <= end <= start + 40 else None
    if found := _FIVE_YEARS.search(title):
        return five_years(found[1][:-1] if found[1] else found[2])
    found = _ONE_YEAR.search(title)
    return Period(int(found[1]), int(found[1])) if found else None


def five_years(ordinal: str) -> Period:
    """The years of the 十四 (14th) five-year plan: 2021 to 2025."""
    number = "一二三四五六七".index(ordinal[1]) + 1 if len(ordinal) > 1 else 0
    return Period(2001 + 5 * number, 2005 + 5 * number)


def printed(title: str) -> str | None:
    """The title of the text that a notice prints: 关于印发《X》的通知 -> X."""
    found = _PRINTS.search(plain(title))
    return plain(found["inner"]) if found else None


def head_bodies(title: str) -> tuple[str, ...]:
    """The bodies named at the head of a title, before 关于 or 印发; 教育部等四部门 names one."""
    found = _HEAD.match(title)
    if not found:
        return ()
    head = _JOINT.sub("", found["head"].strip())
    bodies = tuple(body for part in re.split(r"[\s、，]+", head) for body in _split_run(part))
    return bodies if all(re.search(rf"(?:{_BODY_END})$", body) for body in bodies) else ()


def institution(title: str) -> str | None:
    """The school, institute or company whose own text it is, by the name that the title begins with."""
    return institution_at_head(title)


def _split_run(run: str) -> list[str]:
    """Bodies that a join of lines or spaces ran together: 中共中央办公厅国务院办公厅 -> two."""
    for pattern in (_central_run(), _BODY):
        pieces = pattern.findall(run)
        if "".join(pieces) == run:
            return pieces
    return [run]


@cache
def _central_run() -> re.Pattern[str]:
    """Bodies of the centre one after the other: 国家发展改革委财政部商务部."""
    names = lexicon().central | {name for line in entries("central_body_variants") for name in line.split("|")}
    return re.compile("|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))))
