"""Towns and streets that stand right after the county or district in which they lie: 澄湖县白石镇."""

import re
from collections.abc import Sequence

from loaders.extract.records import Mention
from loaders.text.model import Span

_COUNTY = tuple("市县区旗")
_TOWN = re.compile(
    "(?P<town>(?![各等所的内中和与及全城市县区乡镇多两三这该下])[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))(?![镇村级域道办区心企民土]|街道)"
)
_KIND = re.compile(
    "各|城镇|乡镇|集镇|小镇|建制|特色|中心镇|重点|沿[江河海湖]|级|边界|[一二两三四五六七八九十]个|贫困|偏远|其他"
)


def with_towns(found: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions and the towns right after them; a town is named with the place that it lies in."""
    out: list[Mention] = []
    skipped: Mention | None = None
    for position, here in enumerate(found):
        if here is not skipped:
            out.append(here)
        if here.kind != "place" or not here.text.endswith(_COUNTY):
            continue
        town = _TOWN.match(text, here.span.end)
        following = found[position + 1] if position + 1 < len(found) else None
        if town is None or _KIND.search(town[0]):
            continue
        marked = following is not None and following.kind == "place" and following.span.end == town.end()
        if marked or following is None or following.span.start >= town.end():
            skipped = following if marked else None
            out.append(Mention(Span(*town.span()), "place", here.text + town[0], "town"))
    return out
