"""Figures that were reached: of reports, and of the parts of plans that look back."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.extract.figures import Figures
from loaders.extract.goals import baseline, showing
from loaders.extract.records import GoalRecord, ObservationRecord
from loaders.extract.statements import Statement
from loaders.extract.table_goals import table_goals
from loaders.extract.target_gate import Frame
from loaders.extract.years import year_mentions
from loaders.text.model import Span, Structure

_NOW = re.compile(r"现有|现已|目前|至今|迄今|现设|现拥有|现")
_BODY = re.compile(
    r"\s*(?:目前|现在|其中|所运营的)?[，,]?(?P<body>[^，。；、：的“”（）\d\s]{2,22}(?:联盟|学院|公司|集团|中心|平台|研究院|大学|协会|联合会|银行|医院))"
    r"(?=现|已|共|拥有|设有|入选|获|累计|年|开展|有|培训|培养|完成|招收|实现|被)"
)
_OWN_BODY = re.compile(
    r"学校|我校|我院|本校|本院|全校|学院|该|各|通过|依托|与|在|由|联合|牵头|成立|建成|建立|打造|搭建|设立|积极|拥有"
)


def observations(found: Figures) -> list[ObservationRecord]:
    """The figures that a document says were reached, in the order of the text; those of a report's tables included."""
    in_text = [
        record for figure in found.of("reached") for record in _records(found.structure, figure.statement, figure.frame)
    ]
    return sorted([*in_text, *_from_tables(found)], key=lambda record: record.evidence)


def _from_tables(found: Figures) -> Iterator[ObservationRecord]:
    """What the indicator tables of a report state: each year that it names was reached."""
    for section in found.structure.sections:
        for table in section.tables:
            frame = found.frame_at(table.span.start)
            if frame.is_report:
                for record in table_goals(table, section=section.index, frame=Frame()):
                    if record.year is not None and (frame.last is None or record.year <= frame.last):
                        yield _reached(record)


def _reached(record: GoalRecord) -> ObservationRecord:
    return ObservationRecord(
        indicator=record.indicator,
        comparator=record.comparator,
        value=record.value,
        value_max=record.value_max,
        unit=record.unit,
        year=record.year,
        evidence=record.evidence,
        section=record.section,
        context=record.context,
        inferred=record.inferred,
        rule="figure in table",
    )


def _records(structure: Structure, statement: Statement, frame: Frame) -> Iterator[ObservationRecord]:
    """The figure, after that of an earlier year where it says from what it rose: 由2015年的6842人增加到10315人."""
    reached = _record(structure, statement, frame)
    value, year = baseline(structure.text, statement)
    if value is not None and year is not None:
        yield replace(reached, value=value, value_max=None, comparator="=", year=year, inferred=())
    yield reached


def _record(structure: Structure, statement: Statement, frame: Frame) -> ObservationRecord:
    text = structure.text
    indicator = statement.phrase.indicator
    quantity = statement.quantity
    year, context, inferred = _year(structure, statement, frame)
    context, is_shown = showing(text, statement, (*statement.completing, *context))
    inferred = inferred if is_shown else (*inferred, "indicator")
    subject = _subject(text, statement)
    if subject is not None and subject not in statement.evidence:
        context = (subject, *context)
    return ObservationRecord(
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
        subject=subject.of(text) if subject else None,
    )


def _subject(text: str, statement: Statement) -> Span | None:
    """The body that the sentence is about, where it opens with one other than the document's own."""
    found = _BODY.match(text, statement.sentence.start, statement.sentence.end)
    if found is None or _OWN_BODY.match(found["body"]) or found.start("body") >= statement.quantity.span.start:
        return None
    return Span(*found.span("body"))


def _year(
    structure: Structure, statement: Statement, frame: Frame
) -> tuple[int | None, tuple[Span, ...], tuple[str, ...]]:
    """The year in which, the spans outside the evidence that show it, and whether it was concluded."""
    mention = statement.year
    is_now = _NOW.search(statement.lead(structure.text)) is not None
    if mention is not None and not (is_now and mention.span not in statement.sentence):
        return mention.year, () if mention.span in statement.evidence else (mention.span,), ()
    for above in structure.lineage(statement.section) if frame.is_report else ():
        named = year_mentions(structure.text, above.heading) if above.heading is not None else []
        if named:
            return named[-1].year, (named[-1].span,), ()
    year = frame.last if frame.is_report else frame.first - 1 if frame.first else None
    return year, (), ("year",) if year is not None else ()
