"""Which place a longer name begins with, by the register alone, and what an ending says of a place that it lacks."""

from loaders.names.divisions import Division, Level, divisions

PLACE_ENDINGS: tuple[tuple[str, Level], ...] = (
    ("省", "province"),
    ("自治区", "province"),
    ("特别行政区", "province"),
    ("自治州", "prefecture"),
    ("市", "prefecture"),
    ("县", "county"),
    ("区", "county"),
    ("旗", "county"),
)
"""Endings of places with their level, the longer before those that they end with."""

_UPPER = ("province", "prefecture")
_LONGEST_FULL, _LONGEST_SHORT, _SHORTEST = 12, 4, 2
_OF_ANOTHER_NAME = frozenset("省市县区州大学路街河湖")  # 温州大学, 南京路
_WATERS = ("湖", "河", "江", "岛")


def level_by_ending(name: str) -> Level | None:
    """The level that an ending tells: 云州市 -> prefecture; None without a known ending."""
    return next((level for ending, level in PLACE_ENDINGS if name.endswith(ending)), None)


def begins_a_landscape(text: str, size: int) -> bool:
    """Whether a short form of `size` characters is the beginning of a lake or river (鄱阳湖, but not 湖南湖口县)."""
    rest = text[size:]
    if not rest.startswith(_WATERS):
        return False
    return not any(divisions().called(rest[:length]) for length in range(_SHORTEST, _LONGEST_FULL))


def registered_head(text: str) -> tuple[Division, int] | None:
    """The innermost division that a name begins with, and how many characters name it (浙江省温州市… -> 温州市, 6).

    Full names count at every level (of equal ones the highest), short forms those of provinces and prefectures.
    """
    found: tuple[Division, int] | None = None
    start = 0
    while (step := _at_start(text[start:])) is not None:
        start += step[1]
        found = (step[0], start)
    return found


def upper_division(short: str) -> Division | None:
    """The province or else prefecture of a short form."""
    called = [division for division in divisions().called(short) if division.level in _UPPER]
    return min(called, key=lambda division: _UPPER.index(division.level), default=None)


def _at_start(text: str) -> tuple[Division, int] | None:
    for length in range(min(_LONGEST_FULL, len(text)), 1, -1):
        if named := divisions().named(text[:length]):
            return min(named, key=lambda division: division.code[2:] != "0000"), length
    for length in range(min(_LONGEST_SHORT, len(text)), 1, -1):
        division = upper_division(text[:length])
        if division is not None and text[length : length + 1] not in _OF_ANOTHER_NAME:
            return division, length
    return None
