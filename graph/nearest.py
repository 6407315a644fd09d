"""What somebody meant who wrote a word that there is not."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60
_NEAR_ENOUGH = 0.6


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The nearest of the known words, None where none is near."""
    return next(iter(get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=_NEAR_ENOUGH)), None)


def hint(word: str, known: Iterable[str], *, otherwise: str = "there are") -> str:
    """“did you mean region?”, or all known words behind `otherwise` where none is near."""
    words = list(known)
    near = nearest(word, words)
    return f"did you mean {near}?" if near else f"{otherwise} {', '.join(words) or 'none'}"
