"""Which lines of a clean text are headings, and where their words end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loaders.text.lines import Line
from loaders.text.numbering import Numbering, bare_number, find_numbering, is_bullet, is_caption

_STOP = re.compile(r"[。；！？]")
_RUN_IN_STOP = re.compile(r"[。：:]|(?<=[^\W\d_])\.(?=[^\W\d_])")
_ENDS_ITEM = re.compile(r"[；;][以及和或]*$")
_CONTENTS_TITLE = re.compile(r"目\s*[录次]")
_CONTENTS_LINE = re.compile(r"(?:[.．·…]{3,}|[ \t]{2,}|(?<=[^\W\d_”》）]))\s*\d{1,3}$")
_ARTICLE_TITLE = re.compile(r"[【（(\[]([^】）)\]]{2,15})[】）)\]]\s*")
_NOTE_KINDS = ("1.", "1、", "（1）")
_NOTE_ONE = re.compile(r"(?:注|备注|说明|附\s?件)\s?[：:]\s*[1１]\s*[.．、]")
_HAS_WORD = re.compile(r"[^\W\d_]")
_LONGEST_TITLE, _LONGEST_RUN_IN, _LONGEST_LABEL, _MOST_COMMAS = 60, 45, 20, 2
_SHORT_SENTENCE, _PROSE, _LONGEST_CONTENTS = 40, 40, 80
_PREFACES = frozenset({"前言", "序言", "引言"})
_LINE_KINDS = frozenset({"part", "chapter", "chapter section", "annex"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line: its numbering, and where title and body (if run in) start and end.

    The kind of the numbering is `words` or `preface` where the heading has no number.
    """

    line: int
    numbering: Numbering
    title_start: int
    title_end: int
    body_start: int


def iter_headings(lines: Sequence[Line], skipped: frozenset[int] = frozenset()) -> Iterator[Heading]:
    """The headings among lines, in order; `skipped` are lines of tables, which are not looked at."""
    numbered = {
        index: numbering
        for index, line in enumerate(lines)
        if index not in skipped and (numbering := find_numbering(line.text)) is not None
    }
    numbered = {**_bare_numbers(lines, numbered, skipped), **numbered}
    refused = _contents(lines, numbered) | _notes(lines, numbered) | _items(lines, numbered)
    for index, line in enumerate(lines):
        if index in skipped or index in refused:
            continue
        heading = _numbered(lines, index, numbered[index]) if index in numbered else _unnumbered(line, index)
        if heading is not None:
            yield heading


def _numbered(lines: Sequence[Line], index: int, numbering: Numbering) -> Heading | None:
    line = lines[index]
    words = line.text[numbering.words_at :]
    if numbering.kind == "article":
        return _article(line, index, numbering)
    if numbering.kind == "annex":
        return None
    if not _HAS_WORD.search(words) or is_caption(words):
        return None
    stop = _STOP.search(words)
    if stop is None and len(words) <= _LONGEST_TITLE:
        return _label(line, index, numbering) or _whole_line(line, index, numbering)
    if numbering.kind in _LINE_KINDS:
        return None
    return _run_in(lines, index, numbering)


def _bare_numbers(
    lines: Sequence[Line], numbered: dict[int, Numbering], skipped: frozenset[int]
) -> dict[int, Numbering]:
    """Short lines that start with bare numbers 1, 2, 3 … where headings are numbered 1.1, too."""
    found: dict[int, Numbering] = {}
    if not any(numbering.kind == "1.1" for numbering in numbered.values()):
        return found
    for index, line in enumerate(lines):
        if index in skipped or len(line.text) > _LONGEST_LABEL or _STOP.search(line.text):
            continue
        bare = bare_number(line.text)
        if bare is not None and bare.ordinal == len(found) + 1:
            found[index] = bare
    return found


def _heading(
    line: Line, index: int, numbering: Numbering, *, title: tuple[int, int], body: int | None = None
) -> Heading:
    start, end = title
    body_at = len(line.text) if body is None else body
    return Heading(index, numbering, line.start + start, line.start + end, line.start + body_at)


def _whole_line(line: Line, index: int, numbering: Numbering) -> Heading | None:
    if line.text.endswith(("，", "、", ",")):
        return None
    end = len(line.text.rstrip("：: "))
    return _heading(line, index, numbering, title=(numbering.words_at, end)) if end > numbering.words_at else None


def _label(line: Line, index: int, numbering: Numbering) -> Heading | None:
    """A heading that a colon parts from its body on the same line."""
    colon = re.search("[：:]", line.text[numbering.words_at :])
    if colon is None:
        return None
    end = numbering.words_at + colon.start()
    is_label = 2 <= colon.start() <= _LONGEST_LABEL and "，" not in line.text[numbering.words_at : end]
    rest = line.text[end + 1 :].strip()
    if not is_label or len(rest) < _LONGEST_LABEL:
        return None
    return _heading(line, index, numbering, title=(numbering.words_at, end), body=end + 1)


