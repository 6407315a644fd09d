"""Normal forms of text: for search (folded) and for identity (keyed)."""

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_NAME = 64
_DROPPED = re.compile(r"[\W_]+")
_HAN = (range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32400))
_WIDE = {chr(ord(mark) + 0xFEE0): mark for mark in ",:;()!?%"}


@cache
def _to_simplified() -> dict[int, str]:
    """Each traditional character and its simplified one.

    Character by character, not by OpenCC's phrases: what a text folds to must not hang on its neighbours, or a word
    would not be found in the text that holds it.
    """
    characters = [chr(point) for block in _HAN for point in block if chr(point).isalnum()]
    converter = OpenCC("t2s")
    simple = dict(zip(characters, converter.convert("\n".join(characters)).split("\n"), strict=True))
    return {ord(c): simple.get(s, s) for c, s in simple.items() if c != s}


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _to_simplified()))


def fold(text: str) -> str:
    """Text as it is searched: NFKC, lower case, traditional characters as simplified ones."""
    return _fold_name(text) if len(text) <= _NAME else _fold(text)


def fold_name(name: str) -> str:
    """A name as it is searched and sorted: folded, with single spaces within and none around it."""
    return " ".join(fold(name).split())


@lru_cache(maxsize=1 << 16)
def _fold_name(text: str) -> str:
    """What is as short as names are, which questions fold over and over."""
    return _fold(text)


def _fold(text: str) -> str:
    folded = _compatible(text).lower()
    return folded if folded.isascii() or _traditional().isdisjoint(folded) else folded.translate(_to_simplified())


def _compatible(text: str) -> str:
    """NFKC. Most texts have it but for wide marks, and are then left alone, which takes a twentieth of the time."""
    for wide, mark in _WIDE.items():
        text = text.replace(wide, mark)
    return unicodedata.normalize("NFKC", text)


def key(text: str) -> str:
    """Text as it is compared for identity: folded, without spaces and punctuation unless there is nothing else."""
    folded = fold(text)
    return _DROPPED.sub("", folded) or folded.strip()


def sort_key(name: str) -> str:
    """First 64 characters of the name as it is searched, in hex (UTF-8), so that order is the same in every store."""
    return folded_sort_key(fold_name(name))


def folded_sort_key(folded: str) -> str:
    """The sort key of a name that is folded already."""
    return folded[:64].encode("utf-8", "surrogatepass").hex()


def number_text(value: float | str | None) -> str:
    """The canonical text of a value: 60.0 -> 60, 18：1 -> 18:1, None -> ''."""
    if value is None:
        return ""
    if isinstance(value, str):
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))
