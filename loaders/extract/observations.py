"""Figures that were reached: of reports, and of the parts of plans that look back."""

import re
from collections.abc import Iterator, Sequence

from loaders.extract.figure_words import any_of
from loaders.extract.goals import policy_at
from loaders.extract.records import ObservationRecord, OwnPolicy
from loaders.extract.statements import Statement, statements
from loaders.extract.target_gate import Frame, section_sort, sort_of
from loaders.text.model import Span, Structure

_SHORTEST_INDICATOR = 2


def observations(structure: Structure, own: Sequence[OwnPolicy]) -> list[ObservationRecord]:
    """The figures that a document says were reached, in the order of the text."""
    return list(_from_text(structure, own))


def _from_text(structure: Structure, own: Sequence[OwnPolicy]) -> Iterator[ObservationRecord]:
    text = structure.text
    frames = {id(policy): Frame.of(policy) for policy in own}
    for statement in statements(structure):
        policy = policy_at(own, statement.evidence.start)
        frame = frames.get(id(policy), Frame())
        where = section_sort(structure, statement.section)
        if sort_of(text, statement, where=where, frame=frame) == "reached":
            yield from _record(text, statement, frame)


def _record(text: str, statement: Statement, frame: Frame) -> Iterator[ObservationRecord]:
    indicator = statement.phrase.indicator
    if len(indicator) < _SHORTEST_INDICATOR:
        return
    quantity = statement.quantity
    year, context, inferred = _year(statement, frame)
    if statement.opening is not None:
        context = (statement.opening, *context)
    yield ObservationRecord(
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
        rule=f"figure reached: {statement.phrase.form}",
        subject=None,
    )


def _year(statement: Statement, frame: Frame) -> tuple[int | None, tuple[Span, ...], tuple[str, ...]]:
    mention = statement.year
    if mention is not None:
        return mention.year, () if mention.span in statement.evidence else (mention.span,), ()
    year = frame.last if frame.is_report else frame.first - 1 if frame.first else None
    return year, (), ("year",) if year is not None else ()
