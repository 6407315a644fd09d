"""The figures of a document, each with what it is: read once, for goals and observations alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.extract.records import OwnPolicy
from loaders.extract.reporting import reports
from loaders.extract.statements import Statement, statements, statements_in
from loaders.extract.target_gate import Frame, SectionSort, Sort, looks_ahead, section_sort, sort_of
from loaders.extract.task_tables import task_cells
from loaders.extract.years import year_mentions
from loaders.text.model import Section, Span, Structure
from loaders.text.stretches import Stretches

_CELLS = 3
_CELL_GAP = re.compile(r"(?<=\S)[ \t　]+(?=\S)")
"""Three gaps and more in one clause: a row of a table that lost its lines, not a sentence."""
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what it is, the sort of its section, the policy that states it, and the frame of that policy."""

    statement: Statement
    sort: Sort
    where: SectionSort | None
    policy: OwnPolicy | None
    frame: Frame


@dataclass(frozen=True, slots=True)
class Figures:
    """A document with its figures in the order of the text; `frames` has one for each of `own`, as `stretches` has."""

    structure: Structure
    own: tuple[OwnPolicy, ...]
    frames: tuple[Frame, ...]
    stretches: Stretches
    stated: tuple[Figure, ...] = ()

    def frame_at(self, position: int) -> Frame:
        """The frame of the policy in whose stretch a position falls; an empty one outside all."""
        at = self.stretches.find_at(position)
        return Frame() if at is None else self.frames[at]

    def of(self, sort: Sort) -> Iterator[Figure]:
        """The figures of one sort."""
        return (figure for figure in self.stated if figure.sort == sort)


def figures(structure: Structure, own: Sequence[OwnPolicy]) -> Figures:
    """The targets and the reached figures that a document states in sentences, those in cells of tasks included."""
    in_text = list(statements(structure))
    frames = tuple(_frame(structure, policy, in_text) for policy in own)
    read = Figures(structure, tuple(own), frames, Stretches(policy.stretch for policy in own))
    return replace(read, stated=tuple(_sorted(read, [*in_text, *_in_tables(read)])))


def _frame(structure: Structure, policy: OwnPolicy, stated: Sequence[Statement]) -> Frame:
    frame = Frame.of(policy)
    is_unknown = policy.kind == "other" or policy.title_from == "file"
    return replace(frame, is_report=True) if is_unknown and reports(structure, policy.stretch, stated) else frame


def _sorted(read: Figures, stated: Sequence[Statement]) -> Iterator[Figure]:
    structure = read.structure
    for statement in stated:
        at = read.stretches.find_at(statement.evidence.start)
        frame = Frame() if at is None else read.frames[at]
        if not _is_sound(structure.text, statement):
            continue
        where = section_sort(structure, statement.section)
        if frame.is_report and looks_ahead(structure, statement.section):
            where = "ahead"
        sort = sort_of(structure.text, statement, where=where, frame=frame)
        if sort is not None:
            yield Figure(statement, sort, where, None if at is None else read.own[at], frame)


def _in_tables(read: Figures) -> Iterator[Statement]:
    for section in read.structure.sections:
        for table in section.tables:
            for cell, deadline in task_cells(table, read.frame_at(table.span.start)):
                yield from _in_cell(read.structure.text, section, cell, deadline)


def _in_cell(text: str, section: Section, cell: Span, deadline: Span | None) -> Iterator[Statement]:
    """The figures of a cell; one that names no year of its own is for the year in the cell of the deadline."""
    by = year_mentions(text, deadline) if deadline is not None else []
    for statement in statements_in(text, section, cell):
        yield replace(statement, year=by[-1]) if by and statement.year is None else statement


def _is_sound(text: str, statement: Statement) -> bool:
    has_name = _WORD.search(statement.phrase.indicator) is not None
    return has_name and len(_CELL_GAP.findall(statement.evidence.of(text))) < _CELLS
