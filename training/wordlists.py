"""Words of the grammar: lists of this package, lists of the tagger, and the names of the registers.

Registers: `provinces`, `prefectures`, `counties` and `places` are full names, `short_provinces`, `short_prefectures`
and `short_places` the forms without 省, 市 and 县, `first_characters` what 温职院 takes of 温州; `colleges` and
`medical_colleges` are the registered ones.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from loaders.names.divisions import divisions, short_form
from loaders.names.lexicon import lexicon
from loaders.names.wordlists import words as words_of_tagger

_MEDICAL = ("医科大学", "医大学", "医学院")


def _named(level: str) -> list[str]:
    return sorted({place.name for place in divisions() if place.level == level})


def _short(level: str) -> list[str]:
    return sorted({short for name in _named(level) if (short := short_form(name)) is not None and len(short) > 1})


def _short_places() -> list[str]:
    return sorted(lexicon().short | lexicon().short_counties)


_REGISTERS: dict[str, Callable[[], Sequence[str]]] = {
    "provinces": lambda: _named("province"),
    "prefectures": lambda: _named("prefecture"),
    "counties": lambda: sorted(set(_named("county")) & lexicon().full),
    "places": lambda: sorted(lexicon().full),
    "short_provinces": lambda: _short("province"),
    "short_prefectures": lambda: _short("prefecture"),
    "short_places": _short_places,
    "first_characters": lambda: [place[0] for place in _short("prefecture")],
    "colleges": lambda: sorted(lexicon().colleges),
    "medical_colleges": lambda: [name for name in sorted(lexicon().colleges) if name.endswith(_MEDICAL)],
}


@cache
def words(name: str) -> tuple[str, ...]:
    """Entries of the list or register of that name, repeated ones as often as they stand in it.

    Raises FileNotFoundError if there is neither.
    """
    if name in _REGISTERS:
        return tuple(_REGISTERS[name]())
    path = files("training").joinpath("lists", f"{name}.txt")
    if path.is_file():
        return tuple(line for line in path.read_text(encoding="utf-8").split("\n")[1:] if line)
    return tuple(sorted(words_of_tagger(name)))
