"""Which line breaks are hard wraps: the line after them goes on with the line before."""

import re
from collections.abc import Sequence

from loaders.text.lines import Line
from loaders.text.numbering import find_numbering, is_aside, is_caption, opens_block
from loaders.text.rows import is_row

_STOP = re.compile(r"[。！？；：…!?;:][”’」』)）》〉】]*$")
_GOES_ON = re.compile(r"[，、,（(“‘《〈【/]$|[的和与及或暨]$")
_TITLE_TAIL = re.compile(
    r"(?:规划|计划|方案|纲要|意见|通知|办法|条例|规定|细则|决定|报告|公告|通告|章程|措施|要点|制度|标准|通\s*知)"
    r"(?:（[^（）]{1,12}）|\([^()]{1,12}\))?(?:的(?:通知|决定|报告|函|批复|意见|公告)?)?$"
)
_ISSUER_TAIL = re.compile(r"(?:政府|办公厅|办公室|委员会|[局厅部院委校会]|中心|学校|大学|学院)$")
_REMARK = re.compile(r"（[^（）]{1,30}）[。；]?")
_SHORTEST_WRAPPED, _FEWEST_WRAPPED, _TOLERANCE = 24, 3, 10
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
    if (opens_block(after.text) and not _is_figure(before, after, width)) or (
        after.indent >= 2 and after.indent > before.indent + 1
    ):
        return False
    if _STOP.search(before.text) or _latin_seam(before.text, after.text):
        return width is not None and before.width >= width - _TOLERANCE and bool(_REMARK.fullmatch(after.text))
    if width is None:
        return bool(_GOES_ON.search(before.text)) and not is_caption(before.text) and before.width >= _SHORTEST_WRAPPED
    if is_row(before.text) or is_row(after.text):
        return False
    is_full = before.width >= width - _TOLERANCE
    if is_caption(before.text):
        return is_full and after.width < width - _TOLERANCE
    return is_full and not is_aside(before.text)


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
    if re.match(r"关于|印发", after.text) and _ISSUER_TAIL.search(before.text):
        return True
    if re.search(r"[的、和与及]$", before.text) and len(after.text) <= 40:
        return True
    return bool(_TITLE_TAIL.search(after.text)) and not _TITLE_TAIL.search(before.text) and _looks_cut(before.text)


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


def _is_figure(before: Line, after: Line, width: int | None) -> bool:
    """A decimal figure that a wrap has put at the start of a line looks like the heading number 1.1."""
    numbering = find_numbering(after.text)
    is_decimal = numbering is not None and numbering.kind.startswith("1.1")
    return is_decimal and width is not None and before.width >= width - _TOLERANCE and not _STOP.search(before.text)


def _latin_seam(left: str, right: str) -> bool:
    """Whether joining would glue two numbers or two Latin words together."""
    return left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalnum()
