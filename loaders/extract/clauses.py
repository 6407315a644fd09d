"""Clauses of sentences, and the parts of a clause that each state one figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.extract import figure_words
from loaders.extract.quantities import Quantity
from loaders.text.model import Span

_TOKEN = re.compile(
    r"“[^”\n]{0,120}”|《[^》\n]{0,160}》|（[^（）\n]*）|\([^()\n]*\)|[，；]|(?<!\d)：|：(?!\d)|,(?!\d)|;|(?<!\d):|:(?!\d)|[。！？\n]"
)
_STOPS = "。！？\n"
_MARKS = "，,；;：:" + _STOPS
_JOIN = r"(?:、|，|以及|和|及|与|或者|或|并|，?且|[+＋])"
_OPENS_ITEM = re.compile(rf"\s*{_JOIN}\s*")
_LAST_JOIN = re.compile(rf"{_JOIN}(?=[^、和及与或]*$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without the mark that ends it; `mark` is the one before it, empty at the start of a sentence.

    A bracket with a figure in it is a clause of its own: `holder` is then the clause around it.
    """

    span: Span
    mark: str = ""
    holder: Span | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of a clause with the words before and after it that are about it."""

    span: Span
    quantity: Quantity
    inner: tuple[Quantity, ...] = ()
    is_first: bool = True


def clauses(text: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence in order, then those in brackets; marks in quotes, titles, brackets divide nothing."""
    found: list[Clause] = []
    brackets: list[tuple[Span, int]] = []
    start, mark = sentence.start, ""
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        if token[0] in _MARKS:
            found.append(Clause(Span(start, token.start()), mark))
            start, mark = token.end(), token[0]
        elif token[0][0] in "（(" and any(c.isdecimal() for c in token[0]):
            brackets.append((Span(token.start() + 1, token.end() - 1), len(found)))
    found.append(Clause(Span(start, sentence.end), mark))
    outer = [clause for clause in found if clause.span.start < clause.span.end]
    inner = [
        Clause(piece.span, piece.mark, found[at].span) for bracket, at in brackets for piece in _divided(text, bracket)
    ]
    return outer + inner


def _divided(text: str, bracket: Span) -> list[Clause]:
    pieces, start, mark = [], bracket.start, "（"
    for token in _TOKEN.finditer(text, bracket.start, bracket.end):
        if token[0] in _MARKS:
            pieces.append(Clause(Span(start, token.start()), mark))
            start, mark = token.end(), token[0]
    pieces.append(Clause(Span(start, bracket.end), mark))
    return [piece for piece in pieces if piece.span.start < piece.span.end]


def items(text: str, clause: Span, figures: Sequence[Quantity]) -> list[Item]:
    """The parts of a clause that each state one of its figures.

    Where nothing divides two figures the last is stated and the others belong to its words (全市5所学校升学率达40%).
    """
    starts = [clause.start]
    groups: list[list[Quantity]] = [[figures[0]]] if figures else []
    for left, right in pairwise(figures):
        at = _boundary(text, left, right)
        if at is None:
            groups[-1].append(right)
        else:
            starts.append(at)
            groups.append([right])
    ends = [*starts[1:], clause.end]
    return [
        Item(_without_join(text, Span(start, end)), group[-1], tuple(group[:-1]), is_first=number == 0)
        for number, (start, end, group) in enumerate(zip(starts, ends, groups, strict=False))
    ]


def _boundary(text: str, left: Quantity, right: Quantity) -> int | None:
    gap = text[left.span.end : right.span.start]
    if not gap.strip():
        return None if left.has_duration else right.span.start
    opening = _OPENS_ITEM.match(gap)
    if opening:
        return left.span.end + opening.end()
    if figure_words.starts_with_chain().match(gap) and figure_words.reach().search(
        text, max(0, left.span.start - 8), left.span.start
    ):
        return left.span.end
    joins = list(_LAST_JOIN.finditer(gap))
    if joins and not gap.startswith("的"):
        return left.span.end + joins[-1].end()
    return None


def _without_join(text: str, span: Span) -> Span:
    trailing = re.search(rf"{_JOIN}\s*$", text[span.start : span.end])
    return Span(span.start, span.start + trailing.start()) if trailing else span
