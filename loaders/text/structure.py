"""A clean text as sections with paragraphs and tables."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.text.headings import Heading, iter_headings
from loaders.text.lines import Line, lines_of
from loaders.text.loose_tables import PlacedTable, loose_tables
from loaders.text.model import CleanText, Paragraph, Section, Span, Structure, Table
from loaders.text.numbering import find_numbering, is_caption
from loaders.text.outline import Place, places
from loaders.text.tables import bar_table, cell_table, is_bar_row
from loaders.text.titles import policy_starts, title_lines, title_span, without_titles

_LONGEST_CAPTION = 60
Block = Paragraph | Table


def structure(clean: CleanText) -> Structure:
    """The sections of a clean text, with its own titles.

    Section 0 is what stands before the first heading; where a further policy or an annex begins in the same file, a
    section of level 0 without a heading begins too. The spans of the sections partition the text.
    """
    text = clean.text
    lines = lines_of(text)
    tables = sorted([*_tables(lines, text), *loose_tables(lines, text)], key=lambda placed: placed[0])
    in_tables = frozenset(index for first, last, _ in tables for index in range(first, last + 1))
    headings = list(without_titles(iter_headings(lines, in_tables), lines))
    titles = [index for index in title_lines(lines, headings) if index not in in_tables]
    starts = policy_starts(lines, headings, titles)
    table_at = {placed[0]: placed for placed in tables}
    sections = _sections(text, lines=lines, headings=headings, starts=starts, tables=table_at)
    return Structure(clean, sections, tuple(title_span(lines[index]) for index in titles))


def _sections(
    text: str,
    *,
    lines: Sequence[Line],
    headings: Sequence[Heading],
    starts: Sequence[int],
    tables: dict[int, PlacedTable],
) -> tuple[Section, ...]:
    placed = _placed(headings, starts)
    begins: list[tuple[int, Heading | None, Place | None]] = [(0, None, None)]
    begins += sorted(
        [(heading.line, heading, place) for heading, place in placed] + [(start, None, None) for start in starts],
        key=lambda begin: begin[0],
    )
    position_of = {id(heading): index for index, (_, heading, _) in enumerate(begins) if heading is not None}
    ends = [lines[line].row_start for line, _, _ in begins[1:]] + [len(text)]
    sections: list[Section] = []
    for index, ((line, heading, place), end) in enumerate(zip(begins, ends, strict=True)):
        start = lines[line].row_start if index else 0
        last_line = begins[index + 1][0] if index + 1 < len(begins) else len(lines)
        blocks = tuple(_blocks(lines, range(line, last_line), heading=heading, tables=tables))
        if heading is None or place is None:
            sections.append(Section(index, None, 0, "", "", None, Span(start, end), blocks))
            continue
        parent = None if place.parent is None else position_of[id(headings[place.parent])]
        sections.append(
            _section(text, index, heading, place=place, parent=parent, span=Span(start, end), blocks=blocks)
        )
    return tuple(sections)


def _section(
    text: str, index: int, heading: Heading, *, place: Place, parent: int | None, span: Span, blocks: tuple[Block, ...]
) -> Section:
    number = heading.numbering.number
    title = text[heading.title_start : heading.title_end].strip()
    own = Span(_heading_start(text, heading, number), heading.title_end)
    return Section(index, parent, place.level, number, title, own, span, blocks)


def _heading_start(text: str, heading: Heading, number: str) -> int:
    line_start = text.rfind("\n", 0, heading.title_start) + 1
    found = text.find(number[:1], line_start, heading.title_start) if number else -1
    return heading.title_start if found < 0 else found


def _placed(headings: Sequence[Heading], starts: Sequence[int]) -> Iterator[tuple[Heading, Place]]:
    """Each heading with its place; levels begin anew where a policy does."""
    heading_lines = [heading.line for heading in headings]
    bounds = [0, *(bisect_left(heading_lines, start) for start in starts), len(headings)]
    offset = 0
    for begin, end in pairwise(bounds):
        own = headings[begin:end]
        for heading, place in zip(own, places([heading.numbering for heading in own]), strict=True):
            parent = None if place.parent is None else place.parent + offset
            yield heading, Place(place.level, parent)
        offset += len(own)


def _blocks(
    lines: Sequence[Line], own: range, *, heading: Heading | None, tables: dict[int, PlacedTable]
) -> Iterator[Block]:
    index = own.start
    if heading is not None:
        line = lines[index]
        if heading.body_start < line.end:
            yield Paragraph(Span(heading.body_start, line.end))
        index += 1
    while index < own.stop:
        if index in tables:
            _, last, table = tables[index]
            yield table
            index = last
        elif lines[index].text:
            yield Paragraph(Span(lines[index].start, lines[index].end))
        index += 1


def _tables(lines: Sequence[Line], text: str) -> list[PlacedTable]:
    """The tables among lines: positions of first and last line, and the table."""
    found: list[PlacedTable] = []
    index = 0
    while index < len(lines):
        last = _last_of_block(lines, index)
        if last is None:
            index += 1
            continue
        block = lines[index : last + 1]
        caption = _caption(lines, index)
        table = (cell_table if lines[index].is_cell else bar_table)(block, text, caption=caption)
        if table is not None:
            found.append((index, last, table))
        index = last + 1
    return found


def _last_of_block(lines: Sequence[Line], first: int) -> int | None:
    """The last line of the run of cells or bar rows that begins here, None if none does.

    A numbered heading in a cell of its own (专栏1 …, with its text below it) ends a run.
    """
    is_bar = is_bar_row(lines[first].text)
    if not (is_bar or lines[first].is_cell) or _is_boxed_heading(lines, first):
        return None
    last = first
    while last + 1 < len(lines) and not _is_boxed_heading(lines, last + 1):
        following = lines[last + 1]
        if not (is_bar_row(following.text) if is_bar else following.is_cell):
            break
        last += 1
    return last


def _is_boxed_heading(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    numbering = find_numbering(line.text) if line.is_cell else None
    return numbering is not None and numbering.is_container


def _caption(lines: Sequence[Line], first: int) -> Span | None:
    if not first:
        return None
    above = lines[first - 1]
    if above.is_cell or len(above.text) > _LONGEST_CAPTION or above.text[-1:] in "。；！？：":
        return None
    if find_numbering(above.text) is not None and not is_caption(above.text):
        return None
    return Span(above.start, above.end)
