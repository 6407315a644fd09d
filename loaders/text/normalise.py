"""Clean text of a text as read: marks, page numbers, layout spaces and hard wraps gone, with a map back."""

from collections.abc import Sequence

from loaders.text.lines import Line, lines_of
from loaders.text.marks import mark_pieces
from loaders.text.model import CleanText
from loaders.text.page_numbers import page_number_pieces
from loaders.text.rows import serial_rows
from loaders.text.spaces import is_letterspaced, layout_space_pieces
from loaders.text.trace import Piece, Trace
from loaders.text.wraps import goes_on, is_head, title_goes_on, wrap_width

_EMPTY_CELL_BLANKS = 3
_LONGEST_TAIL = 200


def normalise(read: str) -> CleanText:
    """The clean text of a text as read.

    One line a paragraph, heading, caption, list item or table cell, without blank lines, except that one blank line
    stays between the rows of a table (cells are lines that start with a TAB) and where three or more blank lines stood
    (an empty cell of a table without TABs). Every code point comes from the text as read, in order; nothing is added.
    """
    unmarked = Trace.of(read)
    unmarked = unmarked.drop(mark_pieces(read))
    unnumbered = unmarked.drop(page_number_pieces(lines_of(unmarked.text)))
    lines = lines_of(unnumbered.text)
    joined = unnumbered.keep(_kept(unnumbered.text, lines))
    clean = joined.drop(layout_space_pieces(joined.text))
    return CleanText(clean.text, read, tuple(clean.places))


def _kept(text: str, lines: Sequence[Line]) -> list[Piece]:
    """The pieces that stay: the words of each line, and the line breaks that are none of the layout's."""
    width = wrap_width(lines)
    rows = frozenset() if width is None else serial_rows(lines)
    pieces: list[Piece] = []
    logical = ""
    before: Line | None = None
    for index, line in enumerate(lines):
        if before is None:
            logical = line.text
        elif index in rows:
            pieces.append(_line_break(text, before, line))
            logical = line.text
        elif goes_on(before, line, logical=logical, width=width) or (is_head(index) and title_goes_on(before, line)):
            logical = logical[-_LONGEST_TAIL:] + line.text
        else:
            pieces.append(_line_break(text, before, line))
            logical = line.text
        pieces.extend(_words(line))
        before = line
    return pieces


def _words(line: Line) -> list[Piece]:
    if is_letterspaced(line.text):
        return [(at, at + 1) for at in range(line.start, line.end) if not line.text[at - line.start].isspace()]
    return [(line.row_start if line.is_cell else line.start, line.end)]


def _line_break(text: str, before: Line, line: Line) -> Piece:
    first = text.index("\n", before.end)
    keeps_blank = (line.blanks and (before.is_cell or line.is_cell)) or line.blanks >= _EMPTY_CELL_BLANKS
    if not keeps_blank:
        return first, first + 1
    second = text.index("\n", first + 1)
    return (first, second + 1) if second == first + 1 else (first, first + 1)
