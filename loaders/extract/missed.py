"""What a document says and the reading did not understand: figures without a goal, titles without a policy."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.extract.cell_values import cell_values
from loaders.extract.quantities import quantities
from loaders.extract.records import CitedPolicy, GoalRecord, ObservationRecord, OwnPolicy
from loaders.extract.table_columns import header_cells
from loaders.extract.titled import Titled, titled
from loaders.extract.titles import title_key
from loaders.extract.years import year_mentions
from loaders.text.model import Cell, Span, Structure, Table
from loaders.text.numbering import is_aside
from loaders.text.sentences import sentences

MissedKind = Literal["figure", "title"]
_COHORT = re.compile(r"(?:19|20)\d\d\s*[届级版]")
_BEFORE_TITLE = range(1, 9)
_LONGEST_OPEN, _LONGEST_ROW = 60, 300
_HAN = re.compile("[\u3400-\u9fff]")
_FOREIGN_DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?:\d{1,2}\b(?!\d),?\s+)?"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
)
_FOREIGN_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![.,]?\d)")
_FOREIGN_NUMBER = re.compile(r"(?<![A-Za-z\d])\d")


@dataclass(frozen=True, slots=True)
class Missed:
    """A sentence or table cell with a number and a year that gave no goal or observation, or a 《》 without a policy.

    `section` is the position of its section, `row` has the first words of a cell's row.
    """

    kind: MissedKind
    span: Span
    section: int
    row: str = ""


class _Covered:
    """Code points that some spans cover together."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touches(self, span: Span) -> bool:
        """Whether a code point of the span is covered."""
        last = bisect_right(self._starts, span.end - 1) - 1
        return last >= 0 and self._ends[last] > span.start


def missed(
    structure: Structure,
    *,
    own: Sequence[OwnPolicy],
    cited: Sequence[CitedPolicy],
    stated: Sequence[GoalRecord | ObservationRecord],
) -> list[Missed]:
    """What gave no goal, observation or policy, in the order of the text.

    A figure is a number that counts or measures something, with a year in the same sentence, or in the cell or at the
    head of its column: dates, numbers of documents, periods and lengths of time are none.
    """
    titles = titled(structure.text)
    known = {title_key(policy.title) for policy in own} | {title_key(policy.title) for policy in cited}
    quoted = _Covered(title.span for title in titles)
    read = _Covered(record.evidence for record in stated)
    shown = _Covered(span for record in stated for span in (record.evidence, *record.context))
    found = []
    for section in structure.sections:
        for paragraph in section.paragraphs:
            spans = _sentences(structure.text, paragraph.span, read, quoted)
            found += [Missed("figure", span, section.index) for span in spans]
        for table in section.tables:
            cells = dict(
                _cells(structure.text, table, shown, quoted)
            )  # a cell that is carried down stands in many rows
            found += [Missed("figure", span, section.index, row) for span, row in cells.items()]
    starts = [section.span.start for section in structure.sections]
    unread = [title.span for title in titles if not _is_known(structure.text, title, known)]
    unread += _open_titles(structure.text, quoted)
    found += [Missed("title", span, max(0, bisect_right(starts, span.start) - 1)) for span in unread]
    return sorted(found, key=lambda each: (each.span, each.kind))


def _sentences(text: str, within: Span, read: _Covered, quoted: _Covered) -> Iterator[Span]:
    for sentence in [] if is_aside(within.of(text)) else sentences(text, within):
        if not read.touches(sentence) and _states_figure(text, sentence, quoted):
            yield sentence


def _cells(text: str, table: Table, shown: _Covered, quoted: _Covered) -> Iterator[tuple[Span, str]]:
    """The cells, each with the words of its row."""
    width = len(table.rows[0]) if table.rows else 0
    dated = [_is_dated(text, header_cells(table, index), quoted) for index in range(width)]
    for row in table.rows[table.header_rows :]:
        words = " | ".join(each.text for each in row)[:_LONGEST_ROW]
        for cell, is_dated in zip(row, dated, strict=True):
            if cell.span is None or shown.touches(cell.span):
                continue
            if (is_dated and cell_values(cell.text)) or _states_figure(text, cell.span, quoted):
                yield cell.span, words


def _is_dated(text: str, cells: Sequence[Cell], quoted: _Covered) -> bool:
    return any(cell.span is not None and _has_year(text, cell.span, quoted) for cell in cells)


def _states_figure(text: str, span: Span, quoted: _Covered) -> bool:
    """Whether a year and a figure stand there; in words that are not Chinese any number beside the year is one."""
    if _HAN.search(text, span.start, span.end):
        return _has_year(text, span, quoted) and _has_figure(text, span)
    words = _FOREIGN_DATE.sub(" ", span.of(text))
    return bool(_FOREIGN_YEAR.search(words) and _FOREIGN_NUMBER.search(_FOREIGN_YEAR.sub("", words)))


def _has_year(text: str, span: Span, quoted: _Covered) -> bool:
    return any(not quoted.touches(mention.span) for mention in year_mentions(text, span))


def _has_figure(text: str, span: Span) -> bool:
    return any(
        not figure.has_duration and not figure.is_worded and not _COHORT.match(text, figure.span.start)
        for figure in quantities(text, span)
    )


def _is_known(text: str, title: Titled, known: set[str]) -> bool:
    """Whether a policy has the title, or the one that it makes with the place before it: 江北省《防涝标准》."""
    start = title.span.start
    leads = ("", *(text[max(0, start - length) : start] for length in _BEFORE_TITLE))
    return any(title_key(lead + title.title) in known for lead in leads)


def _open_titles(text: str, quoted: _Covered) -> Iterator[Span]:
    """The first 《 of each line that belongs to no title, with the words behind it."""
    at = text.find("《")
    while at >= 0:
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        if not quoted.touches(Span(at, at + 1)):
            yield Span(at, min(line_end, at + _LONGEST_OPEN))
            at = line_end
        at = text.find("《", at + 1)
