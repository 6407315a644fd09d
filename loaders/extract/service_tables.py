"""Tables that list whom something is done for or with: each row joins a body with the document's own subject."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.extract.lists import column, rows
from loaders.extract.records import Mention, PartnershipRecord
from loaders.text.model import Span, Structure

_CAPTION = re.compile(r"^[ \t]*(?P<number>续?表\s*[\d\-－—–.]*)(?P<words>[^\n。]{0,60})$", re.M)
_REGION_END = re.compile(
    r"。[ \t]*$|^[ \t]*(?:数据来源|图\s*\d|续?表\s*\d|[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、"
    r"|\d+(?:\.\d+)+ ?[^\d\s])",
    re.M,
)
_TOKEN = re.compile(r"[^\s]+")
_FIGURES = re.compile(r"[\d.,，%\-—–~～年月日]+")
_COMPANY = re.compile(r"(?:公司|集团|厂|事务所|合作社|商会|协会|研究院|研究所|医院|学校|分公司)$")
_FOR_WHOM = re.compile("^[：:\\s]*(?:为(?:本地|地方|区域|中小微?)?(?:企业|社会)?(?:开展|提供)?|与企业)")
_WIDTH = r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])"
_LONGEST, _MOST_HEADS, _LONGEST_ACTIVITY = 20000, 12, 80


@dataclass(frozen=True, slots=True)
class _Header:
    """The column heads of a table; `partner` is the number of the column that names whom."""

    heads: tuple[str, ...]
    partner: int
    end: int

    @property
    def joint(self) -> bool:
        """Whether a column before names what is run together (产业学院名称), and not what is done."""
        return any(word in head for head in self.heads[: self.partner] for word in _columns("joint"))


def service_tables(structure: Structure, mentions: Sequence[Mention]) -> Iterator[tuple[Span, list[PartnershipRecord]]]:
    """The stretch of each such table, with a record for each body that a cell of its column of partners names."""
    text = structure.text
    starts = [mention.span.start for mention in mentions]
    headings = [section.heading.start for section in structure.sections if section.heading is not None]
    for caption in _CAPTION.finditer(text):
        last = min(_next(headings, caption.end()) or len(text), caption.end() + _LONGEST)
        end = _REGION_END.search(text, caption.end() + 1, last)
        region = Span(caption.start(), end.start() if end else last)
        header = _header(text, caption, region.end)
        if header is None:
            continue
        inside = mentions[bisect_left(starts, region.start) : bisect_left(starts, region.end)]
        table = _Table(text, header, Span(*caption.span()), _FOR_WHOM.sub("", caption["words"]).strip())
        records = [record for row in _rows(text, header, region.end) for record in table.records(row, inside)]
        if records:
            yield region, records


def _next(positions: Sequence[int], after: int) -> int | None:
    at = bisect_left(positions, after)
    return positions[at] if at < len(positions) else None


def _columns(use: str) -> tuple[str, ...]:
    return column("partner_columns", "word", use=use)


def _header(text: str, caption: re.Match[str], end: int) -> _Header | None:
    """The heads up to the first row's number, or else those of the first line; None if none of them names whom."""
    line_end = text.find("\n", caption.end() + 1, end)
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, caption.end(), end):
        if token[0] == "1" or len(tokens) == _MOST_HEADS:
            break
        if tokens and token.start() > line_end > 0 and not _is_head(token[0]):
            break
        tokens.append(token)
    heads: list[str] = []
    for token in tokens:
        if heads and token[0].startswith(("（", "(")):
            heads[-1] += token[0]
        else:
            heads.append(token[0])
    of_service = any(row["word"] in caption["words"] for row in rows("partner_columns") if row["use"] == "caption")
    names = _columns("partner") + (_columns("body") if of_service else ())
    partner = next((i for i, head in enumerate(heads) if i and any(word in head for word in names)), None)
    return None if partner is None or not tokens else _Header(tuple(heads), partner, tokens[-1].end())


def _is_head(word: str) -> bool:
    return len(word) <= 8 and not any(character.isdecimal() for character in word)


def _rows(text: str, header: _Header, end: int) -> Iterator[list[Span]]:
    """The cells of each row: between one number at the head of a line and the next, or else line by line."""
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text, header.end, end)]
    is_numbered = bool(tokens) and tokens[0].of(text) == "1"
    row: list[Span] = []
    number = 0
    for token in tokens:
        at_head = not text[text.rfind("\n", 0, token.start) + 1 : token.start].strip()
        if at_head and (token.of(text) == str(number + 1) if is_numbered else True):
            number += 1
            yield row
            row = []
        if token.of(text) not in header.heads:
            row.append(token)
    yield row


class _Table:
    """Makes records of rows."""

    def __init__(self, text: str, header: _Header, caption: Span, service: str) -> None:
        self._text, self._header, self._caption, self._service = text, header, caption, service

    def records(self, row: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[PartnershipRecord]:
        """A record for each body in the row's cell of partners; in a broken row, for each company in a cell."""
        if not row:
            return
        named = [m for m in mentions if row[0].start <= m.span.start < row[-1].end and m.kind == "organization"]
        partners = next((found for cell in self._cells(row) if (found := self._in_cell(cell, named))), [])
        if not partners:
            partners = [m for m in named if _COMPANY.search(m.text) and self._fills_cell(m.span)]
        if not partners:
            return
        activity = self._activity(row, partners[0].span.start) or self._service
        for mention in partners:
            start = self._text.find(activity[:4], row[0].start, mention.span.start)
            yield PartnershipRecord(
                a=None,
                b=mention.text,
                activity=activity,
                evidence=Span(start if start >= 0 else mention.span.start, mention.span.end),
                kind=_kind(activity) if self._header.joint else "service",
                platform=activity if self._header.joint else None,
                context=(self._caption,),
                rule="service-table",
            )

    def _cells(self, row: Sequence[Span]) -> Iterator[Span]:
        """The cell in the column of partners: counted from the right (what is done may have spaces), then the left."""
        after = len(self._header.heads) - self._header.partner
        if len(row) >= after:
            yield row[-after]
        if len(row) > self._header.partner:
            yield row[self._header.partner]

    def _in_cell(self, cell: Span, named: Sequence[Mention]) -> list[Mention]:
        found = [mention for mention in named if mention.span.overlaps(cell)]
        return found if found and all(self._fills_cell(mention.span, listed=True) for mention in found) else []

    def _fills_cell(self, span: Span, *, listed: bool = False) -> bool:
        """Whether a name stands between white space (or, `listed`, beside another), and not within a cell's words."""
        before, after = self._text[span.start - 1 : span.start], self._text[span.end : span.end + 1]
        marks = "、，等（(" if listed else ""
        return (before.isspace() or before in marks) and (not after or after.isspace() or after in marks)

    def _activity(self, row: Sequence[Span], partner: int) -> str:
        """The words of the row before the partner, without numbers."""
        words = [cell.of(self._text) for cell in row if cell.end <= partner]
        if words and words[0].isdecimal():
            words = words[1:]
        joined = " ".join(words)
        return "" if _FIGURES.fullmatch(joined) else re.sub(_WIDTH, "", joined)[-_LONGEST_ACTIVITY:]


def _kind(words: str) -> str:
    return next((row["kind"] for row in rows("partnership_kinds") if row["word"] in words), "other")
