"""Levels of headings, from the order in which kinds of numbering first appear."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.text.numbering import Numbering

_UNNUMBERED = "words"
_LOOK_AHEAD = 100
_CUSTOMARY = ("part", "chapter", "chapter section", "article", "一、", "（一）", "1.", "（1）", "①")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a heading stands: its level, from 1, and the position of the heading above it (None at the top)."""

    level: int
    parent: int | None


@dataclass(slots=True)
class _Open:
    kind: str
    ordinal: int | None
    position: int
    is_container: bool


def places(numberings: Sequence[Numbering | None]) -> list[Place]:
    """The place of each heading of one policy, in order.

    A kind that is open pops to it; a kind that is not opens below, but never below a kind that appeared later than it
    and is by custom no higher (unless a box, case or annex has begun since, in which numbering starts anew). A
    numbering that is interrupted by a shorter run of its own kind and then goes on keeps that run below it.
    """
    stack: list[_Open] = []
    ranks: dict[str, int] = {}
    found: list[Place] = []
    for position, numbering in enumerate(numberings):
        kind = _kind(numbering, stack)
        ordinal = None if numbering is None else numbering.ordinal
        depth = _depth(stack, ranks, kind=kind, ordinal=ordinal)
        if depth < len(stack) and ordinal == 1 and _is_interruption(numberings, position, stack[depth]):
            depth = len(stack)
        del stack[depth:]
        found.append(Place(depth + 1, stack[-1].position if stack else None))
        ranks.setdefault(kind, len(ranks))
        stack.append(_Open(kind, ordinal, position, numbering is not None and numbering.is_container))
    return found


def _kind(numbering: Numbering | None, stack: Sequence[_Open]) -> str:
    """The kind, an arabic number that goes on with an open Han numbering (四、 … 5、) counting as that."""
    if numbering is None:
        return _UNNUMBERED
    han = numbering.han_kind
    if han is None or numbering.ordinal is None:
        return numbering.kind
    for entry in reversed(stack):
        if entry.kind == numbering.kind and entry.ordinal is not None and entry.ordinal < numbering.ordinal:
            return numbering.kind
        if entry.kind == han and entry.ordinal == numbering.ordinal - 1:
            return han
    return numbering.kind


def _depth(stack: Sequence[_Open], ranks: dict[str, int], *, kind: str, ordinal: int | None) -> int:
    """How many open headings stay open above a new one."""
    same = [depth for depth, entry in enumerate(stack) if entry.kind == kind]
    for depth in reversed(same):
        before = stack[depth].ordinal
        if ordinal is not None and before is not None and before + 1 == ordinal:
            return depth
    if same:
        return same[-1]
    depth = len(stack)
    while depth and not stack[depth - 1].is_container and _stands_above(kind, stack[depth - 1].kind, ranks):
        depth -= 1
    return depth


def _stands_above(kind: str, other: str, ranks: dict[str, int]) -> bool:
    """Whether a kind appeared before another, and is not by custom the lower of the two."""
    if kind not in ranks or ranks[kind] > ranks[other]:
        return False
    both_customary = kind in _CUSTOMARY and other in _CUSTOMARY
    return not both_customary or _CUSTOMARY.index(kind) < _CUSTOMARY.index(other)


def _is_interruption(numberings: Sequence[Numbering | None], position: int, open_entry: _Open) -> bool:
    """Whether the numbering that is open goes on after the run that begins here with one."""
    if open_entry.ordinal is None or open_entry.ordinal < 2:
        return False
    last = 1
    for numbering in numberings[position + 1 : position + 1 + _LOOK_AHEAD]:
        if numbering is None or numbering.kind != open_entry.kind or numbering.ordinal is None:
            continue
        if numbering.ordinal == last + 1:
            last += 1
        else:
            return numbering.ordinal == open_entry.ordinal + 1
    return False
