"""A text as numbers: for each position the id of its character and the bucket of the pair that it begins."""

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]

BUCKETS = 65536  # bucket 0 means "no pair"
UNKNOWN = 1  # id of a character that the vocabulary lacks; 0 is that of padding
END_OF_TEXT = 10  # code point that follows the last character
_HIGHEST = 0xFFFF  # neither the vocabulary nor the normal forms go beyond the basic plane


@cache
def _normal_forms() -> NDArray[np.uint32]:
    """(65536,): code point -> normal code point; digits are one, letters two, and width and dashes fall together."""
    table = np.arange(_HIGHEST + 1, dtype=np.uint32)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for first, last in ("09", "az", "AZ"):
        for shift in (0, 0xFEE0):
            table[ord(first) + shift : ord(last) + shift + 1] = ord(first)
    for source, normal in (("—", "-"), ("–", "-"), ("－", "-"), ('"', "”"), ("\u3000", " "), ("\xa0", " ")):
        table[ord(source)] = ord(normal)
    return table


def normal_codes(text: str) -> NDArray[np.uint32]:
    """(N,) normal code points of a text of N characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = np.minimum(codes, _HIGHEST)
    return np.where(codes <= _HIGHEST, _normal_forms()[inside], codes)


def character_table(vocabulary: str) -> Integers:
    """(65536,): code point -> id; the first two characters of the vocabulary stand for padding and UNKNOWN."""
    table = np.full(_HIGHEST + 1, UNKNOWN, np.int64)
    for i, character in enumerate(vocabulary):
        if i > UNKNOWN and ord(character) < _HIGHEST:
            table[ord(character)] = i
    return table


def encode(text: str, table: Integers) -> tuple[Integers, Integers]:
    """Ids of the N characters (N,), and buckets of the pairs (i, i + 1) (N,)."""
    if not text:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    normal = normal_codes(text)
    ids = table[np.minimum(normal, _HIGHEST)]
    codes = normal.astype(np.int64)
    following = np.append(codes[1:], END_OF_TEXT)
    return ids, (codes * 40503 + following * 30011 + (codes ^ following) * 7) % (BUCKETS - 1) + 1
