"""Goals: targets with a number, from running text and from tables."""

import re
from collections.abc import Iterator, Sequence

from loaders.extract import figure_words
from loaders.extract.figures import Figure, Figures
from loaders.extract.openings import opening_words
from loaders.extract.records import GoalRecord
from loaders.extract.statements import Statement
from loaders.extract.table_goals import table_goals
from loaders.extract.years import year_mentions
from loaders.text.model import Span, Structure

_FROM = re.compile(r"(?:从|由)(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?)?(?:的)?\s*$")


def goals(found: Figures) -> list[GoalRecord]:
    """The goals that a document states, in the order of the text; one that stands in text and table comes twice."""
    in_text = [_record(found.structure, figure) for figure in found.of("target")]
    return sorted([*in_text, *_from_tables(found)], key=lambda record: (record.evidence, record.year or 0))


def _from_tables(found: Figures) -> Iterator[GoalRecord]:
    for section in found.structure.sections:
        for table in section.tables:
            yield from table_goals(table, section=section.index, frame=found.frame_at(table.span.start))


def _record(structure: Structure, figure: Figure) -> GoalRecord:
    statement = figure.statement
    indicator = statement.phrase.indicator
    quantity = statement.quantity
    year, context, inferred = _year(structure, figure)
    baseline_value, baseline_year = baseline(structure.text, statement)
    if baseline_value is not None and baseline_year is None and figure.frame.first is not None:
        baseline_year = figure.frame.first - 1
        inferred = (*inferred, "baseline_year")
    context, is_shown = showing(structure.text, statement, (*statement.completing, *context))
    inferred = inferred if is_shown else (*inferred, "indicator")
    return GoalRecord(
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


def _year(structure: Structure, figure: Figure) -> tuple[int | None, tuple[Span, ...], tuple[str, ...]]:
    """The year by which, the spans outside the evidence that show it, and whether it was concluded."""
    first = figure.frame.first
    statement, policy = figure.statement, figure.policy
    mention = statement.year
    if mention is not None and (first is None or mention.year >= first) and not _is_over(structure.text, figure):
        return mention.year, () if mention.span in statement.evidence else (mention.span,), ()
    for section in structure.lineage(statement.section):
        if section.heading is None:
            continue
        named = [m for m in year_mentions(structure.text, section.heading) if m.kind != "since"]
        if named and (first is None or named[-1].year >= first):
            return named[-1].year, (named[-1].span,), ()
    end = policy.period_end if policy else None
    return end, (), ("year",) if end is not None else ()


def _is_over(text: str, figure: Figure) -> bool:
    """Whether a year before the policy's last one, named in an earlier sentence, governs a new act no longer."""
    mention, policy = figure.statement.year, figure.policy
    if mention is None or policy is None or policy.period_end is None or figure.where == "goal":
        return False
    is_carried = mention.span.end <= figure.statement.sentence.start
    return is_carried and _opens_with_act(text, figure.statement) and mention.year < policy.period_end


def _opens_with_act(text: str, statement: Statement) -> bool:
    """Whether a figure is one of an act (建设扑火队120支) and not of a state (造林面积达到30万亩)."""
    lead = text[statement.item.span.start : statement.quantity.span.start]
    opens = figure_words.starts_with_chain().match(opening_words(lead)) is not None
    return opens and figure_words.reach().search(lead) is None


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


def baseline(text: str, statement: Statement) -> tuple[float | str | None, int | None]:
    """从2020年的60%提高到70%: (60.0, 2020)."""
    for inner in statement.item.inner:
        before = text[max(0, inner.span.start - 12) : inner.span.start]
        found = _FROM.search(before)
        if found:
            return inner.value, int(found["year"]) if found["year"] else None
    return None, None
