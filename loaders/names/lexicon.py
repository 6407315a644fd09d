"""What is known before a text is read: bodies, departments, brands, colleges, countries, places."""

from collections import Counter
from collections.abc import Iterable, KeysView, Mapping
from dataclasses import dataclass
from functools import cache

from loaders.names.divisions import Division, divisions, ranked_form, register_rows, short_form
from loaders.names.wordlists import words

_NO_PROPER_NAME = frozenset({"市中区", "城区", "郊区", "矿区", "新区"})  # names of districts that are also common nouns
_UPPER = ("province", "prefecture")


@dataclass(frozen=True)
class Lexicon:
    """Closed lists and registers, as the rules of names want them."""

    central: frozenset[str]  # bodies of the centre, national and international bodies
    stems: tuple[str, ...]  # departments without their place, longest first
    known: frozenset[str]  # brands, banks and media that need no ending
    province_of: Mapping[str, str]  # registered college -> short form of its province
    countries: frozenset[str]
    full: frozenset[str]  # 温州市, 永嘉县
    short: frozenset[str]  # 温州: provinces and prefectures
    short_counties: frozenset[str]  # 永嘉: of one county only, and no common word

    @property
    def colleges(self) -> KeysView[str]:
        """Names of the registered colleges."""
        return self.province_of.keys()

    @property
    def places(self) -> frozenset[str]:
        """Every name of a place of the register, full or short."""
        return self.full | self.short | self.short_counties


def _short_forms(places: Iterable[Division]) -> list[str]:
    return [short for place in places if (short := short_form(place.name)) and len(short) >= 2]


@cache
def lexicon() -> Lexicon:
    """The lists and registers that the package carries."""
    counties = [place for place in divisions() if place.level not in _UPPER]
    upper = [place for place in divisions() if place.level in _UPPER]
    full = {place.name for place in divisions() if len(place.name) >= 3 or place.name.endswith("县")}
    full |= {form for place in divisions() if (form := ranked_form(place.name)) is not None}
    once = {short for short, count in Counter(_short_forms(counties)).items() if count == 1}
    return Lexicon(
        central=words("central_bodies"),
        stems=tuple(sorted(words("department_stems"), key=lambda stem: (-len(stem), stem))),
        known=words("known_names"),
        province_of={row["name"]: row["province"] for row in register_rows("colleges")},
        countries=words("countries"),
        full=frozenset(full - _NO_PROPER_NAME),
        short=frozenset(_short_forms(upper)) - words("ambiguous_prefectures"),
        short_counties=frozenset(once - words("ambiguous_places")),
    )
