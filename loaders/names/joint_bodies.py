"""Bodies that several found together (与云州县人民政府共建乡村旅居学院): the document says that they are bodies."""

import re
from collections.abc import Collection

from loaders.names.ranges import Range
from loaders.names.shapes import Shapes
from loaders.names.wordlists import words

_FOUND = re.compile(
    "(?:共建|共同建设|共同打造|共同组建|共同成立|联合组建|联合成立|联合建设|牵头组建|牵头成立)(?:全[省市国县]|了)?"
    "(?P<name>[\u4e00-\u9fff]{2,10}?(?:学院|中心|联盟|研究院|基地|创新园|创业园|实验室|共同体|联合体))"
    "(?=[，。；、“”（]|$)"
)
_REACH = 60
_CLAUSE_END = "，。；！？\n"


def joint_bodies(text: str, found: Collection[Range], shapes: Shapes) -> list[Range]:
    """Bodies that are founded together in a clause that names one of their founders."""
    ends = sorted(end for _, end in found)
    return [
        match.span("name")
        for match in _FOUND.finditer(text)
        if _is_named(match["name"], shapes) and _has_founder(text, match.start(), ends)
    ]


def _is_named(name: str, shapes: Shapes) -> bool:
    return shapes.is_organization(name) and name not in words("programme_kinds")


def _has_founder(text: str, position: int, ends: list[int]) -> bool:
    clause = max(text.rfind(mark, max(0, position - _REACH), position) for mark in _CLAUSE_END)
    return any(max(clause, position - _REACH) < end <= position for end in ends)
