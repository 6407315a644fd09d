"""How a document speaks of its own subject: 学校 and 我校 in a college's paper, 全市 in a city's."""

import re

from loaders.resolve.context import Context
from loaders.resolve.places import Place

_BODY = re.compile("(?:我|本|全)(?:校|院|公司|集团|单位|所)|学校|学院|公司|医院")
_PLACE = re.compile("(?:我|本|全)?(?P<rank>省|市|县|区|州)(?:域|级|里|内|直)?|(?P<country>我国|全国)")
_LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "county"),
    "县": ("county",),
    "区": ("county",),
    "州": ("prefecture",),
}


def speaks_of(word: str, context: Context) -> str | Place | None:
    """The body's full name or the place that a word means when a document speaks of itself; None for other words."""
    if _BODY.fullmatch(word):
        return context.body
    match = _PLACE.fullmatch(word)
    if match is None or context.home is None:
        return None
    if match["country"]:
        return context.home.at("country")
    if match["rank"] == "市" and context.home.label == "City" and context.home.level == "province":
        return context.home
    return next((place for level in _LEVELS[match["rank"]] if (place := context.home.at(level))), None)
