"""Short forms that a text gives to a name itself: 海棠职业技术学院（以下简称“海职院”）."""

import re
from typing import NamedTuple

from loaders.names.ranges import Range

_GIVEN = re.compile(
    "[（(](?:以下|下文|下面|后文|下|又|也)?统?(?:一?简称|称)(?:为|：|:)?"
    '[“"‘「]?(?P<short>[^（）()“”"‘’「」，。；\n]{2,16})[”"’」]?[）)]'
)


class Abbreviation(NamedTuple):
    """A short form and where it is given; it stands for the name that ends at `full_end`."""

    short: Range
    full_end: int


def abbreviations(text: str) -> list[Abbreviation]:
    """Short forms that the text gives in brackets after a name or other words, in order."""
    return [Abbreviation(match.span("short"), match.start()) for match in _GIVEN.finditer(text)]
