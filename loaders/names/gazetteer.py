"""Places of the register in a text, and whether each stands for the place there (温州 yes, 江西路 no)."""

import re
from collections import Counter
from functools import cache

from loaders.names.divisions import divisions, short_form
from loaders.names.lexicon import Lexicon, lexicon
from loaders.names.ranges import Matcher, Range, Ranges
from loaders.names.shapes import alternatives
from loaders.names.wordlists import words

_NOT_BEFORE = re.compile("[-—－·]$|中$")
_LEFT = re.compile(r"(?:^|[^\u4e00-\u9fff]|[和与及在赴向到对由从含为如以的]|以及|支持|推进|推动|加快|联合)\Z")
_RIGHT = re.compile(r"\Z|[^\u4e00-\u9fff]|[等和与及的两三四五六七八九]|[省市县区]|以及")
_OFTEN_NO_COUNTRY = frozenset({"中国", "马里", "多哥", "刚果"})
_QUARTER = "片区"
_WATERS = tuple("河江湖海")
_BODY_FOLLOWS = "[一-鿿]{0,2}(?:大学|学院|公司|集团|联盟|协会)"


class Gazetteer:
    """Finds the places of the register."""

    def __init__(self, known: Lexicon) -> None:
        self._lexicon = known
        named = {place for place in known.full if len(place) > 2}
        self._matcher = Matcher(named | known.short | known.countries)
        self._free = known.short | (known.countries - _OFTEN_NO_COUNTRY)
        self._zone = re.compile(f"(?:国家级?|省级)?(?:{alternatives('zones_after_place')})")
        endings = alternatives("zones_of_a_place")
        self._zone_of_place = re.compile(
            f"(?P<own>[\u4e00-\u9fff]{{0,8}}?)(?:{endings})(?![\u4e00-\u9fff]?[局会委站司])"
        )
        self._verb = re.compile(f"[的了等]|{alternatives('swallowed_verbs')}")
        after = alternatives("not_after_place")
        self._not_after = re.compile(f"人(?:$|[^民才])|[江湾](?![南北东西苏山阴])|{after}|{_BODY_FOLLOWS}")

    def ranges(self, text: str) -> list[Range]:
        """Where words of the register stand, whether they mean the place or not."""
        return self._matcher.ranges(text)

    def places(self, text: str, registered: list[Range]) -> list[Range]:
        """Those of the registered words that stand for a place."""
        end_of_last: dict[int, Range] = {span[1]: span for span in registered}
        return [
            span
            for span in registered
            if self._stands_for_place(text, *span) and not _is_water(text, end_of_last.get(span[0]), span)
        ]

    def end_of_zone(self, text: str, end: int) -> int:
        """Where the zone ends that a place before `end` gives its name to (武夷山国家公园); `end` if there is none."""
        match = self._zone.match(text, end)
        return match.end() if match else end

    def zones(self, text: str, registered: list[Range]) -> list[Range]:
        """Zones that a place heads, with a field between (赣州 + 稀土 + 产业园)."""
        found = []
        for start, end in registered:
            match = self._zone_of_place.match(text, end)
            if match and not self._verb.search(match["own"]):
                found.append((start, match.end()))
        return found

    def end_of_area(self, text: str, start: int, end: int) -> int:
        """Where a zone or quarter ends that is named by a word of its own (川南临港 + 片区, but not 江西 + 片区)."""
        is_quarter = text.startswith(_QUARTER, end) and text[start:end] not in self._lexicon.places
        return end + len(_QUARTER) if is_quarter else end

    def short_counties(self, text: str, registered: list[Range]) -> list[Range]:
        """Short forms of the counties of the province that the text is about (平阳, in a text of 浙江省)."""
        return [
            span
            for span in self.county_heads(text, registered)
            if self._stands_alone(text, *span) and _is_bounded(text, *span)
        ]

    def county_heads(self, text: str, registered: list[Range]) -> list[Range]:
        """Where such short forms begin, whatever follows: they may head a longer name (樟树 + 药材交易中心)."""
        home = _home_province(text, registered)
        if home is None:
            return []
        taken = Ranges(registered)
        return [span for span in self._counties_of(home).ranges(text) if not taken.clashes(span)]

    def _counties_of(self, home: str) -> Matcher:
        counties = {short_form(place.name) for place in divisions() if divisions().lies_in(place, home)}
        ambiguous = words("ambiguous_places") | words("ambiguous_counties")
        short = {name for name in counties if name and len(name) >= 2} - ambiguous - self._lexicon.short
        return _matcher_of(frozenset(short))

    def _stands_for_place(self, text: str, start: int, end: int) -> bool:
        word = text[start:end]
        if word in self._lexicon.full:
            return True
        return word in self._free and self._stands_alone(text, start, end)

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        if self._not_after.match(text[end : end + 4]):
            return False
        return not _NOT_BEFORE.search(text[max(0, start - 2) : start])


def _is_water(text: str, last: Range | None, span: Range) -> bool:
    """Whether a short name that ends like a river stands right after a place that it does not lie in (张掖黑河)."""
    if last is None or not text[slice(*span)].endswith(_WATERS):
        return False
    above = {place.name for called in divisions().called(text[slice(*span)]) for place in divisions().above(called)}
    return not above & {place.name for place in divisions().called(text[slice(*last)])}


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether a short name of a county stands as a word: 建德 does not in 构建德技兼修的体系."""
    return _LEFT.search(text, max(0, start - 2), start) is not None and _RIGHT.match(text, end) is not None


@cache
def _matcher_of(names: frozenset[str]) -> Matcher:
    return Matcher(names)


def _home_province(text: str, registered: list[Range]) -> str | None:
    """Code of the province that most places of the text lie in; None without places."""
    counts: Counter[str] = Counter()
    for start, end in registered:
        named = divisions().called(text[start:end])
        if len(named) == 1:
            counts[([*divisions().above(named[0])] or [named[0]])[-1].code] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked else None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the register that the package carries."""
    return Gazetteer(lexicon())
