"""Actor groups in a text: actors named by their kind (高职院校, 各县（市、区）人民政府), each in one normal form."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick

from loaders.extract.lists import entries, rows
from loaders.extract.open_groups import determiners, is_governor, open_groups
from loaders.text.model import Span

_DEPARTMENT = re.compile("部门|主管单位")
_QUALIFIERS = re.compile(r"(?:等)?(?:其他|各|有关|相关|职能|市级|县级|省级|行政|主管|管理|监管)*$")
_LIST = re.compile(r"[一-鿿（）、]*$")
_LIST_REACH = 160
_SEPARATORS = ("、", "和", "与", "及")
_ITEM = re.compile(r"[^、和与及]+")
_ABBREVIATION = re.compile(r"(?<![一-鿿“])?(?P<run>[政校行企地](?:[、和]?[政校行企地]){1,4}|行企|师生)")
_BODY_ENDINGS = ("部门", "机关", "机构", "局", "办", "委", "会")
_LEVELS = ("当地", "同级", "各级", "地方")
_CROSSING = re.compile(r"[教职员]工(?=[作程业艺具])|(?<=人)员工|(?<=提)高职|(?<=[引指辅督])导师(?=生)|各省(?=级)")
_STATUS_BEFORE = re.compile(r"(?:新型|现代化|标杆|示范|样板|典型|试点|绿色|[”])$")
_GENERIC_BODIES = frozenset(("学校", "院校", "高校", "企业", "单位", "机构", "院系"))
_QUALITY = re.compile(r"“(?P<quality>[^“”]{2,8})”$")
_ELLIPSIS = re.compile(r"(?P<word>[一-鿿]{2,5})[、和与]$")
_FISCAL = re.compile(
    r"(?:[省市县区乡、]{2,7}[两三四]级|[省市县区]级?|中央|各级|本级|同级|地方)财政(?=[每各一二三四五两\d]{1,2}年|十[一二三四五]五|新增|列支|要|应|须|需|安排|给予|统筹|对|按|负责|予以|将|加大|承担|设立|通过|支持)"
)
_OFFICE = re.compile(
    r"(?:各(?:[省市县区]级?|地)|[省市县区]级|(?:[省市县区]、){1,3}[省市县区](?:[两三四]级)?|同级)(?P<field>[一-鿿]{2,8}?)"
    r"(?:委员会|委(?!员|托|派)|局|厅|办(?![理法事学公])|办公室)"
)
_LETTERS = {"政": "政府", "校": "学校", "行": "行业组织", "企": "企业", "地": "地方政府", "师": "教师", "生": "学生"}
_WORD_BEFORE_RUN = re.compile(r"[学院高全离入在本分市县总民国央]$")
_WORD_AFTER_RUN = re.compile(r"^(?:业|园|长|友|舍|区|会|校$|府|策|务|治|绩|家|产|方|域|理|点|涯|态|活|命|均|源|成|动)")


@dataclass(frozen=True, slots=True)
class Group:
    """A group in its normal form, with its kind."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class GroupMention:
    """Where a group stands, the form that the text uses, and the rule that found it."""

    span: Span
    group: Group
    form: str
    rule: str


@cache
def _forms() -> dict[str, Group]:
    """Every listed form -> its group; a normal form counts before an equal variant of another."""
    listed = rows("actor_groups")
    forms = {row["head"]: Group(row["head"], row["kind"]) for row in rows("group_heads") if row["alone"]}
    for row in listed:
        forms |= {form: Group(row["name"], row["kind"]) for form in row["variants"].split("|") if form}
    return forms | {row["name"]: Group(row["name"], row["kind"]) for row in listed}


@cache
def _fields() -> dict[str, Group]:
    """Fields of departments as an elliptical list names them: 人社 -> 人力资源社会保障部门."""
    fields = {field: Group(f"{field}部门", "government") for field in entries("department_fields")}
    for form, group in _forms().items():
        is_department = group.kind == "government" and group.name.endswith(("部门", "机关"))
        if is_department or form in ("总工会", "工会"):
            fields[form.removesuffix("部门")] = group
    return fields


def _is_bare_field(form: str) -> bool:
    """Whether a form is a field that means its department only in a list (教育, 财政), and else a subject."""
    if form in _forms() and _forms()[form].kind == "people":  # 退役军人 are people before they are a field
        return False
    return form in _fields() and not form.endswith(_BODY_ENDINGS) and not form.startswith(_LEVELS)


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form, group in _forms().items():
        if len(form) > 1 and not _is_bare_field(form):
            automaton.add_word(form, (form, group))
    heads = {row["head"]: row["kind"] for row in rows("group_heads")}
    for head in heads:
        if head not in automaton:
            automaton.add_word(head, (head, None))
    automaton.make_automaton()
    return automaton


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(entries("group_modifiers"))


@cache
def _head_kinds() -> dict[str, str]:
    return {row["head"]: row["kind"] for row in rows("group_heads")}


