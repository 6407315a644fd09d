"""Spaces inside lines that only come from the layout."""

import re
from collections.abc import Iterator

from loaders.text.numbering import find_numbering, is_caption
from loaders.text.rows import is_numbered_row, is_short_row
from loaders.text.trace import Piece

_HAN = r"\u3400-\u9fff〇"
_PUNCTUATION = "，。、；：！？“”‘’（）《》〈〉【】「」『』—…·％"
_GAP = " \u00a0\u2002\u2003\u2009\u3000"
_LINE = re.compile(r"[^\n]+")
_ANY_GAP = re.compile(f"[{_GAP}]")
_SENTENCE_MARK = re.compile("[，。；！？：]")
_LETTERSPACED = re.compile(rf"[{_HAN}](?:[{_GAP}]+[{_HAN}])+")
_LAYOUT = re.compile(
    rf"(?<=[{_HAN}])[{_GAP}]+(?=[0-9A-Za-z.%‰+≥≤<>{_PUNCTUATION}])"
    rf"|(?<=[0-9A-Za-z.%‰+)）])[{_GAP}]+(?=[{_HAN}{_PUNCTUATION}])"
    rf"|(?<=[{_PUNCTUATION}])[{_GAP}]+"
    rf"|(?<=\d)[{_GAP}]+(?=[%‰])"
    rf"|(?<=[{_GAP}])[{_GAP}]+"
)
_LETTERSPACED_GAP = re.compile(
    rf"(?<=[{_GAP}][{_HAN}])[{_GAP}](?=[{_HAN}](?:[{_GAP}]|$))|(?<=[{_GAP}][{_HAN}])[{_GAP}](?=[{_HAN}]$)", re.MULTILINE
)
_ALL = re.compile(rf"[{_GAP}]+")


def layout_space_pieces(text: str) -> Iterator[Piece]:
    """Where spaces stand that are layout: between Han and digits or Latin, beside punctuation, in letterspaced words.

    Rows of columns (three or more words without a sentence mark) keep theirs, or their cells would run together.
    """
    for line in _LINE.finditer(text):
        if not _ANY_GAP.search(line[0]):
            continue
        start = line.start()
        if is_letterspaced(line[0]):
            pattern = _ALL
        elif (numbering := find_numbering(line[0])) and not is_numbered_row(line[0]):
            start += numbering.words_at if numbering.needs_space else 0
            pattern = _ALL if is_letterspaced(line[0][numbering.words_at :]) else _LAYOUT
        elif _keeps_gaps(line[0]):
            pattern = _LETTERSPACED_GAP
        else:
            pattern = _LAYOUT
        for gap in pattern.finditer(text, start, line.end()):
            yield gap.span()


def is_letterspaced(line: str) -> bool:
    """Whether a line is single Han characters set apart: 通  知."""
    return _LETTERSPACED.fullmatch(line.strip(_GAP)) is not None


def _keeps_gaps(line: str) -> bool:
    line = line.strip()
    if is_caption(line):
        return False
    return is_short_row(line) or (len(line.split()) >= 3 and not _SENTENCE_MARK.search(line))
