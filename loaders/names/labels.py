"""Labels of characters: which may follow which, the best permitted sequence, and the names that it spells.

0 is "no name"; then begin, inside, end and single of each kind.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from loaders.extract.records import NameKind

Scores: TypeAlias = NDArray[np.float32]
Found: TypeAlias = tuple[int, int, NameKind]  # start, end, kind

KINDS: tuple[NameKind, ...] = ("organization", "place")
BEGIN, _INSIDE, END, SINGLE = range(4)
LABELS = 1 + 4 * len(KINDS)
_FORBIDDEN = -1e4
_SURE = 4.0  # "no name" wins by so much that the position parts two runs


def _closed(label: int) -> bool:
    """A name may end with this label, or none is open."""
    return label == 0 or (label - 1) % 4 in (END, SINGLE)


def _opens(label: int) -> bool:
    """A name may start with this label, or none starts."""
    return label == 0 or (label - 1) % 4 in (BEGIN, SINGLE)


def _may_follow(label: int, previous: int) -> bool:
    same_kind = previous > 0 and label > 0 and (previous - 1) // 4 == (label - 1) // 4
    return (_closed(previous) and _opens(label)) or (not _closed(previous) and not _opens(label) and same_kind)


def _penalties(permitted: list[bool]) -> Scores:
    return np.array([0 if ok else _FORBIDDEN for ok in permitted], np.float32)


_FIRST = _penalties([_opens(label) for label in range(LABELS)])
_LAST = _penalties([_closed(label) for label in range(LABELS)])
_TRANSITIONS = np.stack([_penalties([_may_follow(j, i) for j in range(LABELS)]) for i in range(LABELS)])


def decode(scores: Scores) -> list[Found]:
    """Names that the best permitted labels of (N, LABELS) scores spell, in order, without overlaps."""
    labels = np.zeros(len(scores), np.int64)
    ordered = np.sort(scores, 1)
    sure = (scores.argmax(1) == 0) & (ordered[:, -1] - ordered[:, -2] > _SURE)
    open_positions = np.flatnonzero(~sure)
    if len(open_positions):
        for run in np.split(open_positions, np.flatnonzero(np.diff(open_positions) > 1) + 1):
            labels[run[0] : run[-1] + 1] = _viterbi(scores[run[0] : run[-1] + 1])
    return _names(labels)


def _viterbi(scores: Scores) -> list[int]:
    """(n, LABELS) scores -> n labels of the best permitted path."""
    best = scores[0] + _FIRST
    back = np.empty(scores.shape, np.int64)
    for t in range(1, len(scores)):
        reach = best[:, None] + _TRANSITIONS  # (from, to)
        back[t] = reach.argmax(0)
        best = reach.max(0) + scores[t]
    path = [int((best + _LAST).argmax())]
    for t in range(len(scores) - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def _names(labels: NDArray[np.int64]) -> list[Found]:
    found: list[Found] = []
    start = 0
    for i in map(int, np.flatnonzero(labels)):
        kind, place = divmod(int(labels[i]) - 1, 4)
        if place in (BEGIN, SINGLE):
            start = i
        if place in (END, SINGLE):
            found.append((start, i + 1, KINDS[kind]))
    return found
