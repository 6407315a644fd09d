"""Text with the position of each code point in the text that it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trace:
    """A text, and for each of its code points its place in the text as read; places rise strictly."""

    text: str
    places: list[int]

    @classmethod
    def of(cls, read: str) -> "Trace":
        """The text as read itself."""
        return cls(read, list(range(len(read))))

    def keep(self, pieces: Iterable[Piece]) -> "Trace":
        """Only these pieces (start, end), which must rise and not overlap, put together."""
        wanted = [piece for piece in pieces if piece[0] < piece[1]]
        return Trace(
            "".join([self.text[start:end] for start, end in wanted]),
            list(chain.from_iterable([self.places[start:end] for start, end in wanted])),
        )

    def drop(self, pieces: Iterable[Piece]) -> "Trace":
        """All but these pieces, which must rise and not overlap."""
        kept: list[Piece] = []
        position = 0
        for start, end in pieces:
            kept.append((position, start))
            position = end
        if not kept:
            return self
        kept.append((position, len(self.text)))
        return self.keep(kept)
