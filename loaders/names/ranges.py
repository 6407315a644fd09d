"""Ranges of text that do not overlap, and a matcher of fixed words."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]


class Ranges:
    """Sorted ranges that do not overlap."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self.items = sorted(ranges)

    def clashes(self, span: Range) -> list[Range]:
        """The ranges that share a character with `span`."""
        first = last = bisect_left(self.items, span)
        if first and self.items[first - 1][1] > span[0]:
            first -= 1
        while last < len(self.items) and self.items[last][0] < span[1]:
            last += 1
        return self.items[first:last]

    def put(self, span: Range) -> None:
        """Add `span` in the place of what it clashes with."""
        clashing = self.clashes(span)
        if clashing:
            first = bisect_left(self.items, clashing[0])
            del self.items[first : first + len(clashing)]
        insort(self.items, span)


class Matcher:
    """Longest match, left to right, of a fixed set of words of two or more characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            self._by_start[word[:2]].append(word)

    def ranges(self, text: str) -> list[Range]:
        """Where the words stand in a text, in order, without overlaps."""
        found: list[Range] = []
        free = 0
        by_start = self._by_start
        for i in range(len(text) - 1):
            candidates = by_start.get(text[i : i + 2]) if i >= free else None
            word = next((word for word in candidates if text.startswith(word, i)), None) if candidates else None
            if word:
                free = i + len(word)
                found.append((i, free))
        return found
