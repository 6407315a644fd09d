"""The lines in which a document names itself, and where in a file a further policy begins."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from loaders.text.headings import Heading
from loaders.text.lines import Line
from loaders.text.model import Span
from loaders.text.numbering import MARK, find_numbering, is_aside, is_caption
from loaders.text.title_words import ends_like_title

_NOT_IN_TITLE = re.compile(r"[。；！？：:，,]|\t|^(?:附|根据|为|现|经|按照|依据|目\s*录|解读|索引|发布|来源|文号)")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_SHORTEST, _LONGEST = 6, 110
_ANNEX_LINE = re.compile(r"附\s?件\s?[一二三四五六七八九十\d]{0,3}\s?[：:.．]?")
_FAR = 60
_MARKS = f"{MARK} "


def title_lines(lines: Sequence[Line], headings: Sequence[Heading]) -> list[int]:
    """Positions of the document's own title lines, in order.

    At the head every line that reads like a title counts; further down only one behind which the numbering of the
    highest headings starts anew.
    """
    heading_lines = [heading.line for heading in headings]
    first = headings[0].line if headings else len(lines)
    found = [index for index in range(min(first, _FAR)) if _is_title(lines[index])]
    restarts = _restarts(headings)
    for index in range(first, len(lines)):
        after = bisect_right(heading_lines, index)
        if after < len(headings) and heading_lines[after] in restarts and _is_title(lines[index]):
            found.append(index)
    return found


def without_titles(headings: Iterable[Heading], lines: Sequence[Line]) -> Iterator[Heading]:
    """The headings without the lines at the head that Markdown marks as headings and that are the document's titles."""
    is_head = True
    for heading in headings:
        is_marked = heading.numbering is not None and heading.numbering.kind.startswith(MARK)
        is_head = is_head and is_marked and _is_title(lines[heading.line])
        if not is_head:
            yield heading


def title_span(line: Line) -> Span:
    """The words of a title line, without Markdown's marks."""
    return Span(line.end - len(line.text.lstrip(_MARKS)), line.end)


def policy_starts(lines: Sequence[Line], headings: Sequence[Heading], titles: Sequence[int]) -> list[int]:
    """Positions of lines, after the first heading, at which another policy or an annex begins."""
    first = headings[0].line if headings else len(lines)
    annexes = {
        index
        for index in range(first, len(lines))
        if not lines[index].is_cell and _ANNEX_LINE.fullmatch(lines[index].text)
    }
    starts = annexes | {index for index in titles if index > first and not annexes & {index - 1, index - 2}}
    return sorted(starts)


def _restarts(headings: Sequence[Heading]) -> frozenset[int]:
    """Lines of headings with the number one, of the kind of the first numbered heading."""
    top = next((h.numbering.kind for h in headings if h.numbering.ordinal == 1), None)
    return frozenset(
        heading.line for heading in headings if heading.numbering.kind == top and heading.numbering.ordinal == 1
    )


def _is_title(line: Line) -> bool:
    text = line.text.lstrip(_MARKS)
    if line.is_cell or not _SHORTEST <= len(text) <= _LONGEST or is_caption(text) or is_aside(text):
        return False
    outside = _QUOTED.sub("", text)
    if _NOT_IN_TITLE.search(outside) or find_numbering(text) is not None:
        return False
    return ends_like_title(text) or (text.startswith("《") and text.endswith("》"))
