"""Which place a name or title begins with, and of what level: what jurisdiction and policy level are told by."""

import re
from typing import NamedTuple

from loaders.names.divisions import Division, divisions
from loaders.names.place_heads import level_by_ending, registered_head, upper_division

_NATIONAL = re.compile(r"^(?:中共中央|中华人民共和国|国务院|国家|全国|中国|中央|党中央|最高人民)")
_MINISTRY = re.compile(r"^[一-鿿]{2,12}(?:部|委|总局|署|人民银行)(?:办公厅|办公室)?$")
_LOCAL_RANK = re.compile(r"^[省市县区州]")
_UNKNOWN_PLACE = re.compile(
    r"^([一-鿿]{2,6}?(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|旗|盟))(?![一-鿿]?(?:政协|长))"
)
_INSTITUTION = re.compile(
    r"^[一-鿿]{2,24}?(?:大学|学院|学校|职校|中学|小学|医院|研究院|研究所|有限公司|集团)(?!教育|建设|布局)"
)
_CLASS = re.compile(
    r"(?:公办|民办|各类|各级|层次|类型|所有|全[省市县区]|全国)|^(?:高等|中等|初等|职业|技术|技工|普通|基层|公立|社区|乡镇)+(?:学|医院)"
)
"""Words that make a class of institutions of what ends like a name: 公办职业学校, 基层医院."""


class Place(NamedTuple):
    """A place with the level of policy that its government issues."""

    name: str
    level: str


_LEVELS = {"province": "provincial", "prefecture": "municipal", "county": "county", "zone": "county"}


def place_at_head(text: str) -> Place | None:
    """The place that a name begins with, in full: 台州市教育局 -> 台州市, municipal; 国务院 -> 中国, national.

    The innermost division counts (浙江省温州市… -> 温州市). A place that no register has is known by its ending.
    """
    if _NATIONAL.match(text):
        return Place("中国", "national")
    if (head := registered_head(text)) is not None:
        return _of_division(head[0])
    if match := _UNKNOWN_PLACE.match(text):
        return Place(match[1], _level_by_ending(match[1]))
    return Place("中国", "national") if _MINISTRY.match(text) and not _LOCAL_RANK.match(text) else None


def _of_division(division: Division) -> Place:
    return Place(division.name, _LEVELS[division.level])


def full_place(short: str, rank: str) -> Place:
    """A place in full from a bare form and the rank that the text gives it: 温州, 市 -> 温州市."""
    name = short if short.endswith(rank) else short + rank
    upper = upper_division(short)
    known = upper if upper and upper.name.endswith(rank) else next(iter(divisions().named(name)), None)
    return _of_division(known) if known else Place(name, _level_by_ending(name))


def _level_by_ending(name: str) -> str:
    return _LEVELS[level_by_ending(name) or "prefecture"]


def institution_at_head(text: str) -> str | None:
    """The school, hospital, institute or company that a name begins with, if any."""
    found = _INSTITUTION.match(text)
    return found[0] if found and len(found[0]) >= 5 and not _CLASS.search(found[0]) else None
