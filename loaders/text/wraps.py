"""Which line breaks are hard wraps: the line after them goes on with the line before."""

import re
from collections.abc import Sequence

from loaders.text.lines import Line
from loaders.text.numbering import find_numbering, is_caption, opens_block
from loaders.text.rows import is_row
from loaders.text.tables import is_bar_row
from loaders.text.title_words import ends_like_title

_STOP = re.compile(r"[。！？；：…!?;:][”’」』)）》〉】]*$")
_GOES_ON = re.compile(r"[，、,（(“‘《〈【/]$|[的和与及或暨]$")
_ISSUER_TAIL = re.compile(r"(?:政府|办公厅|办公室|委员会|[局厅部院委校会]|中心|学校|大学|学院)$")
_ISSUERS = re.compile(r"[一-鿿 　]{2,60}?(?:办公厅|办公室|委员会|政府|[局厅部委院署行会])(?:关于|印发)")
_SUFFIX = re.compile(r"[（(](?:\d{4}\s?(?:[—–-]+\s?\d{4}\s?)?年?度?|试行|[^（）()]{0,6}稿|[^（）()]{0,8}修订)[)）]")
_LONGEST_TITLE = 60
_REMARK = re.compile(r"（[^（）]{1,30}）[。；]?")
_SOURCE = re.compile("(?:数据|资料)?来源")
_SENTENCE_MARK = re.compile("[，。；：]")
_NEVER_FIRST = "，。；、！？：）》”’"
_SHORTEST_WRAPPED, _FEWEST_WRAPPED, _TOLERANCE, _BRIM, _INDENT = 24, 3, 10, 2, 2
_LONGEST_OPEN_TITLE = 120
_HEAD_LINES = 8


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width, in columns, at which a text is hard-wrapped; None if its lines are whole paragraphs.

    Wrapped text has many lines that end without a stop, nearly all of one width, and hardly any longer line.
    """
    long = sorted(line.width for line in lines if not line.is_cell and line.width >= _SHORTEST_WRAPPED)
    unstopped = sorted(
        line.width
        for line in lines
        if not line.is_cell
        and line.width >= _SHORTEST_WRAPPED
        and not _STOP.search(line.text)
        and not is_caption(line.text)
    )
    if len(unstopped) < _FEWEST_WRAPPED:
        return None
    width = unstopped[int(0.7 * (len(unstopped) - 1))]
    near = sum(1 for each in unstopped if abs(each - width) <= _TOLERANCE)
    longer = sum(1 for each in long if each > 1.35 * width)
    if near < 0.4 * len(unstopped) or longer > 0.04 * len(long):
        return None
    return width


def goes_on(before: Line, after: Line, *, logical: str, width: int | None) -> bool:
    """Whether `after` goes on with the paragraph whose text so far is `logical` and whose last line is `before`."""
    if before.is_cell or after.is_cell:
        return _is_cell_continued(before, after)
    if _has_open_title(logical):
        return find_numbering(after.text) is None or "“" in logical[-20:]
    if after.text[0] in _NEVER_FIRST or _is_title_suffix(before, after):
        return True
    if _starts_anew(before, after, width):
        return False
    if width is None:
        return _asks_for_more(before)
    return is_wrapped(before, after, logical=logical, width=width)


def _starts_anew(before: Line, after: Line, width: int | None) -> bool:
    is_indented = after.indent >= _INDENT and after.indent > before.indent + 1
    return is_indented or (opens_block(after.text) and not _is_figure(before, after, width))


def _asks_for_more(line: Line) -> bool:
    """Whether a line ends in the middle of things, in a text whose lines are whole paragraphs otherwise."""
    return bool(_GOES_ON.search(line.text)) and not is_caption(line.text) and line.width >= _SHORTEST_WRAPPED


def is_wrapped(before: Line, after: Line, *, logical: str, width: int) -> bool:
    """Whether a line is as long as the wrap lets it be, and is no row, title or whole paragraph."""
    if is_bar_row(before.text) or is_bar_row(after.text):
        return False
    if before.width < width - _TOLERANCE or is_row(before.text) or is_row(after.text):
        return False
    if is_caption(before.text):
        return after.width < width - _TOLERANCE
    if _SOURCE.match(before.text) and before.text.count("（") == before.text.count("）"):
        return False
    if _STOP.search(before.text):
        is_to_the_brim = before.width >= width - _BRIM and before.text[-1] not in "：:"
        return is_to_the_brim or bool(_REMARK.fullmatch(after.text))
    is_title = ends_like_title(before.text) and not _SENTENCE_MARK.search(logical)
    return not is_title and not _is_latin_seam(before.text, after.text)


def title_goes_on(before: Line, after: Line) -> bool:
    """Whether two lines at the head of a document are one title: issuer / 关于…, or a title that a line break cuts."""
    if before.is_cell or after.is_cell or _STOP.search(before.text) or _STOP.search(after.text):
        return False
    if (
        max(before.width, after.width) > _LONGEST_OPEN_TITLE
        or find_numbering(after.text)
        or find_numbering(before.text)
    ):
        return False
    if _ISSUER_TAIL.search(before.text) and (re.match(r"关于|印发", after.text) or _has_more_issuers(before, after)):
        return True
    if re.search(r"[的、和与及]$", before.text) and len(after.text) <= 40:
        return True
    return bool(ends_like_title(after.text)) and not ends_like_title(before.text) and _looks_cut(before.text)


def _has_more_issuers(before: Line, after: Line) -> bool:
    """Whether a title begins with a line of issuers and the next begins with further ones, not with the same again."""
    first = before.text.split()[0]
    return _ISSUERS.match(after.text) is not None and not after.text.startswith((first, before.text))


def is_head(index: int) -> bool:
    """Whether the line of this index stands at the head of the document, where titles are."""
    return index < _HEAD_LINES


def _looks_cut(text: str) -> bool:
    return (
        not _ISSUER_TAIL.search(text)
        and not re.search(r"[\d一二三四五六七八九十][日月]$|号$|[〕\]]", text)
        and len(text) >= 6
    )


def _has_open_title(logical: str) -> bool:
    opened = logical.rfind("《")
    return opened > logical.rfind("》") and len(logical) - opened <= _LONGEST_OPEN_TITLE


def _is_cell_continued(before: Line, after: Line) -> bool:
    """A line without TAB directly below a short cell is more of that cell."""
    if not before.is_cell or after.is_cell or after.blanks or not before.text:
        return False
    short = before.width <= 24 and after.width <= 24
    return short and not _STOP.search(before.text) and not opens_block(after.text) and not opens_block(before.text)


def _is_title_suffix(before: Line, after: Line) -> bool:
    """Years, 试行 or the like in brackets below a title are its end."""
    return len(before.text) <= _LONGEST_TITLE and bool(_SUFFIX.fullmatch(after.text) and ends_like_title(before.text))


def _is_figure(before: Line, after: Line, width: int | None) -> bool:
    """A decimal figure that a wrap has put at the start of a line looks like the heading number 1.1."""
    numbering = find_numbering(after.text)
    is_decimal = numbering is not None and numbering.kind.startswith("1.1")
    return is_decimal and width is not None and before.width >= width - _TOLERANCE and not _STOP.search(before.text)


def _is_latin_seam(left: str, right: str) -> bool:
    """Whether joining would glue two words of a line that is not in Chinese."""
    return left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and left.isascii()
