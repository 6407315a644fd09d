"""Groups of an open class: noun phrases whose last word names people or bodies (收储企业, 种植户, 监测人员)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loaders.extract.lists import entries, rows
from loaders.text.model import Span

_LONGEST = 8  # characters of a modifier; what is longer holds a clause
_REACH = 16
_LEFT_RUN = re.compile(r"[一-鿿]*$")
_CLASSIFIED = re.compile(r"^[余多]?(?:万|亿)?(?:余)?(?:多)?(?:所|家|个|名|位|人次|户|批|支)")
_AFTER_NUMBER = re.compile(r"[\d一二三四五六七八九十百千两几每]$")
_BREAK = re.compile(
    r"(?<!所)的|了|等(?!级)|对(?!外(?!地|商|资|籍)|口|接)|(?<![行因作成])为|(?<![外导方面内])向|(?<![事自缘])由|(?<!参)与|(?<!共|饱|温|谐|缓)和(?!平|谐)|以及|及(?!时)"
    r"|把|被|朝|[十百千万数]名|(?<![所可予难得加])以(?![上下内外及来前后])|(?<![先引推改促增跟奋])进(?=企业|学校|校园|机构|社区|农村|$)|(?<!上|下)将|让|并|或|给(?!水|排水)|从(?!业|事|教|警|医|艺|属)|(?<!合|共|协|不|混)同(?!业|行|类|城)|[到赴]|(?<!存|所|潜|自|内)在(?![校职岗读线编册])|每(?:[年月日周天]|季度|学[期年]|半年|[一个名户家])?|一[次批个名家所支]|各级各类|各类|各级|各|该|其他|本(?=单位|机构|部门|$)"
)
_MODAL = re.compile(r"应当|必须|不得|要(?!素|件|道|塞)|须|需要|尚未|已经|正在|可以")
_MIN_WORD = 2


class OpenHead(NamedTuple):
    """A last word of such a phrase, its kind, what it may stand behind and beside, and whether a verb modifies it."""

    word: str
    kind: str
    needs_governor: bool
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    takes_verb: bool


class OpenGroup(NamedTuple):
    """A phrase where it stands, and its head."""

    span: Span
    name: str
    head: OpenHead


@cache
def open_heads() -> dict[str, OpenHead]:
    """The heads by their word."""
    return {
        row["head"]: OpenHead(
            row["head"],
            row["kind"],
            row["after"] == "argument",
            tuple(word for word in row["not_before"].split("|") if word),
            tuple(word for word in row["not_after"].split("|") if word),
            row["verb"] == "yes",
        )
        for row in rows("open_group_heads")
    }


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, open_heads()), key=lambda word: (-len(word), word))))


@cache
def _governors() -> re.Pattern[str]:
    """Words of two characters and more that govern a noun: the cues left of an actor, and verbs of tasks."""
    cues = {row["cue"] for row in rows("actor_cues") if row["side"] == "left"}
    verbs = (*cues, *entries("action_verbs"), *entries("governing_verbs"))
    words = {word for word in verbs if len(word) >= _MIN_WORD}
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))


@cache
def _last_verb() -> re.Pattern[str]:
    return re.compile(f"({_governors().pattern})[本该各其]?$")


@cache
def determiners() -> re.Pattern[str]:
    """A word at the start of a group that makes no kind of its own (各级, 优质, 本辖区)."""
    words = sorted(entries("group_determiners"), key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})")


def is_governor(words: str) -> bool:
    """Whether a word that governs a noun stands anywhere in some words."""
    return _governors().search(words) is not None


def open_groups(text: str, span: Span) -> Iterator[OpenGroup]:
    """Phrases in a stretch of text, in order: a bounded modifier and a head.

    A phrase begins behind a word that governs it (鼓励, 对, 由), a mark or a list word; where none of these stands
    near, it has no sure beginning and is left out, as are empty names (有关部门) and words that only end like a head.
    """
    for found in _head_pattern().finditer(text, span.start, span.end):
        head = open_heads()[found[0]]
        if text.startswith(head.not_before, found.end()) or text.endswith(head.not_after, span.start, found.start()):
            continue
        start, is_governed = _beginning(text, max(span.start, found.start() - _REACH), found.start())
        modifier = text[start : found.start()]
        if not _MIN_WORD <= len(modifier) <= _LONGEST or modifier in entries("empty_group_words"):
            continue
        if _ends_in_verb(modifier, head):
            continue
        if is_governed or not head.needs_governor:
            yield OpenGroup(Span(start, found.end()), modifier + head.word, head)


def _ends_in_verb(modifier: str, head: OpenHead) -> bool:
    """Whether a verb that governs the head stands before it, and nothing that modifies it: 支持企业, 年选派医师."""
    if not head.takes_verb and _governors().fullmatch(modifier):
        return True
    found = _last_verb().search(modifier)
    return found is not None and found[1] not in entries("attributive_verbs")


def _beginning(text: str, floor: int, end: int) -> tuple[int, bool]:
    """Where the modifier before a head begins, and whether a word before it governs it."""
    run = _LEFT_RUN.search(text, floor, end)
    start = run.start() if run else end
    is_governed = text[start - 1 : start] == "、"
    if _AFTER_NUMBER.search(text[max(0, start - 1) : start]) and (counted := _CLASSIFIED.match(text[start:end])):
        start += counted.end()
    for pattern in (_MODAL, _BREAK):
        for found in pattern.finditer(text, start, end):
            start, is_governed = found.end(), True
    governed = _behind_governor(text, start, end)
    if governed is not None:
        start, is_governed = governed, True
    while (found_determiner := determiners().match(text[start:end])) is not None:
        start += found_determiner.end()
    return start, is_governed


def _behind_governor(text: str, start: int, end: int) -> int | None:
    """Where the first governing word ends that leaves a modifier short enough; a row of such words counts as one."""
    position = start
    for found in _governors().finditer(text, start, end):
        if end - found.end() < _MIN_WORD:
            break
        position = found.end()
        following = _governors().match(text, position, end)
        if end - position <= _LONGEST and not (following and end - following.end() >= _MIN_WORD):
            break
    return position if position > start else None
