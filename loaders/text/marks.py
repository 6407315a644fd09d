"""Marks that programs leave in a text and that are no words of it."""

import re
import unicodedata
from collections.abc import Iterator

from loaders.text.trace import Piece

_LEFT_BY_PROGRAMS = r"\[bookmark:[^\[\]]{0,200}\]|\(cid:\d+\)"
_KEPT_CONTROLS = "\n\t"


def _invisible() -> str:
    categories = ("Cc", "Cf", "Co", "Cs")
    points = (chr(point) for point in range(0x10000))
    return "".join(c for c in points if unicodedata.category(c) in categories and c not in _KEPT_CONTROLS)


_MARK = re.compile(rf"(?:{_LEFT_BY_PROGRAMS}|[{re.escape(_invisible())}])+")


def mark_pieces(text: str) -> Iterator[Piece]:
    """Where bookmarks, glyph numbers of broken PDF text, and invisible, control and private-use characters stand."""
    return (match.span() for match in _MARK.finditer(text))
