"""Rows of a table that stand on one line, their cells parted by spaces alone."""

import re
from collections.abc import Sequence

from loaders.text.grid import is_value
from loaders.text.lines import Line

_SENTENCE_MARK = re.compile("[，。；！？]")
_HAN = r"[\u3400-\u9fff〇（）“”《》、]"
_COLUMN_GAP = re.compile(rf"(?<={_HAN})\s+(?={_HAN})|(?<=[\d%％.—–]) +(?=[\d—–/≥≤＞＜-])|\s{{3,}}")
_LAST_CELL = re.compile("约束性?|预期性?|指导性?")
_SERIAL = re.compile(r"(\d{1,3})\s+(?=\S)")
_SERIAL_REACH = 6


def is_row(text: str) -> bool:
    """Whether a line is a row of cells: three or more words, no sentence mark, a gap that no layout of prose makes."""
    if _SENTENCE_MARK.search(text) or len(text.split(None, 2)) < 3:
        return False
    return _COLUMN_GAP.search(text) is not None or is_numbered_row(text)


def is_short_row(text: str) -> bool:
    """Whether a line is a name and a value, or a serial number and a name, and nothing else."""
    words = text.split()
    if len(words) != 2 or _SENTENCE_MARK.search(text):
        return False
    return is_value(words[0]) != is_value(words[1]) and text[0] not in "（(*#"


def is_numbered_row(text: str) -> bool:
    """Whether a line that begins with a number (3.林木覆盖率（%） 85.7 92.9 约束性) is a row: it ends with values."""
    words = text.split()
    if len(words) < 3 or _SENTENCE_MARK.search(text):
        return False
    if _LAST_CELL.fullmatch(words[-1]):
        return any(map(is_value, words[1:-1]))
    return is_value(words[-1])


def serial_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of lines that start with a serial number and a space, one more than that of a row a few lines above."""
    found: set[int] = set()
    seen: dict[int, int] = {}
    for index, line in enumerate(lines):
        match = _SERIAL.match(line.text)
        number = int(match[1]) if match else int(line.text) if re.fullmatch(r"\d{1,3}", line.text) else None
        if number is None:
            continue
        before = seen.get(number - 1)
        if before is not None and index - before <= _SERIAL_REACH:
            found.update((before, index))
        seen[number] = index
    return frozenset(found)
