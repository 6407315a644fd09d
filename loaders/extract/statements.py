"""Figures as sentences state them: the number with its indicator, its year, and the clause that says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.extract.antecedents import Antecedent, antecedent_in, antecedent_of, completed, says_what_most_are
from loaders.extract.clauses import Clause, Item, clauses, items
from loaders.extract.comparisons import is_of_others, of_topic, topic_of
from loaders.extract.phrase_lists import listed_act, raised_to, share_ends, spread
from loaders.extract.phrases import Phrase, phrase_of
from loaders.extract.quantities import Comparator, Quantity, quantities
from loaders.extract.years import YearMention, last_before, year_mentions
from loaders.text.model import Section, Span, Structure

_SENTENCE_ENDS = "。！？\n"
_LONGEST_SENTENCE = 1000
"""Longer stretches without a full stop are cut there, so that time stays linear."""


_REACH = 120
_DONE = re.compile(
    r"(?:\d{1,2}月)?(?:底|末|初)?(?:之?前)?(?:全面|全部|基本)?(?:建成|投用|投入使用|投产|竣工|完工|启用|交付)"
)
"""What makes a year that follows a figure its own: 总投资2亿元，2023年建成投用."""
_MARKS = ("，", ",", "；", "、", "（", "(")
_WHOLE_PERIOD = re.compile(
    r"(?:今后|未来)?[一二三四五\d]年(?:内|间|来|共|累计)?(?!级|制|以)|(?:规划|建设|方案|实施|计划|行动)期[内间]"
)
"""A clause that begins so speaks of all years of the plan, not of the year before it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in running text.

    `evidence` is the part of the clause that states it, `opening` the start of that clause where an earlier item stands
    between. `year` is the mention that governs it; `lead` are the words of the clause in front of the figure.
    `follows` is the statement before it in the sentence, `leans_on` the earlier clause that completes its indicator.
    """

    section: Section
    sentence: Span
    clause: Clause
    item: Item
    phrase: Phrase
    evidence: Span
    year: YearMention | None = None
    years: tuple[YearMention, ...] = ()
    opening: Span | None = None
    follows: "Statement | None" = None
    leans_on: Span | None = None

    @property
    def completing(self) -> tuple[Span, ...]:
        """The stretches outside the evidence that complete its words: what it leans on, and how its clause opens."""
        return tuple(span for span in (self.leans_on, self.opening) if span is not None)

    @property
    def quantity(self) -> Quantity:
        """The figure's number."""
        return self.item.quantity

    def lead(self, text: str) -> str:
        """The words of the clause in front of the figure; of a long clause the last of them."""
        at = self.quantity.span.start
        return text[max(self.clause.span.start, at - _REACH) : at]

    def around(self, text: str) -> str:
        """The words of the clause around the figure; of a long clause those near it."""
        start = max(self.clause.span.start, self.quantity.span.start - _REACH)
        return text[start : min(self.clause.span.end, self.quantity.span.end + _REACH)]

    @property
    def comparator(self) -> Comparator:
        """How the figure is meant: as its own words say, else as the words with its whole do."""
        own = self.item.quantity
        return own.comparator if own.is_bounded or self.phrase.comparator is None else self.phrase.comparator


def statements(structure: Structure) -> Iterator[Statement]:
    """The figures of all paragraphs, in the order of the text."""
    for section in structure.sections:
        for paragraph in section.paragraphs:
            yield from statements_in(structure.text, section, paragraph.span)


def statements_in(text: str, section: Section, span: Span) -> Iterator[Statement]:
    """The figures of a stretch of a section, in the order of the text."""
    figures = quantities(text, span)
    if not figures:
        return
    carried: YearMention | None = None
    at = 0
    for sentence in _sentences(text, span):
        inside = []
        while at < len(figures) and figures[at].span.start < sentence.end:
            inside.append(figures[at])
            at += 1
        mentions = _outside_titles(text, year_mentions(text, sentence), sentence)
        if inside:
            yield from _of_sentence(text, section, sentence=sentence, figures=inside, years=mentions, carried=carried)
        heads = [mention for mention in mentions if _goes_on(text, mention, sentence)]
        carried = next((mention for mention in reversed(heads) if mention.kind != "since"), carried)


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for at in range(span.start, span.end):
        if text[at] in _SENTENCE_ENDS or at - start >= _LONGEST_SENTENCE:
            if at > start:
                yield Span(start, at + 1)
            start = at + 1
    if start < span.end:
        yield Span(start, span.end)


def _goes_on(text: str, mention: YearMention, sentence: Span) -> bool:
    """Whether a year holds for the sentences that follow; a month inside a sentence is that of one task."""
    if mention.is_dated:
        return not text[sentence.start : mention.span.start].strip()
    return mention.kind == "by" or _opens(text, mention, sentence)