def normal_form(written: str) -> Group | None:
    """The group that a form names, its determiners cut (各有关高等职业学校 -> 高职院校); None if it is none we know."""
    bare = re.sub(r"\s+", "", written)
    while bare not in _forms() and (found := determiners().match(bare)) and found.end() < len(bare):
        bare = bare[found.end() :]
    if bare in _forms():
        return _forms()[bare]
    return _fields().get(bare.removesuffix("部门")) if bare.endswith("部门") else None


def group_mentions(text: str, span: Span, taken: Sequence[Span]) -> list[GroupMention]:
    """Groups in a stretch of text, in order, without overlaps; none in what is `taken` (names, titles; sorted)."""
    listed = list(_listed(text, span))
    found = [
        *_departments(text, span),
        *_offices(text, span),
        *_fiscal(text, span),
        *_abbreviations(text, span),
        *listed,
    ]
    found += _unlisted(text, span, listed)
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    out: list[GroupMention] = []
    for mention in _free(found, taken):
        if not out or mention.span.start >= out[-1].span.end or mention.rule == "group-abbreviation" == out[-1].rule:
            out.append(mention)
    return out


def _free(found: Iterable[GroupMention], taken: Sequence[Span]) -> Iterator[GroupMention]:
    position = 0
    for mention in found:
        while position < len(taken) and taken[position].end <= mention.span.start:
            position += 1
        if position == len(taken) or not taken[position].overlaps(mention.span):
            yield mention


def _departments(text: str, span: Span) -> Iterator[GroupMention]:
    """水利、交通、气象等部门: a department each; words that are no known field are left out."""
    for found in _DEPARTMENT.finditer(text, span.start, span.end):
        floor = max(span.start, found.start() - _LIST_REACH)
        before = _QUALIFIERS.sub("", text[floor : found.start()], count=1)
        listed = _LIST.search(before)
        if listed is None or not listed[0] or listed[0].endswith(_SEPARATORS):  # 院系、部门: departments of no field
            continue
        items = list(_ITEM.finditer(before, listed.start()))
        for position, item in enumerate(items):
            known = _field_at_end(item[0]) if position == 0 else _field(item[0])
            if known is None:
                continue
            field, group = known
            end = found.end() if position == len(items) - 1 else floor + item.end()
            start = floor + item.end() - len(field)
            yield GroupMention(Span(start, end), group, text[start:end], "group-departments")


def _offices(text: str, span: Span) -> Iterator[GroupMention]:
    """各省级卫生健康委, 县级教育局: offices of a rank are the departments of their field."""
    for found in _OFFICE.finditer(text, span.start, span.end):
        known = _field(found["field"])
        if known is not None:
            yield GroupMention(Span(*found.span()), known[1], found[0], "group-offices")


def _fiscal(text: str, span: Span) -> Iterator[GroupMention]:
    """省财政 before what it does or gives is the finance department, not the matter of finance."""
    for found in _FISCAL.finditer(text, span.start, span.end):
        yield GroupMention(Span(*found.span()), _fields()["财政"], found[0], "group-fiscal")


def _field(word: str) -> tuple[str, Group] | None:
    if word in _fields():
        return word, _fields()[word]
    bare = re.sub(r"^(?:各级|各|有关)|(?:行政|主管|管理)$", "", word)
    if bare in _fields():
        return word, _fields()[bare]
    return None


def _field_at_end(words: str) -> tuple[str, Group] | None:
    """The field that ends the first item of a list, behind whatever stands before it: 充分发挥教育."""
    for start in range(len(words) - 1):
        if (known := _field(words[start:])) is not None:
            return known
    return None


def _abbreviations(text: str, span: Span) -> Iterator[GroupMention]:
    """政校行企, 师生, 校企: a group a character."""
    for found in _ABBREVIATION.finditer(text, span.start, span.end):
        letters = re.sub("[、和]", "", found["run"])
        if letters not in entries("actor_abbreviations") or _WORD_BEFORE_RUN.search(
            text[max(0, found.start() - 1) : found.start()]
        ):
            continue
        if _WORD_AFTER_RUN.match(text[found.end() : found.end() + 1]):
            continue
        for letter in letters:
            group = _forms()[_LETTERS[letter]]
            yield GroupMention(Span(*found.span("run")), group, letter, "group-abbreviation")


def _listed(text: str, span: Span) -> Iterator[GroupMention]:
    """Listed forms, the longest at each place, and heads with a modifier before them (渔业企业)."""
    for start, form, group in _longest(text, span):
        extended = _extended(text, start, span.start, form)
        if trades := _trades(text, start, span.start, form):
            yield from trades
        elif extended is not None:
            yield from _without_head(text, extended, span.start, form)
            yield extended
        elif group is not None:
            end = start + len(form)
            yield from _elliptical(text, start, span.start, form)
            if (mention := _with_quality(text, Span(start, end), form, group)) is not None:
                yield mention


