"""Sentences of the genre with names in them, made up by the grammar, and real sentences with other names in them."""

import random
import re
from collections.abc import Sequence

from loaders.names.labels import Kind
from training.grammar import Grammar
from training.grammar_files import rules
from training.sentences import Sentence, Span, moved
from training.wordlists import words

_NAMELESS, _ALONE = 0.30, 0.25  # shares of sentences without a name, and of those without anything around
_REPLACED = 0.75  # share of names that are replaced in a copy
_OF_THE_SAME_KIND = 0.8
_SYMBOLS: dict[Kind, str] = {
    "government": "government",
    "school": "school",
    "department": "department",
    "enterprise": "company",
    "alliance": "alliance",
    "platform": "platform",
}
_ANY = ("company", "school", "alliance", "platform", "government")
_NATIONAL = re.compile("中国|国家")
_GOVERNMENT = re.compile("(人民)?政府")
_TITLE = re.compile("《[^》]*》")


class Generator:
    """Sentences at random; the same seed gives the same sentences."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._grammar = Grammar(rules(), words, self._rng)
        self._full_places = frozenset(words("places"))
        self._short_places = frozenset(words("short_places"))

    def sentence(self) -> Sentence:
        """One that the grammar makes up, with names or without."""
        drawn = self._rng.random()
        if drawn < _NAMELESS:
            return self._grammar.text("nameless")
        sentence = with_whole_names(self._grammar.text("sentence"))
        return sentence if drawn > 1 - _ALONE else self._surrounded(sentence)

    def copy(self, sentence: Sentence) -> Sentence:
        """A sentence with most of its names replaced, as a rule by names of the same kind."""
        parts, spans, position, length = list[str](), list[Span](), 0, 0
        for start, end, kind in sentence.spans:
            name, new_kind = self._replacement(sentence.text[start:end], kind)
            length += start - position
            spans.append(Span(length, length + len(name), new_kind))
            parts += [sentence.text[position:start], name]
            position, length = end, length + len(name)
        return Sentence("".join(parts) + sentence.text[position:], tuple(spans))

    def _surrounded(self, sentence: Sentence) -> Sentence:
        """The sentence with boilerplate before or behind it, or both."""
        text, before, after = sentence.text, "", ""
        if self._rng.random() < 0.6:
            before = self._grammar.text("few_clauses").text + self._rng.choice("，，，。；")
        if self._rng.random() < 0.6:
            after = self._grammar.text("few_clauses").text + self._rng.choice("。。。；")
            text = text if "\t" in text else text.rstrip("。；") + self._rng.choice("，，，。；")
        return Sentence(before + text + after, moved(sentence.spans, len(before)))

    def _replacement(self, name: str, kind: Kind) -> tuple[str, Kind]:
        if self._rng.random() >= _REPLACED:
            return name, kind
        if kind == "place":
            return self._other_place(name), kind
        symbol = _SYMBOLS[kind] if self._rng.random() < _OF_THE_SAME_KIND else self._rng.choice(_ANY)
        made = self._grammar.text(symbol)
        return made.text, made.spans[0].kind

    def _other_place(self, name: str) -> str:
        """A full place for a full one, a short one for a short one; others stay."""
        if name in self._full_places:
            return self._grammar.text("full_place").text
        return self._grammar.text("short_place").text if name in self._short_places else name


def with_whole_names(sentence: Sentence) -> Sentence:
    """The sentence with its names as a reader would mark them.

    A place, or a school before its department, is part of the body that follows it at once; inside 《》 only the bodies
    that lead the title are names.
    """
    spans: list[Span] = []
    for span in sentence.spans:
        government = _GOVERNMENT.match(sentence.text, span.end) if span.kind == "place" else None
        if spans and _belong_together(sentence.text, spans[-1], span):
            spans[-1] = Span(spans[-1].start, span.end, span.kind)
        elif government:
            spans.append(Span(span.start, government.end(), "government"))
        else:
            spans.append(span)
    return Sentence(sentence.text, _outside_titles(sentence.text, spans))


def _belong_together(text: str, before: Span, here: Span) -> bool:
    if before.end != here.start or here.kind == "place":
        return False
    if before.kind == "place":
        return _NATIONAL.match(text, here.start) is None
    return before.kind in ("school", "enterprise") and here.kind == "department"


def _outside_titles(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    titles = [match.span() for match in _TITLE.finditer(text)]

    def is_hidden(span: Span) -> bool:
        title = next((title for title in titles if title[0] < span.start and span.end < title[1]), None)
        return title is not None and (span.start > title[0] + 1 or span.kind == "place")

    return tuple(span for span in spans if not is_hidden(span))
