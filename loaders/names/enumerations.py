"""Bare brands in lists of companies (联通、云帆和星渊等龙头企业), which have no ending that tells a company."""

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise

from loaders.names.lexicon import lexicon
from loaders.names.ranges import Matcher, Range
from loaders.names.shapes import Shapes, alternatives
from loaders.names.wordlists import words

_ITEM = "[\u4e00-\u9fffA-Za-z0-9·+&（）()-]{2,16}"
_LIST = re.compile(
    f"(?P<items>{_ITEM}(?:、{_ITEM}){{1,30}}?(?:[和及与]{_ITEM})?)等(?P<class>[^、，。；！？\n]{{0,14}})"
)
_ONE = re.compile(
    "(?<=[在与和由到为])(?P<item>[\u4e00-\u9fffA-Za-z]{2,6}?)等(?:行业|本地|当地|国内)?(?:名企|知名企业|上市公司)"
)
_OF_COMPANIES = re.compile("企业|公司|名企|酒店|厂商|集团|订单班|冠名班|学徒制|产业学院")
_SURE = re.compile(r"\d+(?:余|多)?家|[^，。；]{0,6}(?:订单班|冠名班|学徒制)")
_LATIN = re.compile("[A-Za-z]{2,}")
_SEPARATOR = re.compile("[、和及与]")
_COMPANY_ENDINGS, _SHORTEST_NAME = ("集团", "银行", "证券", "股份", "控股", "财险", "航空"), 4
_CLASS, _SHORTEST_CLASS = "班", 2
_LEAST_KNOWN = 0.5


def brands(text: str, candidates: Collection[Range], shapes: Shapes) -> list[Range]:
    """Members of lists of companies, at least half of which the network or the lexicon takes for organizations."""
    by_end = {end: start for start, end in candidates}
    found: list[Range] = []
    for match in _LIST.finditer(text):
        if not _OF_COMPANIES.search(match["class"]):
            continue
        items = [_trimmed(text, item, by_end) for item in _items(text, *match.span("items"))]
        known = [item for item in items if item in candidates or _is_known(text[slice(*item)])]
        if _SURE.match(match["class"]) or len(known) >= max(1, _LEAST_KNOWN * len(items)):
            bare = (_without_class(text, item) for item in items)
            found += [item for item in bare if _may_be_brand(text[slice(*item)], shapes)]
    one = (match.span("item") for match in _ONE.finditer(text))
    return found + [item for item in one if _may_be_brand(text[slice(*item)], shapes)]


def known_companies(text: str) -> list[Range]:
    """Known companies whose names are no common words: those that end like one, and those of the state."""
    return _known_companies().ranges(text)


@cache
def _known_companies() -> Matcher:
    names = (name for name in lexicon().known if len(name) >= _SHORTEST_NAME)
    return Matcher(name for name in names if name.endswith(_COMPANY_ENDINGS) or name.startswith("中国"))


def _without_class(text: str, item: Range) -> Range:
    """星渊 of 星渊班, which has the company's name."""
    start, end = item
    return (start, end - 1) if text[end - 1] == _CLASS and end - start > _SHORTEST_CLASS else item


def _is_known(word: str) -> bool:
    return word in lexicon().known or _LATIN.fullmatch(word) is not None


def _items(text: str, start: int, end: int) -> list[Range]:
    cuts = [start - 1, *(match.start() for match in _SEPARATOR.finditer(text, start, end)), end]
    return [(left + 1, right) for left, right in pairwise(cuts) if right - left > 2]


_BEFORE_LIST = re.compile(f".*(?:{alternatives('swallowed_verbs')})")


def _trimmed(text: str, item: Range, by_end: dict[int, int]) -> Range:
    """The item without the verbs before it: where the network's candidate starts, else after the last verb."""
    start, end = item
    if by_end.get(end, -1) >= start:
        return by_end[end], end
    match = _BEFORE_LIST.match(text, start, end - 2)
    return (match.end() if match else start), end


def _may_be_brand(word: str, shapes: Shapes) -> bool:
    if not 2 <= len(word) <= 8 or word in words("fields") or word in shapes.places:
        return False
    return not shapes.is_generic(word) and not shapes.is_topic(word)
