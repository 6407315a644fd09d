"""The terms of a search: words, quoted phrases, and beginnings of names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.facts import Node
from graph.normal import fold
from graph.store import Rank

_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Terms:
    """The folded terms: all must be there, `phrases` with their spaces, and a name must begin with each of `starts`.

    `asked` is what a store is asked for, which may find more.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    starts: tuple[str, ...]
    asked: str

    @property
    def are_plain(self) -> bool:
        """Whether all fits that a store finds of the worst rank and better ones, so that none needs a second look."""
        return not self.phrases and (not self.starts or self.is_start)

    @property
    def is_start(self) -> bool:
        """Whether just the beginning of a name is asked for."""
        return self.starts == (self.asked,)

    @property
    def worst(self) -> Rank:
        """The rank behind which nothing fits."""
        return Rank.PREFIX if self.is_start else Rank.TEXT

    def fit(self, node: Node, matched: str) -> bool:
        """Whether a node that the store found has the phrases where it fits, and a name that begins as it must."""
        aliases = node.properties.get("aliases")
        names = [_spaced(name) for name in (node.name, *(aliases if isinstance(aliases, list) else ()))]
        if not all(any(name.startswith(start) for name in names) for start in self.starts):
            return False
        texts: Sequence[str] = names if matched == "name" else [_spaced(str(node.properties.get("text", "")))]
        return all(any(phrase in text for text in texts) for phrase in self.phrases)


def terms_of(text: str) -> Terms:
    """The terms of a text: "two words" in straight quotes are a phrase, 云州* is the beginning of a name."""
    words: list[str] = []
    phrases: list[str] = []
    starts: list[str] = []
    for quoted, plain in _TERM.findall(fold(text)):
        term = " ".join((quoted or plain).split())
        if plain and len(term) > 1 and term.endswith("*") and term[-2].isalnum():
            term = term[:-1]
            starts.append(term)
        elif " " in term:
            phrases.append(term)
        if term:
            words.append(term)
    return Terms(tuple(words), tuple(phrases), tuple(starts), " ".join(words))


def _spaced(text: str) -> str:
    return " ".join(fold(text).split())
