"""Other policies that a text names, and how the document stands to each."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from loaders.extract import titles
from loaders.extract.bare_titles import bare_titles
from loaders.extract.lists import column, entries
from loaders.extract.records import CitedPolicy, OwnPolicy
from loaders.extract.titled import Titled, titled
from loaders.text.model import Span, Structure

Relation: TypeAlias = Literal["replaces", "amends", "based_on", "mandates", "cites"]
STRENGTH: tuple[Relation, ...] = ("replaces", "amends", "based_on", "mandates", "cites")
"""Relations, the strongest first; a title that has several keeps the first of these."""

_SENTENCE_END = re.compile(r"[。！？；\n]")
_CLAUSE_END = re.compile(r"[，：,:]")
_REACH = 90
_BETWEEN = re.compile(r"(?:等|[和与及、，以或暨\s]|以及|并|[一-鿿]{0,8}(?=$))*")
_NEXT_TASK = re.compile(r"，并?(?P<words>[一-鿿]{2,8})$")
_PAST_SECTION = re.compile(r"背景|现状|成效|成绩|成就|回顾|基础|概况|“十[一二三四五]五”(?:时期|期间|以来|发展)|存在")
_PAST_DATE = re.compile(r"(?<![到至])(20\d\d)年(?!前|底前|以前)")
_ALREADY_MADE = re.compile(r"(?:出台|制定|制订|印发|编制|颁布|发布|修订)的[一-鿿]{0,4}$")
_PARTED = re.compile(r"(?:后|时|中|是|被)$")
_COMING = re.compile(r"(?:到|至)20\d\d年|将|拟|要|应|须|由|牵头")
_ABOUT_AMENDING = re.compile(r"(?:修改|修正|修订)")
_AFTER_REACH = 14
_RANKS = ("省", "市", "县", "区", "州")
_PLACE_LENGTHS = range(3, 8)


class _Group(NamedTuple):
    """Titles in a row that one cue governs."""

    members: tuple[Titled, ...]

    @property
    def start(self) -> int:
        return self.members[0].span.start

    @property
    def end(self) -> int:
        return self.members[-1].end


def cited_policies(structure: Structure, own: Sequence[OwnPolicy]) -> list[CitedPolicy]:
    """One record a title, with its strongest relation, in the order of first mention; the document's own are left out.

    Titles stand in 《》, or without where a cue makes a proper title of the words after it (出台…管理办法).
    """
    text = structure.text
    excluded = {titles.title_key(policy.title) for policy in own}
    is_report = bool(own) and all(policy.kind == "report" for policy in own)
    years = [policy.period_start for policy in own if policy.period_start]
    reader = _Reader(
        structure, is_report=is_report, is_amending=any(map(_amends, own)), first_year=min(years, default=2999)
    )
    marked = titled(text)
    found = [record for group in _groups(marked, text) for record in reader.records(group)]
    found += reader.bare_records(marked)
    known = {titles.title_key(record.title) for record in found}
    found = [_in_full(record, text, known) for record in found]
    return _strongest(sorted(found, key=lambda record: record.evidence), excluded)


def _in_full(record: CitedPolicy, text: str, known: set[str]) -> CitedPolicy:
    """江北省《防涝标准》 under the title 《江北省防涝标准》, where the text has that too."""
    start = record.evidence.start
    if text[max(0, start - 1) : start] in _RANKS:
        for length in _PLACE_LENGTHS:
            full = text[max(0, start - length) : start] + record.title
            if titles.title_key(full) in known:
                return replace(record, title=full, evidence=Span(start - length, record.evidence.end))
    return record


def _amends(policy: OwnPolicy) -> bool:
    return bool(_ABOUT_AMENDING.search(policy.title)) and policy.kind == "other"


def _groups(mentions: Sequence[Titled], text: str) -> Iterator[_Group]:
    members: list[Titled] = []
    for mention in mentions:
        if members and not _continues(text[members[-1].end : mention.span.start]):
            yield _Group(tuple(members))
            members = []
        members.append(mention)
    if members:
        yield _Group(tuple(members))


def _continues(between: str) -> bool:
    """Whether the words between two titles keep them in one list: 、, 和, 和浙江省, but not ，制定."""
    task = _NEXT_TASK.search(between)
    if task and task["words"].startswith(entries("action_verbs")):  # …，用好《…》
        return False
    return len(between) <= 12 and not _cue_in(between) and _BETWEEN.fullmatch(between) is not None


@cache
def _cue_pattern(relation: str, position: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, column("policy_cues", "cue", relation=relation, position=position))))


@cache
def _before_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_relation_of_cue(), key=len, reverse=True))))


@cache
def _relation_of_cue() -> dict[str, Relation]:
    cues = {name: column("policy_cues", "cue", relation=name, position="before") for name in STRENGTH[:-1]}
    return {cue: name for name in cues for cue in cues[name]}


def _cue_in(words: str) -> re.Match[str] | None:
    """The last cue in the words before a title."""
    found = None
    for match in _before_pattern().finditer(words):
        found = match
    return found


def _strongest(found: Sequence[CitedPolicy], excluded: set[str]) -> list[CitedPolicy]:
    best: dict[str, CitedPolicy] = {}
    for record in found:
        key = titles.title_key(record.title)
        known = best.get(key)
        if not key or key in excluded:
            continue
        if known is None or STRENGTH.index(record.relation) < STRENGTH.index(known.relation):
            if known is not None and record.doc_number is None and known.doc_number is not None:
                shown = (*record.context, *known.context)
                record = replace(record, doc_number=known.doc_number, context=shown)
            best[key] = record
    return list(best.values())


class _Reader:
    """Judges groups of titles by the words around them."""

    def __init__(self, structure: Structure, *, is_report: bool, is_amending: bool, first_year: int) -> None:
        self.structure = structure
        self.starts = [section.span.start for section in structure.sections]
        self.text = structure.text
        self.is_report = is_report
        self.is_amending = is_amending
        self.first_year = first_year

    def records(self, group: _Group) -> Iterator[CitedPolicy]:
        after = self.text[group.end : group.end + _AFTER_REACH].lstrip("等")
        members = [m for m in group.members if _is_normative(m.title)]
        if 2 * len(members) < len(group.members) or not members or _cue_at_start("none", after):
            return
        relation, cue = self.relation(group, after)
        context = (cue,) if cue else ()
        for member in members:
            own: Relation = "cites" if relation == "mandates" and member.doc_number else relation
            number = (Span(member.span.end, member.end),) if member.doc_number else ()
            shown = (*context, *number)
            yield CitedPolicy(member.title, own, member.span, shown, member.doc_number, rule=f"titled-{own}")

    def bare_records(self, marked: Sequence[Titled]) -> Iterator[CitedPolicy]:
        """Titles without 《》, from the text outside of those with."""
        for bare in bare_titles(_masked(self.text, marked)):
            relation: Relation = bare.relation
            if relation == "mandates":
                relation = self.mandate_or_mention(bare.cue)
            yield CitedPolicy(bare.title, relation, bare.span, (bare.cue,), rule=f"bare-{relation}")

    def relation(self, group: _Group, after: str) -> tuple[Relation, Span | None]:
        """How the document stands to a group, and the cue that says so; a law that is to be applied is cited."""
        for name in (*STRENGTH[:2], STRENGTH[-1]):
            if _cue_at_start(name, after):
                return name, None
        cue = self.cue_before(group.start)
        if cue is not None:
            relation = _relation_of_cue()[cue.of(self.text)]
            if relation == "mandates":
                is_amended = self.is_amending and _ABOUT_AMENDING.fullmatch(cue.of(self.text))
                return ("amends" if is_amended else self.mandate_or_mention(cue)), cue
            return relation, cue
        if _cue_at_start("based_on", after):
            return "based_on", None
        return ("mandates" if _cue_at_start("mandates", after) and not self.is_past(group.start) else "cites"), None

    def cue_before(self, position: int) -> Span | None:
        """The last cue of the clause before a title; in 根据学校制定的《》 that is 根据."""
        floor = max(0, position - _REACH)
        sentence = self.text[floor:position]
        ends = [match.end() for match in _SENTENCE_END.finditer(sentence)]
        start = floor + (ends[-1] if ends else 0)
        clause = [match.end() for match in _CLAUSE_END.finditer(self.text[start:position])]
        near = start + (clause[-1] if clause else 0)
        words = self.text[near:position]
        if made := _ALREADY_MADE.search(words):
            words = words[: made.start()]
        found = _cue_in(words)
        if found is None or _PARTED.search(words[found.end() :]):
            return None
        return Span(near + found.start(), near + found.end())

    def mandate_or_mention(self, cue: Span) -> Relation:
        """`mandates`, or `cites` where what the cue names has been done already."""
        around = self.text[max(0, cue.start - 4) : cue.start], self.text[cue.end : cue.end + 2]
        if self.is_past(cue.start) or (self.is_report and not _cue_pattern("coming", "before").search(around[0])):
            return "cites"
        is_done = any(_cue_pattern("past", "before").search(words) for words in around)
        return "cites" if is_done else "mandates"

    def is_past(self, position: int) -> bool:
        """Whether a sentence tells of what was: a year before the policy's own, or a section on background."""
        start = max((m.end() for m in _SENTENCE_END.finditer(self.text, max(0, position - 200), position)), default=0)
        sentence = self.text[max(start, position - 200) : position]
        years = [int(found[1]) for found in _PAST_DATE.finditer(sentence)]
        if years and max(years) < self.first_year and not _COMING.search(sentence):
            return True
        section = self.structure.sections[max(0, bisect_right(self.starts, position) - 1)]
        return any(_PAST_SECTION.search(above.title) for above in self.structure.lineage(section))


def _cue_at_start(relation: str, words: str) -> bool:
    return _cue_pattern(relation, "after").match(words) is not None


def _masked(text: str, marked: Sequence[Titled]) -> str:
    pieces, position = [], 0
    for title in marked:
        pieces += [text[position : title.span.start], "《" * (title.span.end - title.span.start)]
        position = title.span.end
    return "".join([*pieces, text[position:]])


def _is_normative(title: str) -> bool:
    kind = titles.genre(title)
    return kind is not None and kind != "report"
