"""Places in a list whose last member carries the body that each of them has: 云州县、澄湖县人民政府 are two."""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.extract.records import Mention

_BODY = re.compile("(?:人民)?政府|(?:县|区|市)?委|党委|管委会|人民法院|人民检察院")
_FULL = tuple("省市县区旗州")
_BETWEEN = frozenset(("、", "和", "与", "及"))


def with_shared_heads(found: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, with each place that such a list names as the body that is meant; its span stays the place."""
    out = list(found)
    for position in range(len(out) - 1, 0, -1):
        following, here = out[position], out[position - 1]
        body = _shared(following)
        if body is None or here.kind != "place" or not here.text.endswith(_FULL):
            continue
        if text[here.span.end : following.span.start] in _BETWEEN:
            out[position - 1] = replace(here, kind="organization", text=here.text + body, rule="shared head")
    return out


def _shared(mention: Mention) -> str | None:
    """What a body's name says after its place (人民政府 of 云州县人民政府)."""
    if mention.kind != "organization":
        return None
    for end in range(2, len(mention.text) - 1):
        if mention.text[end - 1] in _FULL and _BODY.fullmatch(mention.text, end):
            return mention.text[end:]
    return None
