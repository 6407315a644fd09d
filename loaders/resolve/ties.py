"""Where an organization is and what it is part of, by its name and the registers."""

from collections.abc import Collection
from dataclasses import dataclass

from loaders.names.lexicon import lexicon
from loaders.resolve.places import Place, Places

_SHORTEST_OWNER = 3


@dataclass(frozen=True, slots=True)
class Ties:
    """`place` it is located in; `shown` says how many characters at the start of the name say so, 0 if none do.

    `owner` is the name of the body that it is part of, as the longer name writes it.
    """

    place: Place | None = None
    shown: int = 0
    owner: str | None = None


def ties_of(name: str, places: Places, owners: Collection[str]) -> Ties:
    """Ties of an organization by its name; `owners` are names of the bodies that it may begin with."""
    head = places.leading(name)
    size = head[1] if head else 0
    owner = _owner(name, owners) or _owner(name[size:], owners)
    if owner:
        inner = places.leading(name[name.index(owner) + len(owner) :])
        if inner and inner[0].level != "country":
            return Ties(inner[0], 0, owner)
    if head and head[0].level not in ("country", "area"):
        return Ties(head[0], 0 if _is_of_college(name) else size, owner)
    province = lexicon().province_of.get(name)
    return Ties(places.registered(province) if province else None, 0, owner)


def _owner(name: str, owners: Collection[str]) -> str | None:
    """The longest owner that the name begins with and is longer than."""
    sizes = range(len(name) - 1, _SHORTEST_OWNER - 1, -1)
    return next((name[:size] for size in sizes if name[:size] in owners), None)


def _is_of_college(name: str) -> bool:
    """Whether the name is, or begins with, that of a registered college: its place is part of a proper name."""
    return any(name[:size] in lexicon().colleges for size in range(4, len(name) + 1))