def _unlisted(text: str, span: Span, listed: Sequence[GroupMention]) -> Iterator[GroupMention]:
    """Noun phrases that no list has; none where a listed form names more than the head (科研人员)."""
    known = {mention.span.end: mention.span.end - mention.span.start for mention in listed if mention.form in _forms()}
    for phrase in open_groups(text, span):
        if normal_form(phrase.name) is None and known.get(phrase.span.end, 0) <= len(phrase.head.word):
            yield GroupMention(phrase.span, Group(phrase.name, phrase.head.kind), phrase.name, "group-phrase")


def _longest(text: str, span: Span) -> Iterator[tuple[int, str, Group | None]]:
    """Listed forms that do not overlap; of two that do, the longer (职业学校 in 提高职业学校, not 高职)."""
    last: tuple[int, str, Group | None] | None = None
    for last_place, (form, group) in _automaton().iter(span.of(text)):  # all that it is given is copied: only the span
        end = span.start + last_place
        start = end + 1 - len(form)
        if _CROSSING.search(text, start, end + 2):
            continue
        if last is not None and start < last[0] + len(last[1]):
            if len(form) > len(last[1]):
                last = start, form, group
            continue
        if last is not None:
            yield last
        last = start, form, group
    if last is not None:
        yield last


def _elliptical(text: str, start: int, floor: int, form: str) -> Iterator[GroupMention]:
    """高层次 of 高层次、高技能人才: a word that lacks the end which the next member of the list has."""
    found = _ELLIPSIS.search(text, max(floor, start - 8), start)
    if found is None:
        return
    word = found["word"]
    for first in range(len(word) - 1):
        for cut in range(1, len(form) - 1):
            group = _forms().get(word[first:] + form[cut:])
            if group is not None:
                position = found.start() + first
                yield GroupMention(Span(position, found.end("word")), group, word[first:], "group-elliptical")
                return


def _without_head(text: str, last: GroupMention, floor: int, form: str) -> Iterator[GroupMention]:
    """供水 and 供电 of 供水、供电、供气企业: modifiers that lack the head which the last of them has."""
    for span in _modifiers_before(text, last.span.start, floor):
        yield _lacking_head(text, span, form, last.group.kind)


def _trades(text: str, start: int, floor: int, form: str) -> list[GroupMention]:
    """邮政、快递、供销等企业: one a trade, none for the class word; nothing where what is listed are no trades."""
    kind = _head_kinds().get(form)
    if kind is None or text[start - 1 : start] != "等":
        return []
    last = _modifier_before(text, start - 1, floor)
    spans = [last, *_modifiers_before(text, last.start, floor)] if last else []
    return [_lacking_head(text, span, form, kind) for span in reversed(spans)] if len(spans) > 1 else []


def _modifiers_before(text: str, position: int, floor: int) -> Iterator[Span]:
    """Words that make a kind of group, each with 、 behind it, from a position leftwards."""
    while text[position - 1 : position] == "、" and (span := _modifier_before(text, position - 1, floor)) is not None:
        yield span
        position = span.start


def _modifier_before(text: str, end: int, floor: int) -> Span | None:
    """The longest word that makes a kind of group of its own and ends here."""
    word = next((n for n in range(6, 1, -1) if end - n >= floor and text[end - n : end] in _modifiers()), None)
    return Span(end - word, end) if word else None


def _lacking_head(text: str, span: Span, form: str, kind: str) -> GroupMention:
    written = span.of(text) + form
    return GroupMention(span, _forms().get(written, Group(written, kind)), written, "group-elliptical")


def _with_quality(text: str, span: Span, form: str, group: Group) -> GroupMention | None:
    """The mention; with a quality in quotes a kind of enterprise (“专精特新”企业); None where a status is meant."""
    before = text[max(0, span.start - 12) : span.start]
    quality = _QUALITY.search(before)
    if quality and form == "企业":
        written = quality["quality"] + form
        named = Group(written, group.kind)
        return GroupMention(Span(span.start - len(quality[0]), span.end), named, written, "group-open")
    if form in _GENERIC_BODIES and _STATUS_BEFORE.search(before):
        return None
    return GroupMention(span, group, form, "group-listed")


def _extended(text: str, start: int, floor: int, form: str) -> GroupMention | None:
    kind = _head_kinds().get(form)
    if kind is None:
        return None
    left = start
    for _ in range(2):
        step = next((n for n in range(8, 1, -1) if left - n >= floor and text[left - n : left] in _modifiers()), None)
        if step is None:
            break
        left -= step
    if left == start:
        return None
    if kind == "people" and is_governor(text[left:start]):  # 培训 + 企业家
        return None
    written = text[left:start] + form.removeprefix("专业")
    return GroupMention(
        Span(left, start + len(form)), _forms().get(written, Group(written, kind)), written, "group-open"
    )
