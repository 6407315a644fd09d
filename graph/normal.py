"""Normal forms of text: for search (folded) and for identity (keyed)."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_DROPPED = re.compile(r"[\W_]+")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Text as it is searched: NFKC, lower case, traditional characters as simplified ones."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isascii() else str(_to_simplified().convert(folded))


def key(text: str) -> str:
    """Text as it is compared for identity: folded, without spaces and punctuation."""
    return _DROPPED.sub("", fold(text))


def sort_key(name: str) -> str:
    """First 64 characters of the folded name in hex (UTF-8), so that order is the same in every store."""
    return fold(name)[:64].encode("utf-8", "surrogatepass").hex()


def number_text(value: float | str | None) -> str:
    """The canonical text of a value: 60.0 -> 60, 18：1 -> 18:1, None -> ''."""
    if value is None:
        return ""
    if isinstance(value, str):
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))
