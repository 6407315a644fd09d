"""The years that a policy is for, from its title or what its text says of them."""

import re
from collections import Counter
from typing import NamedTuple

from loaders.extract import titles
from loaders.extract.dates import small_number

_STATED = re.compile(
    r"(?:规划|计划|实施|方案|行动)?(?:期限|期|时限)(?:为|是|：|:)?\s*((?:19|20)\d\d)\s*年?\s*[-－—–―~～至到]+\s*((?:19|20)\d\d)"
)
_DECIDED = re.compile(
    r"(?:于|自|从|在)\s*((?:19|20)\d\d)\s*年?\s*[-－—–―~～至到]+\s*((?:19|20)\d\d)\s*年[^。；\n]{0,20}?(?:开展|组织|实施|推进|推行|启动)"
)
_SPAN_OF_YEARS = re.compile(
    r"(?:利用|用|通过|经过|力争|为期|实施期?为?)\s*([一两二三四五六七八九十]|\d{1,2})\s*年(?:左右)?(?:的)?(?:时间|努力|行动|攻坚|建设)?"
)
_BY = re.compile(r"(?:到|至|力争)\s*(20[2-4]\d)\s*年|(20[2-4]\d)\s*年(?:底|末)(?:之|以)?前")
_SCHOOL_YEARS = re.compile(r"((?:19|20)\d\d)\s*[-－—–―~～至]+\s*((?:19|20)\d\d)\s*学年")


_WITHOUT_PERIOD = ("law", "standard")


class Years(NamedTuple):
    """First and last year, and whether they were concluded from the text rather than read in a title."""

    start: int | None = None
    end: int | None = None
    is_inferred: bool = False


def period_of(title: str, kind: str, text: str) -> Years:
    """The period of a policy of this kind; (None, None) for a law or where nothing says it."""
    if kind in _WITHOUT_PERIOD:
        return Years()
    if found := titles.period(title):
        return Years(found.start, found.end)
    if kind == "report":
        return _of_school_year(text)
    if stated := _STATED.search(text) or _DECIDED.search(text):
        return Years(int(stated[1]), int(stated[2]))
    return _of_targets(text) if kind != "other" else Years()


def _of_school_year(text: str) -> Years:
    counted = Counter((int(found[1]), int(found[2])) for found in _SCHOOL_YEARS.finditer(text))
    if not counted:
        return Years()
    (start, end), _ = counted.most_common(1)[0]
    return Years(start, end, is_inferred=True)


def _of_targets(text: str) -> Years:
    """到2025年 with 利用三年时间: 2023 to 2025. Without a number of years nothing is said of the first one."""
    counted = Counter(int(found[1] or found[2]) for found in _BY.finditer(text))
    if not counted:
        return Years()
    end = max(counted, key=lambda year: (counted[year], -year))
    length = _SPAN_OF_YEARS.search(text)
    years = small_number(length[1].replace("两", "二")) if length else 0
    if not 1 < years <= 15:
        return Years(None, end, is_inferred=True)
    return Years(end - years + 1, end, is_inferred=True)
