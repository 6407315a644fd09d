"""Which place a name or title begins with, and of what level: what jurisdiction and policy level are told by."""

import re
from functools import cache
from typing import NamedTuple

from loaders.extract.lists import rows

_NATIONAL = re.compile(r"^(?:中共中央|中华人民共和国|国务院|国家|全国|中国|中央|党中央|最高人民)")
_MINISTRY = re.compile(r"^[一-鿿]{2,12}(?:部|委|总局|署|人民银行)(?:办公厅|办公室)?$")
_LOCAL_RANK = re.compile(r"^[省市县区州]")
_UNKNOWN_PLACE = re.compile(
    r"^([一-鿿]{2,6}?(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|旗|盟))(?![一-鿿]?(?:政协|长))"
)
_INSTITUTION = re.compile(
    r"^[一-鿿]{2,24}?(?:大学|学院|学校|职校|中学|小学|医院|研究院|研究所|有限公司|集团)(?!教育|建设|布局)"
)


class Place(NamedTuple):
    """A place with the level of policy that its government issues."""

    name: str
    level: str


_LEVELS = {"province": "provincial", "prefecture": "municipal", "county": "county", "zone": "county"}


@cache
def _register() -> dict[str, Place]:
    """Full names of divisions; of equal names (鼓楼区) the highest level counts."""
    found: dict[str, Place] = {}
    for row in reversed(rows("divisions")):
        if row["name"] != "市辖区":
            found[row["name"]] = Place(row["name"], _LEVELS.get(row["level"], "county"))
    return found


@cache
def _short_forms() -> dict[str, str]:
    """Short forms of provinces and prefectures (温州 -> 温州市), longest first."""
    short: dict[str, str] = {}
    for row in rows("divisions"):
        if row["level"] in ("province", "prefecture") and row["name"] != "市辖区":
            bare = re.sub(r"(?:[一-鿿]{1,3}族)*(?:维吾尔|壮族|回族)?(?:自治区|自治州|省|市|地区|盟)$", "", row["name"])
            if len(bare) >= 2:
                short.setdefault(bare, row["name"])
    return short


def place_at_head(text: str) -> Place | None:
    """The place that a name begins with, in full: 台州市教育局 -> 台州市, municipal; 国务院 -> 中国, national.

    The innermost division counts (浙江省温州市… -> 温州市). A place that no register has is known by its ending.
    """
    if _NATIONAL.match(text):
        return Place("中国", "national")
    found: Place | None = None
    rest = text
    while (place := _registered(rest)) is not None:
        found, rest = place[0], rest[place[1] :]
    if found is not None:
        return found
    if match := _UNKNOWN_PLACE.match(text):
        return Place(match[1], _level_by_ending(match[1]))
    return Place("中国", "national") if _MINISTRY.match(text) and not _LOCAL_RANK.match(text) else None


def _registered(text: str) -> tuple[Place, int] | None:
    for length in range(min(12, len(text)), 1, -1):
        name = text[:length]
        if name in _register():
            return _register()[name], length
    for length in (4, 3, 2):
        name = text[:length]
        if name in _short_forms() and text[length : length + 1] not in _NOT_AFTER_SHORT:
            return _register()[_short_forms()[name]], length
    return None


_NOT_AFTER_SHORT = frozenset("省市县区州大学路街河湖")


def _level_by_ending(name: str) -> str:
    if name[-1] in "县区旗" and not name.endswith(("自治区", "特别行政区")):
        return "county"
    return "provincial" if name[-1] == "省" or name.endswith("区") else "municipal"


def full_place(short: str, rank: str) -> Place:
    """A place in full from a bare form and the rank that the text gives it: 温州, 市 -> 温州市."""
    if (name := _short_forms().get(short)) is not None and name.endswith(rank):
        return _register()[name]
    name = short if short.endswith(rank) else short + rank
    return _register().get(name, Place(name, _level_by_ending(name)))


def institution_at_head(text: str) -> str | None:
    """The school, hospital, institute or company that a name begins with, if any."""
    found = _INSTITUTION.match(text)
    return found[0] if found and len(found[0]) >= 5 else None
