"""Goals: targets with a number, from running text and from tables."""

import re
from collections.abc import Iterator, Sequence

from loaders.extract.records import GoalRecord, OwnPolicy
from loaders.extract.statements import Statement, statements
from loaders.extract.table_goals import table_goals
from loaders.extract.target_gate import Frame, section_sort, sort_of
from loaders.extract.years import year_mentions
from loaders.text.model import Span, Structure

_SHORTEST_INDICATOR = 2
_FROM = re.compile(r"(?:从|由)(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?)?(?:的)?\s*$")


def goals(structure: Structure, own: Sequence[OwnPolicy]) -> list[GoalRecord]:
    """The goals that a document states, in the order of the text; one that stands in text and table comes twice."""
    found = [*_from_text(structure, own), *_from_tables(structure, own)]
    return sorted(found, key=lambda record: (record.evidence, record.year or 0))


def policy_at(own: Sequence[OwnPolicy], position: int) -> OwnPolicy | None:
    """The policy in whose stretch a position falls; of several the shortest."""
    around = [policy for policy in own if policy.stretch.start <= position < policy.stretch.end]
    return min(around, key=lambda policy: policy.stretch.end - policy.stretch.start, default=None)


def _from_text(structure: Structure, own: Sequence[OwnPolicy]) -> Iterator[GoalRecord]:
    text = structure.text
    frames = {id(policy): Frame.of(policy) for policy in own}
    for statement in statements(structure):
        policy = policy_at(own, statement.evidence.start)
        frame = frames.get(id(policy), Frame())
        where = section_sort(structure, statement.section)
        if sort_of(text, statement, where=where, frame=frame) == "target":
            yield from _records(structure, statement, policy)


def _from_tables(structure: Structure, own: Sequence[OwnPolicy]) -> Iterator[GoalRecord]:
    for section in structure.sections:
        for table in section.tables:
            frame = Frame.of(policy_at(own, table.span.start))
            yield from table_goals(table, section=section.index, frame=frame)


def _records(structure: Structure, statement: Statement, policy: OwnPolicy | None) -> Iterator[GoalRecord]:
    indicator = statement.phrase.indicator
    if len(indicator) < _SHORTEST_INDICATOR:
        return
    quantity = statement.quantity
    year, context, inferred = _year(structure, statement, policy)
    if statement.opening is not None:
        context = (statement.opening, *context)
    baseline_value, baseline_year = _baseline(structure.text, statement)
    context, is_shown = showing(structure.text, statement, context)
    inferred = inferred if is_shown else (*inferred, "indicator")
    yield GoalRecord(
        indicator=indicator,
        comparator=statement.comparator,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        year=year,
        evidence=statement.evidence,
        section=statement.section.index,
        context=context,
        inferred=inferred,
        rule=f"goal in text: {statement.phrase.form}",
        baseline_value=baseline_value,
        baseline_year=baseline_year,
    )


def _year(
    structure: Structure, statement: Statement, policy: OwnPolicy | None
) -> tuple[int | None, tuple[Span, ...], tuple[str, ...]]:
    """The year by which, the spans outside the evidence that show it, and whether it was concluded."""
    first = Frame.of(policy).first
    mention = statement.year
    if mention is not None and (first is None or mention.year >= first):
        return mention.year, () if mention.span in statement.evidence else (mention.span,), ()
    for section in structure.lineage(statement.section):
        if section.heading is None:
            continue
        named = [m for m in year_mentions(structure.text, section.heading) if m.kind != "since"]
        if named and (first is None or named[-1].year >= first):
            return named[-1].year, (named[-1].span,), ()
    end = policy.period_end if policy else None
    return end, (), ("year",) if end is not None else ()


def showing(text: str, statement: Statement, context: tuple[Span, ...]) -> tuple[tuple[Span, ...], bool]:
    """The context, with the figure before where the indicator leans on it, and whether all of its words then show."""
    wanted = set(statement.phrase.indicator)
    spans = context
    if not wanted <= _characters(text, statement, spans) and statement.follows is not None:
        spans = (*context, statement.follows.evidence)
    is_shown = wanted <= _characters(text, statement, spans)
    return (spans if is_shown else context), is_shown


def _characters(text: str, statement: Statement, spans: Sequence[Span]) -> set[str]:
    return {character for span in (statement.evidence, *spans) for character in span.of(text)}


def _baseline(text: str, statement: Statement) -> tuple[float | str | None, int | None]:
    """从2020年的60%提高到70%: (60.0, 2020)."""
    for inner in statement.item.inner:
        before = text[max(0, inner.span.start - 12) : inner.span.start]
        found = _FROM.search(before)
        if found:
            return inner.value, int(found["year"]) if found["year"] else None
    return None, None
