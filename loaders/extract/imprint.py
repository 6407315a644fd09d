"""Who signed a document and when, its number, and since when it applies: lines at its head and its end."""

import re
from typing import NamedTuple

from loaders.extract.dates import DATE, iso_date
from loaders.text.model import Span

_DATE_LINE = re.compile(
    rf"^[ \t　]*(?P<before>[^\n。，；：:]{{0,60}}?)[ \t　]*[（(]?(?P<date>{DATE.pattern})"
    r"(?:[）)]|[ \t　]*印发)?[ \t　]*$",
    re.M,
)
_BODY_LINE = re.compile(r"^(?:[一-鿿·（）()、\- \t　]{2,80})(?<=[部委局厅署院会府办室行社组学校司队])[ \t　]*$")
_NUMBER = re.compile(
    r"^[ \t　]*(?P<number>[一-鿿]{1,14}[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*第?\s*\d+\s*号)[ \t　]*$", re.M
)
_PASSED = re.compile(
    rf"[（(](?P<date>{DATE.pattern})\s*(?:已?经|由)?(?P<body>[一-鿿]{{1,30}}?(?:代表大会常务委员会|代表大会|人民政府|委员会|国务院))"
    r"(?P<session>第[一-鿿\d]+次[一-鿿]{0,12}会议|令第[\d一-鿿]+号)?[一-鿿、，\s\d]*?(?:通过|公布|发布|批准)"
)
_TERM = re.compile(r"第[一二三四五六七八九十]+届")
_ORGAN_WITHIN = re.compile(
    "^(?:学校|学院|我校|本校|公司|集团|医院)|(?:职工|会员|党员|党|学生|股东|团员)代表大会|党委会|理事会|董事会"
)
_EFFECTIVE = re.compile(rf"自(?P<date>{DATE.pattern})起(?:施行|实施|执行|生效)")
_HEAD_LINES = 1500
_TAIL = 1500
_ABOVE = 400  # characters above a stretch in which the bodies of its first date line may stand
_PARTED = re.compile(r"[ \t　、]+")
_LETTER_SPACED = re.compile(r"(?<=^[一-鿿])[ 　]+(?=[一-鿿]$)")


class Imprint(NamedTuple):
    """What a signature and the lines about it say; `issued_on` with the precision of the text.

    `shown` are the dates and the number where they stand.
    """

    issuers: tuple[str, ...] = ()
    issuer_spans: tuple[Span, ...] = ()
    issued_on: str | None = None
    doc_number: str | None = None
    effective_on: str | None = None
    shown: tuple[Span, ...] = ()


def imprint(text: str, stretch: Span, *, title_end: int) -> Imprint:
    """The imprint of the policy that fills a stretch; a law's is the bracket below its title (…通过)."""
    number = _NUMBER.search(text, stretch.start, min(stretch.end, stretch.start + _HEAD_LINES))
    applies = list(_EFFECTIVE.finditer(text, max(stretch.start, stretch.end - _TAIL), stretch.end))
    passed = _PASSED.search(text, title_end, min(stretch.end, title_end + 400))
    signed = _passed(passed) if passed else _signature(text, stretch, title_end)
    shown = [Span(*number.span("number"))] if number else []
    shown += [Span(*applies[-1].span("date"))] if applies else []
    return signed._replace(
        shown=(*signed.shown, *shown),
        doc_number=re.sub(r"\s+", "", number["number"]) if number else None,
        effective_on=iso_date(_dated(applies[-1])) if applies else None,
    )


def _dated(found: re.Match[str]) -> re.Match[str]:
    inner = DATE.match(found["date"])
    assert inner is not None
    return inner


def _passed(found: re.Match[str]) -> Imprint:
    """The body that passed a text issued it, unless it is an organ within the one that did (教职工代表大会)."""
    body = _TERM.sub("", found["body"])
    dated = Imprint(issued_on=iso_date(_dated(found)), shown=(Span(*found.span("date")),))
    if _ORGAN_WITHIN.search(body):
        return dated
    return dated._replace(issuers=(body,), issuer_spans=(Span(*found.span("body")),))


def _signature(text: str, stretch: Span, title_end: int) -> Imprint:
    """The last signature at the end of the stretch, else the first date line below the title."""
    tail = Span(max(title_end, stretch.end - _TAIL), stretch.end)
    head = Span(title_end, min(stretch.end, title_end + 300))
    found = _last_signed(text, tail, title_end) or _last_signed(text, head, title_end)
    if not found:
        return Imprint()
    names, spans = _signers(text, found, title_end)
    return Imprint(names, spans, iso_date(_dated(found)), shown=(Span(*found.span("date")),))


def _last_signed(text: str, span: Span, floor: int) -> re.Match[str] | None:
    """The last date line that a body stands before or above; else the last whole date, if no other stands so.

    A bare month, a date at the end of a row and a column of dates are cells of a table.
    """
    lines = [found for found in _DATE_LINE.finditer(text, span.start, span.end) if found["month"]]
    lines = [found for found in lines if "\t" not in found["before"].strip()]
    signed = [found for found in lines if _signers(text, found, max(floor, span.start - _ABOVE))[0]]
    if signed:
        return signed[-1]
    bare = [found for found in lines if found["day"] or found["date"] != found[0].strip()]
    return bare[0] if len(bare) == 1 else None


def _signers(text: str, found: re.Match[str], floor: int) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The bodies before the date in its line, or in the lines above it as long as these hold nothing but bodies."""
    names: list[str] = []
    spans: list[Span] = []
    if found["before"].strip() and _BODY_LINE.match(found["before"]):
        return _names_of(text, Span(*found.span("before")))
    end = found.start()
    while end > floor:
        end -= len(text[floor:end]) - len(text[floor:end].rstrip())
        start = text.rfind("\n", floor, end) + 1 or floor
        line = Span(start, end)
        if end - start > 80 or not _BODY_LINE.match(line.of(text)):
            break
        more_names, more_spans = _names_of(text, line)
        names[:0], spans[:0] = more_names, more_spans
        end = start - 1
    return tuple(names), tuple(spans)


def _names_of(text: str, line: Span) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    written = line.of(text)
    if len(written) <= 20 and _LETTER_SPACED.search(written.strip()):
        return (re.sub(r"\s+", "", written),), (line,)
    names, spans = [], []
    for piece in re.finditer(r"[^ \t　、]+", written):
        names.append(piece[0])
        spans.append(Span(line.start + piece.start(), line.start + piece.end()))
    return tuple(names), tuple(spans)
