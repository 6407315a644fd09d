"""Sets the ends of names right: legal forms and publishers after a name, Latin letters and brands before it."""

import re
from collections.abc import Iterable

from loaders.names.lexicon import lexicon
from loaders.names.ranges import Range, Ranges

_LEGAL_FORM = "(?:集团\n?)?(?:股份\n?)?有限\n?(?:责任\n?)?公\n?司"
_TAIL = re.compile(
    f"\n?出版\n?社(?:\n?{_LEGAL_FORM})?|\n?(?:社\n?)?{_LEGAL_FORM}|附属(?:医院|中学|小学|第[一二三四五]医院)"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9+&]*[ ]?$")
_LEGAL = re.compile(f"\n?{_LEGAL_FORM}")
_LONGEST_BEFORE = 12


def completed(text: str, found: Iterable[Range]) -> dict[Range, Range]:
    """Each name with its ends set right; names that grow into each other become one."""
    grown = {span: (_left(text, *span), _right(text, *span)) for span in found}
    taken = Ranges()
    for span in sorted(set(grown.values()), key=lambda span: (span[0] - span[1], span)):
        if not taken.clashes(span):
            taken.put(span)
    return {span: clash for span, wide in grown.items() for clash in taken.clashes(wide)[:1]}


def _right(text: str, start: int, end: int) -> int:
    match = _TAIL.match(text, end)
    return (
        match.end()
        if match and not text[start:end].endswith(("公司", "出版社"))
        else _after_publisher(text, start, end)
    )


def _after_publisher(text: str, start: int, end: int) -> int:
    match = re.compile(f"\n?{_LEGAL_FORM}").match(text, end) if text[start:end].endswith("出版社") else None
    return match.end() if match else end


def _left(text: str, start: int, end: int) -> int:
    """Latin letters right before the name, and a place or brand right before these (联通5G+产业学院)."""
    match = _LATIN_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if match is None or not _needs_head(text[start:end]):
        return start
    begin = match.start()
    while (size := _known_before(text, begin)) > 0:
        begin -= size
    return begin


def _needs_head(name: str) -> bool:
    return "\u4e00" <= name[0] <= "\u9fff" or name[0] in "+＋"


def _known_before(text: str, end: int) -> int:
    """Length of the longest known brand, country or place that ends at `end`."""
    known = lexicon()
    for size in range(min(6, end), 1, -1):
        word = text[end - size : end]
        if word in known.known or word in known.countries or word in known.places:
            return size
    return 0
