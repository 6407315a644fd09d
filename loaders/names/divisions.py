"""The register of administrative divisions: by code, by full name and by short form, with the places above each."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from loaders.names.wordlists import words

Level = Literal["province", "prefecture", "county", "zone"]

_LEVELS: dict[str, Level] = {"province": "province", "prefecture": "prefecture", "county": "county"}
_SHORT_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
_ONLY_GROUPS = re.compile("市辖区|县|.*直辖县级行政区划")  # rows that group counties and are no place
_WITHOUT_SHORT_FORM = re.compile("自治|地区$|林区$|新区$|开发区$|盟$|委员会$|管理区$|岛|园区$")
_PEOPLES = "|".join(sorted(words("peoples"), key=lambda word: (-len(word), word)))
_AUTONOMOUS = re.compile(f"(?P<own>.{{2,}}?)(?:{_PEOPLES})+自治(?P<rank>[州县旗])")
_LONG_ENDING = re.compile("(.{2,}?)(地区|盟|林区)")


@dataclass(frozen=True, slots=True)
class Division:
    """A place of the register; `code` has six digits, `parent` is a code or None for a province."""

    code: str
    name: str
    level: Level
    parent: str | None

    @property
    def is_municipality(self) -> bool:
        """Whether it is one of the four cities directly under the centre."""
        return self.level == "province" and self.name.endswith("市")


def short_form(name: str) -> str | None:
    """温州市 -> 温州; None where a name has no usual short form."""
    if name in _SHORT_REGIONS:
        return _SHORT_REGIONS[name]
    if autonomous := _AUTONOMOUS.fullmatch(name):
        return autonomous["own"]
    if _WITHOUT_SHORT_FORM.search(name):
        match = _LONG_ENDING.fullmatch(name)
        return match[1] if match else None
    return name[:-1] if name[-1] in "省市县区旗" and len(name) >= 3 else None


def ranked_form(name: str) -> str | None:
    """恩施土家族苗族自治州 -> 恩施州, 景宁畲族自治县 -> 景宁县; None for what is not autonomous."""
    autonomous = _AUTONOMOUS.fullmatch(name)
    return f"{autonomous['own']}{autonomous['rank']}" if autonomous else None


class Divisions:
    """The register."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        groups = {row["code"]: row["parent"] for row in rows if _ONLY_GROUPS.fullmatch(row["name"])}
        names = {row["code"]: row["name"] for row in rows}
        self._by_code: dict[str, Division] = {}
        self._named: dict[str, list[Division]] = defaultdict(list)
        self._short: dict[str, list[Division]] = defaultdict(list)
        for row in rows:
            parent = groups.get(row["parent"], row["parent"])
            if row["code"] not in groups and names.get(parent) != row["name"]:
                self._add(row, parent)

    def _add(self, row: dict[str, str], parent: str) -> None:
        code = row["code"].ljust(6, "0")
        is_zone = row["level"] == "county" and "71" <= code[4:] <= "79"  # the code's range for zones
        level = "zone" if is_zone else _LEVELS[row["level"]]
        division = Division(code, row["name"], level, parent.ljust(6, "0") if parent else None)
        self._by_code[code] = division
        self._named[division.name].append(division)
        short = short_form(division.name)
        if short:
            self._short[short].append(division)
        if (long := ranked_form(division.name)) is not None:
            self._named[long].append(division)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Division:
        """The division of a six-digit code; KeyError if there is none."""
        return self._by_code[code]

    def named(self, name: str) -> tuple[Division, ...]:
        """Divisions of that full name."""
        return tuple(self._named.get(name, ()))

    def called(self, name: str) -> tuple[Division, ...]:
        """Divisions of that full name or short form; the full name counts before the short form."""
        return self.named(name) or tuple(self._short.get(name, ()))

    def above(self, division: Division) -> tuple[Division, ...]:
        """The places above it, the nearest first, up to the province."""
        chain: list[Division] = []
        current = division
        while current.parent is not None:
            current = self._by_code[current.parent]
            chain.append(current)
        return tuple(chain)

    def lies_in(self, division: Division, code: str) -> bool:
        """Whether it is the division of that code or below it."""
        return division.code == code or any(place.code == code for place in self.above(division))


def register_rows(name: str) -> list[dict[str, str]]:
    """Rows of `loaders/resources/<name>.csv`."""
    text = files("loaders").joinpath("resources", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def divisions() -> Divisions:
    """The register that the package carries."""
    return Divisions(register_rows("divisions"))
