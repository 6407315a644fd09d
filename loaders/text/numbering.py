"""What stands at the start of a line: the number of a heading or list item, a caption, a note."""

import re
from dataclasses import dataclass, replace

from loaders.text.numerals import HAN_NUMERAL, whole_number

MARK = "#"
"""What Markdown puts before a heading, once a level."""

_H = f"[{HAN_NUMERAL}]"
_D = r"[0-9０-９]"

# The order matters only where one form opens another (1.1 before 1.).
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (MARK, r"(?:#{1,6}[ \t]+)*(#{1,6})[ \t]+(?=\S)"),
        ("part", rf"(第({_H}+|{_D}+)(?:编|篇|部分))(?:[ 　：:]+|$|(?=[^的，。、；]{{1,20}}$))"),
        ("chapter", rf"(第({_H}+|{_D}+)章)(?:[ 　：:]+|$|(?=[^的，。；]{{1,20}}$))"),
        ("chapter section", rf"(第({_H}+|{_D}+)节)(?:[ 　：:]+|$|(?=[^的，。；]{{1,20}}$))"),
        ("article", rf"(第({_H}+|{_D}+)条(?:之{_H})?)(?:[ 　]+|$|(?=[（【《]))"),
        ("box", rf"(专栏(?:\s?({_H}+|{_D}+))?)(?:[ 　：:—-]+|(?<=[{HAN_NUMERAL}0-9０-９])(?=\S))"),
        ("case", rf"(案例\s?({_H}+|{_D}+))(?:[ 　：:]+|(?=\S))"),
        ("annex", rf"(附[件录表]\s?({_H}+|{_D}{{1,2}}(?!{_D}|-))?)(?:[ 　：:.．]*$|[ 　：:]+)"),
        ("task", rf"((?:任务|行动|工程|举措|措施|项目)({_H}+|{_D}{{1,2}}))[：:、.．]\s*"),
        ("一、", rf"(({_H}{{1,4}})[、．.])\s*(?!{_H}+[、个届是产等级期])"),
        ("（一）", rf"([（(]({_H}{{1,4}})[）)])[、.．]?\s*"),
        ("1.1.1", rf"({_D}{{1,2}}[.．]{_D}{{1,2}}[.．]({_D}{{1,2}}))[.．]?(?![0-9%.．])\s*(?=[^\W\d]|[“《（])"),
        ("1.1", rf"({_D}{{1,2}}[.．]({_D}{{1,2}}))[.．]?(?:[ 　]+(?=[^\W\d_]|[“《（]))"),
        ("01", r"((0[1-9]))[ 　]*(?=[\u3400-\u9fff“])"),
        ("1.", rf"(({_D}{{1,2}})[.．])(?:(?!{_D})|[ 　]+)[ 　]*"),
        ("1、", rf"(({_D}{{1,2}})、)\s*(?!{_D}+[、，])"),
        ("（1）", rf"([（(]({_D}{{1,2}})[）)])[、.．]?\s*"),
        ("1）", rf"(({_D}{{1,2}})[）)])[、.．]?\s*"),
        ("①", r"(([①-⑳]))\s*"),
    )
)
_ARABIC_OF_HAN = {"1、": "一、", "（1）": "（一）"}
_BARE = re.compile(r"(\d{1,2})[ 　]+(?=[\u3400-\u9fff“])")
_FIRST = re.compile(rf"[#第专案附任行工举措项（(①-⑳0-9０-９{HAN_NUMERAL}]")
_CAPTION = re.compile(r"(?:续?[图表]|图表)\s?(?:\d|[一二三四五六七八九十]+(?=[ 　：:]))")
_ASIDE = re.compile(r"(?:注|备注|说明|数据来源|资料来源|来源)\s?(?:\d{0,2})[：:]")
_DASH = re.compile(r"——|[-–—]\s+(?=\D)|[•●▪◆■□★·]\s?(?=\D)|\*\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number at the start of a line: its kind, its ordinal if it has one, as written, and where the words begin."""

    kind: str
    ordinal: int | None
    number: str
    words_at: int

    @property
    def is_container(self) -> bool:
        """Whether numbering starts anew inside: a box, a case, an annex."""
        return self.kind in ("box", "case", "annex")

    @property
    def needs_space(self) -> bool:
        """Whether only a space parts the number from the words."""
        return self.kind in ("1 ", "1.1", "1.1.1", "01")

    @property
    def han_kind(self) -> str | None:
        """The kind with Han numerals that it may stand for (5、 after 四、), as lists that lost their style do."""
        return _ARABIC_OF_HAN.get(self.kind)


def bare_number(line: str) -> Numbering | None:
    """The number and space that a line starts with, as chapters are numbered above 1.1; a row of a table may, too."""
    match = _BARE.match(line)
    if match is None:
        return None
    return Numbering(kind="1 ", ordinal=int(match[1]), number=match[1], words_at=match.end())


def find_numbering(line: str) -> Numbering | None:
    """The numbering that a line starts with, or None."""
    if not _FIRST.match(line):
        return None
    for kind, pattern in _FORMS:
        match = pattern.match(line)
        if match is None:
            continue
        if kind == MARK:
            return _marked(line, len(match[1]), match.end())
        ordinal = whole_number(match[2]) if match[2] else None
        return Numbering(kind=kind, ordinal=ordinal, number=match[1].replace(" ", ""), words_at=match.end())
    return None


def _marked(line: str, level: int, words_at: int) -> Numbering:
    """The numbering behind the marks of a Markdown heading; without one the marks are the numbering."""
    inner = find_numbering(line[words_at:])
    if inner is None:
        return Numbering(kind=f"{MARK}{level}", ordinal=None, number="", words_at=words_at)
    return replace(inner, words_at=words_at + inner.words_at)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a figure or table: 图 1-2, 表3."""
    return _CAPTION.match(line) is not None


def is_aside(line: str) -> bool:
    """Whether a line is a note or names a source: 注：, 数据来源：."""
    return _ASIDE.match(line) is not None


def is_bullet(line: str) -> bool:
    """Whether a line is a bullet item: ——, •."""
    return _DASH.match(line) is not None


def opens_block(line: str) -> bool:
    """Whether a line cannot be the continuation of the line before it."""
    return is_caption(line) or is_aside(line) or is_bullet(line) or find_numbering(line) is not None
