"""What the teacher marks in another way than a reader does, set right by rule."""

import re
from collections.abc import Iterable
from functools import cache

from loaders.names.lexicon import lexicon
from loaders.names.shapes import alternatives, shapes
from training.kinds import kind_of_name
from training.sentences import Sentence, Span

_OF_A_CLASS = re.compile(
    "(?:的|和|以及|各|其他|其它|有关|相关|所属|指定|授权|规定|[一-鿿]{0,12}?(?:行政|主管|管理|监督))?"
    "[一-鿿]{0,8}?(?:部门|机构|直属机构|职能部门|派出机关)"
)
_ATTRIBUTES = ("国务院", "省人民政府", "市人民政府", "人民政府", "自治区人民政府")
_CONGRESS = re.compile("第[一二三四五六七八九十]+届(?:人民代表大会(?:常务委员会)?|人大常委会)")
_SPECIAL = re.compile("特别行政区(?:政府)?")
_OFFICE = re.compile("办公[厅室]")
_RANKED = re.compile(
    r"(?:(?<=^)|(?<=[\s，。；：、（(,])|(?<=[经由报向对按据请]))(?:省|市|自治区)(?:人民政府|人民代表大会(?:常务委员会)?|人大常委会)"
)


@cache
def _department() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives('department_stems')})(?!门|[一-鿿]{{0,6}}部门)")


def as_readers_mark(sentence: Sentence) -> Sentence:
    """The sentence without bodies that are named by kind only, and with whole names of congresses and departments."""
    text = sentence.text
    spans = [_whole(text, span) for span in sentence.spans]
    spans = [span for span in _apart(spans) if not _is_a_class(text, span)]
    for found in _RANKED.finditer(text):
        span = Span(found.start(), found.end(), "government")
        if not _is_a_class(text, span) and all(span.end <= one.start or one.end <= span.start for one in spans):
            spans.append(span)
    return Sentence(text, tuple(sorted(spans)))


def _whole(text: str, span: Span) -> Span:
    """The span with the rest of a body's name behind a place, and with the office behind a body."""
    if span.kind != "place":
        return _with_its_ends(text, span)
    if special := _SPECIAL.match(text, span.end):
        kind = "government" if special[0].endswith("政府") else span.kind
        return Span(span.start, special.end(), kind)
    body = _CONGRESS.match(text, span.end) or _department().match(text, span.end)
    if body is None or len(body[0]) < 2:
        return span
    return Span(span.start, body.end(), kind_of_name(text[span.start : body.end()]))


def _with_its_ends(text: str, span: Span) -> Span:
    """The span without verbs, particles and white space before the name, and with the office behind it."""
    name = text[span.start : span.end]
    before = len(name) - len(re.split(r"\s", name)[-1])
    before += shapes().swallowed(name[before:])
    office = _OFFICE.match(text, span.end) if span.kind == "government" else None
    return Span(span.start + before, office.end() if office else span.end, span.kind)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlaps; of two that overlap the first is kept."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def _is_a_class(text: str, span: Span) -> bool:
    """Whether it names bodies by their kind only, or stands before one that is named so."""
    name = text[span.start : span.end]
    if span.kind != "place" and name in _bare_stems():
        return True
    if span.kind not in ("place", "government") and not shapes().is_organization(name):
        return True
    if name.endswith("部") and text.startswith("门", span.end):
        return True
    return name in _ATTRIBUTES and _OF_A_CLASS.match(text, span.end) is not None


@cache
def _bare_stems() -> frozenset[str]:
    return frozenset(lexicon().stems) - lexicon().central
