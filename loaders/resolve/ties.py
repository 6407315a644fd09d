"""Where an organization is and what it is part of, by its name and the registers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from loaders.names.lexicon import lexicon
from loaders.names.ranges import Range
from loaders.resolve.places import Place, Places

_SHORTEST_OWNER = 3
_PROPER = re.compile("大学|学院|校区|日报|晚报|电视台|银行")  # the place is part of a proper name, not said of the body


@dataclass(frozen=True, slots=True)
class Ties:
    """`place` it is located in; `shown` are the characters of the name that say so, None if none do.

    `owner` is the name of the body that it is part of, as the longer name writes it.
    """

    place: Place | None = None
    shown: Range | None = None
    owner: str | None = None


def ties_of(name: str, places: Places, is_owner: Callable[[str], bool]) -> Ties:
    """Ties of an organization by its name; `is_owner` tells the names of the bodies that it may begin with."""
    head = places.leading(name)
    size = head[1] if head else 0
    owner = _owner(name, is_owner) or _owner(name[size:], is_owner)
    if owner:
        start = name.index(owner) + len(owner)
        inner = places.leading(name[start:])
        if inner and inner[0].level != "country":
            return Ties(inner[0], (start, start + inner[1]), owner)
    if head and head[0].level not in ("country", "area"):
        is_proper = head[0].level != "foreign" and _PROPER.search(name[size:])
        return Ties(head[0], None if is_proper else (0, size), owner)
    province = lexicon().province_of.get(name)
    return Ties(places.registered(province) if province else None, None, owner)


def _owner(name: str, is_owner: Callable[[str], bool]) -> str | None:
    """The longest owner that the name begins with and is longer than."""
    sizes = range(len(name) - 1, _SHORTEST_OWNER - 1, -1)
    return next((name[:size] for size in sizes if is_owner(name[:size])), None)
