"""Which of many stretches of a text holds a place, found without looking at each."""

from bisect import bisect_right
from collections.abc import Iterable

from loaders.text.model import Span


class Stretches:
    """Stretches of a text that do not overlap, such as its policies, in the order of the text."""

    def __init__(self, stretches: Iterable[Span]) -> None:
        self._spans = tuple(stretches)
        self._starts = [span.start for span in self._spans]

    def find(self, span: Span) -> int | None:
        """Position of the stretch that holds a span; None where none does."""
        position = bisect_right(self._starts, span.start) - 1
        return position if position >= 0 and span in self._spans[position] else None

    def find_at(self, place: int) -> int | None:
        """Position of the stretch in which a code point stands; None where none does."""
        return self.find(Span(place, place + 1))
