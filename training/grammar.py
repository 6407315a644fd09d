"""A weighted grammar of texts in which some symbols are names; its files are in `grammar/`, its words in `lists/`.

A rule is a line `= symbol`, or `= symbol : kind` for a name, and below it one alternative a line. In an alternative

- `{symbol}` is replaced by one of the symbol's alternatives, `{symbol*}` by a list of two to six of them;
- `(a|b|)` is one of its parts, which may hold symbols and parentheses and may be empty;
- ` ×3` at the end makes it three times as likely; `⇥` is a tab; a line of `ε` is the empty text.

A symbol without a rule is a word list. Names inside names are no names of their own.
"""

import random
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from loaders.names.labels import KINDS, Kind
from training.kinds import kind_of_name
from training.sentences import Sentence, Span

_SEPARATORS = ("、",) * 8 + ("和", "与", "及")
_MOST = 6

SymbolKind: TypeAlias = Kind | Literal["organization"]
"""The kind of the names that a symbol makes; for `organization` each name itself says of which kind it is."""
SYMBOL_KINDS: tuple[SymbolKind, ...] = (*KINDS, "organization")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a symbol stands."""

    symbol: str
    many: bool


Parts: TypeAlias = tuple["str | Slot | Choice", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives with the sums of their weights."""

    alternatives: tuple[Parts, ...]
    sums: tuple[float, ...]
    kind: SymbolKind | None = None


@dataclass(slots=True)
class _Writing:
    """A text in the making."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
    inside: bool = False

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


class Grammar:
    """Texts by the rules, at random; the same state of `rng` gives the same text."""

    def __init__(self, rules: Mapping[str, Choice], words: Callable[[str], Sequence[str]], rng: random.Random) -> None:
        self.rng = rng
        self._words = words
        self._rules = dict(rules)

    def text(self, symbol: str) -> Sentence:
        """A text of the symbol with the names in it."""
        writing = _Writing()
        self._write_symbol(symbol, writing)
        return Sentence("".join(writing.parts), tuple(writing.spans))

    def _rule(self, symbol: str) -> Choice:
        rule = self._rules.get(symbol)
        if rule is None:
            entries = self._words(symbol)
            rule = Choice(tuple((entry,) for entry in entries), tuple(range(1, len(entries) + 1)))
            self._rules[symbol] = rule
        return rule

    def _write_symbol(self, symbol: str, writing: _Writing) -> None:
        rule = self._rule(symbol)
        if rule.kind is None or writing.inside:
            self._write_choice(rule, writing)
            return
        start, first = writing.length, len(writing.parts)
        writing.inside = True
        self._write_choice(rule, writing)
        writing.inside = False
        if writing.length > start:
            kind = kind_of_name("".join(writing.parts[first:])) if rule.kind == "organization" else rule.kind
            writing.spans.append(Span(start, writing.length, kind))

    def _write_choice(self, choice: Choice, writing: _Writing) -> None:
        chosen = bisect(choice.sums, self.rng.random() * choice.sums[-1])
        for part in choice.alternatives[chosen]:
            if isinstance(part, str):
                writing.write(part)
            elif isinstance(part, Choice):
                self._write_choice(part, writing)
            elif part.many:
                self._write_list(part.symbol, writing)
            else:
                self._write_symbol(part.symbol, writing)

    def _write_list(self, symbol: str, writing: _Writing) -> None:
        count = self.rng.randint(2, _MOST)
        for position in range(count):
            if position:
                writing.write("、" if position < count - 1 else self.rng.choice(_SEPARATORS))
            self._write_symbol(symbol, writing)
