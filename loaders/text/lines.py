"""Lines of a text as they are laid out: where their words are, how far in they start, what stands before them."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_SPACE = " \t\r\u00a0\u2002\u2003\u2009\u3000"
_WIDE = re.compile(r"[^\x00-\u1fff]")


@dataclass(slots=True)
class Line:
    """A line that is not blank (a lone TAB, an empty cell, is not blank).

    `start` to `end` are its words without white space around them (behind the TAB where there are none); `row_start`
    is where the line itself begins; `blanks` counts the blank lines before it; `indent` the columns before its first
    word; `is_cell` says that it holds TABs.
    """

    start: int
    end: int
    row_start: int
    text: str
    blanks: int
    indent: int
    is_cell: bool

    @property
    def width(self) -> int:
        """Columns that its words take, a Han character taking two."""
        return display_width(self.text)


def display_width(text: str) -> int:
    """Columns that a text takes, a Han character taking two."""
    return len(text) + len(_WIDE.findall(text))


def lines_of(text: str) -> list[Line]:
    """All lines of a text that are not blank, in order."""
    found: list[Line] = []
    previous_end = -1
    newlines_before = 0
    for match in _LINE.finditer(text):
        newlines_before += match.start() - max(previous_end, 0)
        previous_end = match.end()
        line = _line(match, newlines_before, is_first=not found)
        if line is not None:
            found.append(line)
            newlines_before = 0
    return found


def _line(match: re.Match[str], newlines_before: int, *, is_first: bool) -> Line | None:
    raw = match[0]
    words = raw.strip(_SPACE)
    is_cell = "\t" in raw
    if not words and not is_cell:
        return None
    lead = len(raw) - len(raw.lstrip(_SPACE))
    start = match.start() + (lead if words else raw.index("\t") + 1)
    blanks = max(0, newlines_before - (0 if is_first else 1))
    indent = display_width(raw[:lead].replace("\t", ""))
    return Line(start, start + len(words), match.start(), words, blanks, indent, is_cell)
