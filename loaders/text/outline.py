"""Levels of headings, from the order in which kinds of numbering first appear."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.text.numbering import Numbering

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


def places(numberings: Sequence[Numbering]) -> list[Place]:
    """The place of each heading of one policy, in order.

    A kind that is open pops to it; a kind that is not opens below, but never below a kind that appeared later than it
    and is by custom no higher (unless a box, case or annex has begun since, in which numbering starts anew). A
    numbering that is interrupted by a shorter run of its own kind and then goes on keeps that run below it.
    """
    stack: list[_Open] = []
    ranks: dict[str, int] = {}
    last: dict[str, int | None] = {}
    found: list[Place] = []
    for position, numbering in enumerate(numberings):
        kind = _kind(numbering, stack, last)
        last[kind] = numbering.ordinal
        ordinal = numbering.ordinal
        if kind == "preface":
            stack.clear()
            found.append(Place(1, None))
            continue
        depth = _depth(stack, ranks, kind=kind, ordinal=ordinal)
        if depth < len(stack) and ordinal == 1 and _goes_below(numberings, position, stack[depth:]):
            depth = len(stack)
        del stack[depth:]
        found.append(Place(depth + 1, stack[-1].position if stack else None))
        ranks.setdefault(kind, len(ranks))
        stack.append(_Open(kind, ordinal, position, numbering.is_container))
    return found


def _kind(numbering: Numbering, stack: Sequence[_Open], last: dict[str, int | None]) -> str:
    """The kind, an arabic number that goes on with an open Han numbering (四、 … 5、) counting as that."""
    han, ordinal = numbering.han_kind, numbering.ordinal
    if han is None or ordinal is None or last.get(numbering.kind) == ordinal - 1:
        return numbering.kind
    goes_on = any(entry.kind == han and entry.ordinal == ordinal - 1 for entry in stack)
    return han if goes_on else numbering.kind


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


def _goes_below(numberings: Sequence[Numbering], position: int, open_from_same: Sequence[_Open]) -> bool:
    """Whether a numbering that starts anew does so inside a box or case, or the open one goes on after it."""
    same = open_from_same[0]
    if same.ordinal is None or same.ordinal < 2:
        return False
    return any(entry.is_container for entry in open_from_same) or _is_interruption(numberings, position, same)


def _is_interruption(numberings: Sequence[Numbering], position: int, open_entry: _Open) -> bool:
    """Whether the numbering that is open goes on after the run that begins here with one."""
    last = 1
    wanted = None if open_entry.ordinal is None else open_entry.ordinal + 1
    for numbering in numberings[position + 1 : position + 1 + _LOOK_AHEAD]:
        if numbering.kind != open_entry.kind or numbering.ordinal is None:
            continue
        if numbering.ordinal == last + 1:
            last += 1
        else:
            return numbering.ordinal == wanted
    return False