def _opens(text: str, mention: YearMention, sentence: Span) -> bool:
    before = text[sentence.start : mention.span.start].rstrip("，、 　“")
    return len(before) <= 6 and not before.endswith(("《", "的"))


def _outside_titles(text: str, mentions: Sequence[YearMention], sentence: Span) -> list[YearMention]:
    if "《" not in text[sentence.start : sentence.end]:
        return list(mentions)
    return [
        mention
        for mention in mentions
        if text.count("《", sentence.start, mention.span.start) <= text.count("》", sentence.start, mention.span.start)
    ]


def _of_sentence(
    text: str,
    section: Section,
    *,
    sentence: Span,
    figures: Sequence[Quantity],
    years: Sequence[YearMention],
    carried: YearMention | None,
) -> Iterator[Statement]:
    previous: Statement | None = None
    named: Antecedent | None = None
    topic: Antecedent | None = None
    said = sentence.of(text)
    phrases: list[Phrase] = []
    parted = clauses(text, sentence)
    for number, clause in enumerate(parted):
        own = [figure for figure in figures if figure.span in clause.span]
        if clause.holder is None:
            bracketed = [bracket.span for bracket in clauses(text, clause.span) if bracket.holder is not None]
            own = [figure for figure in own if not any(figure.span in bracket for bracket in bracketed)]
        if not own:
            phrases = _leant_on(phrases, clause.span.of(text))
            named = antecedent_in(text, clause.span) or named
            topic = topic_of(text, clause.span) or topic
            continue
        parts = items(text, clause.span, own)
        found: list[Phrase] = []
        for item in parts:
            earlier = found or phrases
            found.append(phrase_of(text, item, earlier[-1] if earlier else None))
        following = parted[number + 1].span if number + 1 < len(parted) else Span(clause.span.end, clause.span.end)
        raised = raised_to(found[-1], text[parts[-1].span.start : parts[-1].quantity.span.start], following.of(text))
        if raised:
            found[-1] = replace(found[-1], indicator=raised, noun=raised)
        found = spread(found, parts, text[clause.span.start : parts[0].quantity.span.start])
        phrases += found
        for item, phrase in zip(parts, share_ends(found), strict=True):
            if is_of_others(phrase, topic, said):
                continue
            year = _year_of(text, item, clause=clause, years=years, carried=carried)
            opening = None if item.is_first else Span(clause.span.start, parts[0].quantity.span.start)
            compared = of_topic(phrase, topic, said)
            whole = compared or completed(phrase, named)
            on = topic if compared else named
            leans_on = on.span if on is not None and whole is not None else None
            previous = Statement(
                section=section,
                sentence=sentence,
                clause=clause,
                item=item,
                phrase=whole or phrase,
                evidence=_stripped(
                    text, Span(item.span.start, following.end) if raised and item is parts[-1] else item.span
                ),
                year=year,
                years=tuple(years),
                opening=_stripped(text, opening) if opening and opening.of(text).strip() else None,
                follows=previous,
                leans_on=leans_on,
            )
            yield previous
            if whole is None and phrase.noun:
                named = antecedent_of(phrase, previous.evidence)


def _leant_on(phrases: list[Phrase], clause: str) -> list[Phrase]:
    """What later figures may lean on after a clause without figure: its act too, nothing where it begins anew."""
    if says_what_most_are(clause):
        return []
    listed = listed_act(clause)
    return phrases if listed is None else [*phrases, listed]


def _year_of(
    text: str, item: Item, *, clause: Clause, years: Sequence[YearMention], carried: YearMention | None
) -> YearMention | None:
    """The year that governs a figure: named in its clause, at the head of its sentence or as its end, else carried."""
    here = [mention for mention in years if mention.span in clause.span and mention.kind != "since"]
    if here:
        return last_before(here, item.quantity.span.start) or here[0]
    if _WHOLE_PERIOD.match(text, clause.span.start, clause.span.end):
        return None
    before = [mention for mention in years if _heads_clause(text, mention)]
    ends = [mention for mention in years if mention.span.start >= item.span.end and _is_when_done(text, mention)]
    return last_before(before, item.quantity.span.start) or next(iter(ends), carried)


def _is_when_done(text: str, mention: YearMention) -> bool:
    """Whether a year opens a clause that says when what stands before it is done (…，2023年建成投用)."""
    before = text[max(0, mention.span.start - 2) : mention.span.start].rstrip(" 　")
    return before.endswith(_MARKS) and _DONE.match(text, mention.span.end) is not None


def _heads_clause(text: str, mention: YearMention) -> bool:
    if mention.kind in ("by", "until"):
        return True
    before = text[max(0, mention.span.start - 3) : mention.span.start].rstrip(" 　")
    return not before or before[-1] in "\n" or before[-1] in "，。；：:,;、—-“保争中计（" or mention.span.start == 0


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else span
