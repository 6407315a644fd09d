"""A name of a place -> the place: full name, code, level, and the places above it, by the register and the context."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from graph import ids
from loaders.names.divisions import Division, divisions, short_form
from loaders.names.place_heads import PLACE_ENDINGS, begins_a_landscape
from loaders.names.wordlists import words
from loaders.resolve.party import PlaceLabel, PlaceOfRegister

COUNTRY = "中国"
_COUNTRY_NAMES = frozenset({COUNTRY, "我国", "中华人民共和国"})
_RANKS = ("county", "prefecture", "province")
_UPPER = ("prefecture", "province")
_SMALL = re.compile("(?:镇|乡|村|街道|社区)$")
_AREA_TAIL = re.compile("(?:区域|地区|一带|城市群|都市圈)$")
_LONGEST_NAME, _SHORTEST_FULL = 12, 4


@dataclass(frozen=True)
class Place:
    """A place; `above` are the places that it lies in, the nearest first, up to the country."""

    name: str
    level: str | None
    code: str | None = None
    above: tuple["Place", ...] = ()

    @cached_property
    def id(self) -> str:
        """Its id: by code, else by name and the place above."""
        return ids.place_id(self.name, code=self.code, parent=self.above[0].id if self.above else None)

    @property
    def label(self) -> PlaceLabel:
        """City for prefectures, counties and municipalities, else Region."""
        is_city = self.level in ("prefecture", "county") or (self.level == "province" and self.name.endswith("市"))
        return "City" if is_city else "Region"

    @property
    def short(self) -> str | None:
        """Its usual short form, if it has one."""
        return short_form(self.name) if self.level in _RANKS else None

    def at(self, level: str) -> "Place | None":
        """The place of that level among itself and those above it."""
        return next((place for place in (self, *self.above) if place.level == level), None)

    def lies_in(self, other: "Place") -> bool:
        """Whether it is the other place or lies in it."""
        return any(place.id == other.id for place in (self, *self.above))

    def of_register(self) -> PlaceOfRegister:
        """The place as the register's own statement."""
        parent = self.above[0].id if self.above else None
        return PlaceOfRegister(self.id, self.label, self.name, self.level, self.code, parent)


CHINA = Place(COUNTRY, "country")


@cache
def _zone_endings() -> tuple[str, ...]:
    return tuple(sorted(words("zone_endings")))


def _is_weak_zone(name: str) -> bool:
    """Whether only a place before it would make it a zone; 产业集聚区 needs none."""
    return name.endswith(tuple(words("weak_zone_endings"))) and not name.endswith("产业集聚区")


def place_of(division: Division) -> Place:
    """The place of a row of the register."""
    above = tuple(place_of(parent) for parent in divisions().above(division))
    return Place(
        division.name, division.level, division.code, above if above and above[-1] is CHINA else (*above, CHINA)
    )


def _is_misprint(name: str, known: str) -> bool:
    """Whether a name differs from that of the document's own place in one character: 温洲市 in a paper of 温州市."""
    same = sum(a == b for a, b in zip(name, known, strict=False))
    return len(name) == len(known) > 2 and name[-1] == known[-1] and same == len(known) - 1 and name[0] == known[0]


