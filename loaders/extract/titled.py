"""Titles in 《》: where they stand, nested ones as one, and the number (文号) that follows."""

import re
from typing import NamedTuple

from loaders.extract.titles import plain
from loaders.text.model import Span

_MARK = re.compile(r"[《》\n]")
_LONGEST = 160
_NUMBER = re.compile(
    r"\s*[（(]?\s*(?P<number>[一-鿿]{1,14}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*第?\s*\d+\s*号"
    r"|(?:GB|JGJ|CJJ|DB\d{0,2}|HJ|SL|LY|NY|JY)(?:\s*/?\s*T)?\s*[\d.]+(?:\s*[-—－–]\s*\d{2,4})?)\s*[）)]?"
)


class Titled(NamedTuple):
    """A title in 《》; `span` covers the marks, `end` also the number behind them."""

    title: str
    span: Span
    end: int
    doc_number: str | None


def titled(text: str) -> list[Titled]:
    """The outermost titles of the text, in order. A 《 that is not closed in its line or within reach is no title."""
    found: list[Titled] = []
    opened: list[int] = []
    for mark in _MARK.finditer(text):
        if mark[0] == "《":
            opened = [start for start in opened if mark.start() - start <= _LONGEST]
            opened.append(mark.start())
        elif mark[0] == "\n":
            opened = []
        elif opened:
            start = opened.pop()
            if mark.end() - start <= _LONGEST:
                while found and found[-1].span.start > start:
                    found.pop()
                found.append(_titled(text, Span(start, mark.end())))
    return _outermost(found)


def _outermost(found: list[Titled]) -> list[Titled]:
    out: list[Titled] = []
    for one in found:
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return out


def _titled(text: str, span: Span) -> Titled:
    number = _NUMBER.match(text, span.end)
    written = re.sub(r"\s+", "", number["number"]) if number else None
    return Titled(plain(span.of(text)), span, number.end() if number else span.end, written)
