"""Figures that were reached: of reports, and of the parts of plans that look back."""

import re
from collections.abc import Iterator, Sequence

from loaders.extract.goals import policy_at, showing
from loaders.extract.records import ObservationRecord, OwnPolicy
from loaders.extract.statements import Statement, statements
from loaders.extract.target_gate import Frame, section_sort, sort_of
from loaders.text.model import Span, Structure

_SHORTEST_INDICATOR = 2
_CELLS = 3
_CELL_GAP = re.compile(r"(?<=\S)[ \t　]+(?=\S)")
"""Three gaps and more in one clause: a row of a table that lost its lines, not a sentence."""
_NOW = re.compile(r"现有|现已|目前|至今|迄今|现设|现拥有|现")
_BODY = re.compile(
    r"\s*(?:目前|现在|其中|所运营的)?[，,]?(?P<body>[^，。；、：的“”（）\d\s]{2,22}(?:联盟|学院|公司|集团|中心|平台|研究院|大学|协会|联合会|银行|医院))"
    r"(?=现|已|共|拥有|设有|入选|获|累计|年|开展|有|培训|培养|完成|招收|实现|被)"
)
_OWN_BODY = re.compile(
    r"学校|我校|我院|本校|本院|全校|学院|该|各|通过|依托|与|在|由|联合|牵头|成立|建成|建立|打造|搭建|设立|积极|拥有"
)


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
    if len(indicator) < _SHORTEST_INDICATOR or len(_CELL_GAP.findall(statement.evidence.of(text))) >= _CELLS:
        return
    quantity = statement.quantity
    year, context, inferred = _year(text, statement, frame)
    if statement.opening is not None:
        context = (statement.opening, *context)
    context, is_shown = showing(text, statement, context)
    inferred = inferred if is_shown else (*inferred, "indicator")
    subject = _subject(text, statement)
    if subject is not None and subject not in statement.evidence:
        context = (subject, *context)
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
        subject=subject.of(text) if subject else None,
    )


def _subject(text: str, statement: Statement) -> Span | None:
    """The body that the sentence is about, where it opens with one other than the document's own."""
    found = _BODY.match(text, statement.sentence.start, statement.sentence.end)
    if found is None or _OWN_BODY.match(found["body"]) or found.start("body") >= statement.quantity.span.start:
        return None
    return Span(*found.span("body"))


def _year(text: str, statement: Statement, frame: Frame) -> tuple[int | None, tuple[Span, ...], tuple[str, ...]]:
    """The year in which, the spans outside the evidence that show it, and whether it was concluded."""
    mention = statement.year
    is_now = _NOW.search(statement.lead(text)) is not None
    if mention is not None and not (is_now and mention.span not in statement.sentence):
        return mention.year, () if mention.span in statement.evidence else (mention.span,), ()
    year = frame.last if frame.is_report else frame.first - 1 if frame.first else None
    return year, (), ("year",) if year is not None else ()
