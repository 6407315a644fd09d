"""Bodies of a list that name only once what they share: 云州县、澄湖县人民政府 are two, so are 市财政局、教育局."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from loaders.extract.records import Mention
from loaders.names.lexicon import lexicon
from loaders.names.ranks import RANK
from loaders.text.model import Span

_BODY = re.compile("(?:人民)?政府|(?:县|区|市)?委|党委|管委会|人民法院|人民检察院")
_FULL = tuple("省市县区旗州")
_BETWEEN = frozenset(("、", "和", "与", "及"))
_RANKED = re.compile(RANK)
_NO_DEPARTMENT = ("政府", "委", "党委", "人大", "政协", "管委会", "电视台", "博物馆", "图书馆", "法院")
_AFTER = re.compile("$|[^\u4e00-\u9fff]|[和与及等要应须将按会牵负配对为]")


def with_shared_heads(found: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, with each place of such a list as the body that is meant, and departments with what heads it.

    Their spans stay what the text has.
    """
    out = list(found)
    for position in range(len(out) - 1, 0, -1):
        following, here = out[position], out[position - 1]
        body = _shared(following)
        if body is None or here.kind != "place" or not here.text.endswith(_FULL):
            continue
        if text[here.span.end : following.span.start] in _BETWEEN:
            out[position - 1] = replace(here, kind="organization", text=here.text + body, rule="shared head")
    return sorted([*out, *_departments(out, text)], key=lambda mention: mention.span)


def _shared(mention: Mention) -> str | None:
    """What a body's name says after its place (人民政府 of 云州县人民政府)."""
    if mention.kind != "organization":
        return None
    for end in range(2, len(mention.text) - 1):
        rest = mention.text[end:]
        if mention.text[end - 1] in _FULL and (_BODY.fullmatch(rest) or rest in _stems()):
            return rest
    return None


def _departments(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Departments without a place that follow one with a place or rank in a list."""
    starts = [mention.span.start for mention in found]
    for mention in found:
        head = _head(mention) if mention.kind == "organization" else None
        end = mention.span.end
        while head is not None and text[end : end + 1] in _BETWEEN:
            at = bisect_left(starts, end + 1)
            stem = _stem_at(text, end + 1)
            if not stem or (at < len(starts) and starts[at] < end + 1 + len(stem)):
                break
            span = Span(end + 1, end + 1 + len(stem))
            yield Mention(span, "organization", head + stem, "shared rank")
            end = span.end


def _stem_at(text: str, start: int) -> str | None:
    """The longest department that stands at a position as a whole word."""
    found = next((stem for stem in lexicon().stems if text.startswith(stem, start)), None)
    is_whole = found is not None and found not in _NO_DEPARTMENT and _AFTER.match(text, start + len(found))
    return found if is_whole else None


def _head(mention: Mention) -> str | None:
    """The place or rank that heads the name of a department; None for other bodies."""
    ranked = _RANKED.match(mention.text)
    ends = [ranked.end()] if ranked else []
    ends += [end for end in range(2, len(mention.text) - 1) if mention.text[:end] in lexicon().full]
    return next((mention.text[:end] for end in ends if mention.text[end:] in _stems()), None)


@cache
def _stems() -> frozenset[str]:
    return frozenset(lexicon().stems)
