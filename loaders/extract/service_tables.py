"""Tables that list services done for companies: each row joins a company with the document's own subject."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from loaders.extract.records import Mention, PartnershipRecord
from loaders.text.model import Span, Structure

_CAPTION = re.compile(r"^[ \t]*表\s*[\d\-－—–.]*[^\n。]{0,40}?(?:服务|合作|委托|横向|技术开发)[^\n。]{0,40}$", re.M)
_COLUMN = re.compile(r"单位|企业|公司|合作方|客户|甲方")
_REGION_END = re.compile(
    r"。[ \t]*$|^[ \t]*(?:数据来源|图\s*\d|表\s*\d|[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)", re.M
)
_COMPANY = re.compile(r"(?:公司|集团|厂|事务所|合作社|商会|协会|研究院|研究所|医院|学校|分公司)$")
_FIGURES = re.compile(r"[\d.,，%\s]+")
_AMOUNT = re.compile(r"^[^\n]*\n")
_HEADER_LINES = 6
_LONGEST = 20000


def service_tables(structure: Structure, mentions: Sequence[Mention]) -> Iterator[tuple[Span, list[PartnershipRecord]]]:
    """The stretch of each such table, with a record a row whose company is named in a cell of its own."""
    text = structure.text
    starts = [mention.span.start for mention in mentions]
    for caption in _CAPTION.finditer(text):
        head = "\n".join(text[caption.end() : caption.end() + 200].split("\n")[:_HEADER_LINES])
        if not _COLUMN.search(head):
            continue
        end = _REGION_END.search(text, caption.end() + 1, caption.end() + _LONGEST)
        region = Span(caption.start(), end.start() if end else min(len(text), caption.end() + _LONGEST))
        inside = mentions[bisect_left(starts, region.start) : bisect_left(starts, region.end)]
        records = list(_rows(text, Span(caption.end(), region.end), inside, Span(*caption.span())))
        if records:
            yield region, records


def _rows(text: str, region: Span, inside: Sequence[Mention], caption: Span) -> Iterator[PartnershipRecord]:
    position = region.start
    for mention in inside:
        if not (_COMPANY.search(mention.text) and _fills_cell(text, mention.span)):
            continue
        activity = _activity(text[position : mention.span.start])
        if activity:
            start = text.rfind(activity[:4], position, mention.span.start)
            evidence = Span(start if start >= 0 else mention.span.start, mention.span.end)
            yield PartnershipRecord(
                a=None,
                b=mention.text,
                activity=activity,
                evidence=evidence,
                kind="service",
                context=(caption,),
                rule="service-table",
            )
        position = mention.span.end


def _fills_cell(text: str, span: Span) -> bool:
    """Whether a name stands between white space, and not within the words of a cell."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (not before or before.isspace()) and (not after or after.isspace())


def _activity(words: str) -> str:
    """What stands in the row before the company: without the amount of the row above, the row's number, the header."""
    lines = [line.strip() for line in _AMOUNT.sub("", words, count=1).split("\n")]
    lines = [line for line in lines if line and not _is_header(line) and not _FIGURES.fullmatch(line)]
    joined = re.sub(r"^\d{1,3}(?:\s+|$)", "", " ".join(lines)).strip()
    return re.sub(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])", "", joined)[-80:]


def _is_header(line: str) -> bool:
    return (
        line.startswith("序号")
        or re.fullmatch(r"(?:收入|到款|合同)?金额|（[^）]{1,6}）|[^\s]{0,6}单位名称", line) is not None
    )