def _run_in(lines: Sequence[Line], index: int, numbering: Numbering) -> Heading | None:
    line = lines[index]
    stop = _RUN_IN_STOP.search(line.text, numbering.words_at)
    if stop is None:
        return None
    title = line.text[numbering.words_at : stop.start()]
    is_label = stop[0] in "：:"
    longest = _LONGEST_LABEL if is_label else _LONGEST_RUN_IN
    if not 2 <= len(title) <= longest or _STOP.search(title) or title.count("，") > (0 if is_label else _MOST_COMMAS):
        return None
    if not line.text[stop.end() :].strip("”’）) 　") and not _leads(lines, index, title, kind=numbering.kind):
        return None
    body = stop.end()
    while body < len(line.text) and line.text[body] in " \u3000":
        body += 1
    return _heading(line, index, numbering, title=(numbering.words_at, stop.start()), body=body)


def _leads(lines: Sequence[Line], index: int, title: str, *, kind: str) -> bool:
    """Whether a numbered short sentence alone on its line is the heading of the prose, or of the list, below it."""
    if len(title) > _SHORT_SENTENCE or index + 1 >= len(lines):
        return False
    below = lines[index + 1]
    if numbering := find_numbering(below.text):
        return numbering.ordinal == 1 and numbering.kind != kind
    return not below.is_cell and len(below.text) > _PROSE and not is_bullet(below.text)


def _article(line: Line, index: int, numbering: Numbering) -> Heading:
    words_at = numbering.words_at
    titled = _ARTICLE_TITLE.match(line.text, words_at)
    if titled:
        return _heading(line, index, numbering, title=titled.span(1), body=titled.end())
    words = line.text[words_at:]
    if words and len(words) <= _LONGEST_LABEL and not re.search("[。；：:，]", words):
        return _heading(line, index, numbering, title=(words_at, len(line.text)))
    number_end = len(line.text[:words_at].rstrip())
    return _heading(line, index, numbering, title=(number_end, number_end), body=words_at)


def _unnumbered(line: Line, index: int) -> Heading | None:
    words = line.text.rstrip("：: ")
    if line.is_cell or words not in _unnumbered_words():
        return None
    kind = "preface" if words in _PREFACES else "words"
    return _heading(line, index, Numbering(kind, None, "", 0), title=(0, len(words)))


@cache
def _unnumbered_words() -> frozenset[str]:
    text = files("loaders.resources").joinpath("headings_unnumbered.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _contents(lines: Sequence[Line], numbered: dict[int, Numbering]) -> frozenset[int]:
    """Lines of a table of contents: they end in a page number, or follow 目录 and stand again further down."""
    found = {
        index
        for index in numbered
        if len(lines[index].text) <= _LONGEST_CONTENTS and _CONTENTS_LINE.search(lines[index].text)
    }
    dotted = {index for index in found if re.search(r"[.．·…]{3,}|[ \t]", lines[index].text)}
    starts = [index for index, line in enumerate(lines[:200]) if _CONTENTS_TITLE.fullmatch(line.text)]
    if not starts:
        return frozenset(dotted)
    later: dict[str, int] = {}
    for index, line in enumerate(lines):
        later[_bare(line.text)] = index
    listed: set[int] = set()
    for index in range(starts[0] + 1, len(lines)):
        if index not in found and later[_bare(lines[index].text)] == index:
            break
        listed.add(index)
    return frozenset(dotted | listed)


def _bare(text: str) -> str:
    return re.sub(r"[\s.．·…]+\d{0,3}$|\s+", "", text)


def _notes(lines: Sequence[Line], numbered: dict[int, Numbering]) -> frozenset[int]:
    """Numbered lines that go on with a note (注：1. …)."""
    found: set[int] = set()
    expected: int | None = None
    for index, line in enumerate(lines):
        if _NOTE_ONE.match(line.text):
            expected = 2
        elif expected is not None:
            numbering = numbered.get(index)
            if numbering is None or numbering.ordinal != expected or numbering.kind not in _NOTE_KINDS:
                expected = None
            else:
                found.add(index)
                expected += 1
    return frozenset(found)


def _items(lines: Sequence[Line], numbered: dict[int, Numbering]) -> frozenset[int]:
    """Numbered lines that are items of one list: a run of one kind that mostly end in a semicolon."""
    found: set[int] = set()
    run: list[int] = []
    for index in [*numbered, -1]:
        if run and not _continues(numbered, run[-1], index):
            ended = sum(1 for each in run if _ENDS_ITEM.search(lines[each].text))
            if ended and 2 * ended >= len(run) - 1:
                found.update(run)
            run = []
        run.append(index)
    return frozenset(found)


def _continues(numbered: dict[int, Numbering], before: int, after: int) -> bool:
    if after < 0 or after != before + 1:
        return False
    left, right = numbered[before], numbered[after]
    return left.kind == right.kind and left.ordinal is not None and right.ordinal == left.ordinal + 1
