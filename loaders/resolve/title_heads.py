"""The heads of the titles in a text: 《江北省关于…》 says whose the policy is."""

import re

from loaders.text.model import Span

_TITLE = re.compile("《(?P<title>[^《》]{4,80})》")


def title_heads(text: str) -> list[Span]:
    """Spans of the titles between 《》, in order; what stands at their head may be a place."""
    return [Span(*match.span("title")) for match in _TITLE.finditer(text)]