class Places:
    """Resolves names of places in one document.

    `home` is the place that the document is about; of places with one name, that of the home's prefecture counts, then
    that of its province. `named` are further names that the document gives in full and the register lacks.
    """

    def __init__(self, home: Place | None, named: Iterable[str] = ()) -> None:
        self.home = home
        self._leading: dict[str, tuple[Place, int] | None] = {}
        self._unregistered: dict[str, Place] = {}
        for name in sorted(set(named), key=lambda name: (-len(name), name)):
            is_known = divisions().named(name) or name.endswith(_zone_endings()) or self._starts_in_full(name)
            place = None if is_known else self._by_ending(name)
            if place is not None:
                self._unregistered[name] = place
                self._unregistered.setdefault(name[:-1] if len(name) > 2 else name, place)
        self._leading.clear()  # what was looked up before all places were known

    def _starts_in_full(self, name: str) -> bool:
        head = self.leading(name)
        return head is not None and head[1] > 2

    def find(self, name: str) -> Place | None:
        """The place of that name; None for what is no place or can't be told."""
        if name in _COUNTRY_NAMES:
            return CHINA
        if name in words("countries"):
            return Place(name, "foreign")
        if name in self._unregistered:
            return self._unregistered[name]
        if name in words("common_places") and not any(self._nearness(d) > 1 for d in divisions().named(name)):
            return None
        return self.registered(name) or self._compound(name) or self._other(name)

    def unregistered(self, name: str) -> Place | None:
        """The place that the document gives in full and the register lacks, by its full name or short form."""
        return self._unregistered.get(name)

    def registered(self, name: str) -> Place | None:
        """The place of the register with that full name or short form, by the home where there are several."""
        candidates = divisions().named(name) or self._of_short_form(name)
        if len(candidates) > 1 and self.home:
            near = [self._nearness(division) for division in candidates]
            candidates = (
                tuple(d for d, n in zip(candidates, near, strict=True) if n == max(near) and n > 0) or candidates
            )
        return place_of(candidates[0]) if len(candidates) == 1 else None

    def leading(self, name: str) -> tuple[Place, int] | None:
        """The place that a longer name begins with, and how many characters name it; the innermost of several."""
        if name not in self._leading:
            self._leading[name] = self._find_leading(name)
        return self._leading[name]

    def _find_leading(self, name: str) -> tuple[Place, int] | None:
        found: tuple[Place, int] | None = None
        start = 0
        while start < len(name):
            step = self._at_head(name[start:], inside=found[0] if found else None)
            if step is None:
                break
            found = (step[0], start + step[1])
            start += step[1]
        return found

    def _of_short_form(self, name: str) -> tuple[Division, ...]:
        """Divisions of a short form: those of the highest level, except that one of the home counts first."""
        called = divisions().called(name)
        near = tuple(d for d in called if self.home and self._nearness(d) > 1)
        if near:
            return near
        if name in words("ambiguous_counties"):
            return ()
        for level in ("province", "prefecture", "county"):
            found = tuple(d for d in called if d.level == level)
            if found:
                return found
        return ()

    def _nearness(self, division: Division) -> int:
        """2 in the home's prefecture (or in the home), 1 in its province, 0 elsewhere."""
        chain = {place.code for place in (self.home, *self.home.above)} if self.home else set()
        shared = [d for d in (division, *divisions().above(division)) if d.code in chain]
        if not shared:
            return 0
        return 1 if shared[0].level == "province" and not shared[0].is_municipality else 2

    def _at_head(self, name: str, *, inside: Place | None) -> tuple[Place, int] | None:
        for size in range(min(len(name), _LONGEST_NAME), 1, -1):
            head = name[:size]
            if size < _SHORTEST_FULL and self._is_lower(head) and begins_a_landscape(name, size):
                continue
            place = self._unregistered.get(head) or (self.registered(head) if self._may_lead(head) else None)
            if place is None and inside is not None:
                place = Places(inside).registered(head)
            if place is None and head in words("countries") | _COUNTRY_NAMES:
                place = self.find(head)
            if place is not None and (inside is None or (place.lies_in(inside) and place.id != inside.id)):
                return place, size
        return None

    def _is_lower(self, head: str) -> bool:
        """Whether it is a short form of counties or prefectures, and of no province."""
        called = divisions().called(head)
        return bool(called) and all(d.name != head and d.level != "province" for d in called)

    def _may_lead(self, head: str) -> bool:
        """Whether a word may be the place at the head of a name: a county only in full or near the home."""
        called = divisions().called(head)
        if head in words("ambiguous_places") or head in words("ambiguous_counties"):
            return any(division.name == head for division in called)
        return any(d.name == head or d.level in _UPPER or self._nearness(d) > 0 for d in called)

    def _compound(self, name: str) -> Place | None:
        """浙江省温州市: a place with those above it written before it."""
        head = self.leading(name)
        return head[0] if head and head[1] == len(name) else None

    def _other(self, name: str) -> Place | None:
        """Areas, zones, small places and places that the register lacks."""
        area = _AREA_TAIL.sub("", name)
        if name in words("areas") or area in words("areas"):
            return Place(name if name in words("areas") else area, "area", None, (CHINA,))
        head = self.leading(name)
        above = (head[0], *head[0].above) if head else self._home_chain()
        if name.endswith(_zone_endings()):
            return Place(name, "zone", None, above) if head or not _is_weak_zone(name) else None
        if _SMALL.search(name):
            return Place(name[head[1] :] if head and head[1] > 2 and name[head[1] :] else name, None, None, above)
        if head and _AREA_TAIL.search(name) and _AREA_TAIL.sub("", name) == name[: head[1]]:
            return head[0]
        if head and head[1] > 2:
            name, lower = name[head[1] :], Places(head[0])
            return lower._by_ending(name) if name not in words("common_places") else None
        return self._by_ending(name)

    def _home_chain(self) -> tuple[Place, ...]:
        return (self.home, *self.home.above) if self.home else ()

    def _by_ending(self, name: str) -> Place | None:
        """A place that the register lacks, by its ending, in the lowest place of the home that can hold it."""
        level = next(
            (level for ending, level in PLACE_ENDINGS if name.endswith(ending) and len(name) > len(ending) + 1), None
        )
        if level is None or name in words("common_places") or name.endswith("地区"):
            return None
        if any(_is_misprint(name, place.name) for place in self._home_chain()):
            return None
        if divisions().named(name):  # several of that name, and nothing says which
            return Place(name, level)
        holders = _RANKS[_RANKS.index(level) + 1 :]
        chain = self._home_chain()
        above = next((chain[i:] for i, place in enumerate(chain) if place.level in holders and place.name != name), ())
        return Place(name, level, None, above or ((CHINA,) if level == "province" else ()))
