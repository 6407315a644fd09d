"""Labels of characters: which may follow which, the best permitted sequence, and the names that it spells.

A character has 9 + 6 scores. The first nine are labels: 0 is "no name"; then begin, inside, end and single of
organizations, and of places. The others say of which kind the organization is in which the character stands. So what
makes a name long or short is decided before what it is, and doubt about the kind of a body costs no name.
"""

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

OrganizationKind: TypeAlias = Literal["government", "school", "department", "enterprise", "alliance", "platform"]
Kind: TypeAlias = OrganizationKind | Literal["place"]
Scores: TypeAlias = NDArray[np.float32]
Found: TypeAlias = tuple[int, int, Kind]  # start, end, kind

ORGANIZATION_KINDS: tuple[OrganizationKind, ...] = get_args(OrganizationKind)
KINDS: tuple[Kind, ...] = (*ORGANIZATION_KINDS, "place")
BEGIN, INSIDE, END, SINGLE = range(4)
FIRST_OF_ORGANIZATION, FIRST_OF_PLACE = 1, 5
LABELS = 9
COLUMNS = LABELS + len(ORGANIZATION_KINDS)
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


def weighed(scores: Scores, against: Scores) -> Scores:
    """(N, COLUMNS) scores, with those of names less by what a name of its kind, places last, has to exceed."""
    out = scores.copy()
    out[:, FIRST_OF_ORGANIZATION:FIRST_OF_PLACE] -= against[scores[:, LABELS:].argmax(1)][:, None]
    out[:, FIRST_OF_PLACE:LABELS] -= against[-1]
    return out


def decode(scores: Scores) -> list[Found]:
    """Names that the best permitted labels of (N, COLUMNS) scores spell, in order, without overlaps."""
    found: list[Found] = []
    for start, end, is_place in _ranges(_labels(np.ascontiguousarray(scores[:, :LABELS]))):
        if is_place:
            found.append((start, end, "place"))
        else:
            kind = int(scores[start:end, LABELS:].sum(0, dtype=np.float64).argmax())
            found.append((start, end, ORGANIZATION_KINDS[kind]))
    return found


def _labels(scores: Scores) -> NDArray[np.int64]:
    """(N, LABELS) scores -> (N,) labels of the best permitted path."""
    labels = np.zeros(len(scores), np.int64)
    ordered = np.sort(scores, 1)
    sure = (scores.argmax(1) == 0) & (ordered[:, -1] - ordered[:, -2] > _SURE)
    open_positions = np.flatnonzero(~sure)
    if len(open_positions):
        for run in np.split(open_positions, np.flatnonzero(np.diff(open_positions) > 1) + 1):
            labels[run[0] : run[-1] + 1] = _viterbi(scores[run[0] : run[-1] + 1])
    return labels


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


def _ranges(labels: NDArray[np.int64]) -> list[tuple[int, int, bool]]:
    """Start, end, and whether it is a place, of each name."""
    found: list[tuple[int, int, bool]] = []
    start = 0
    for i in map(int, np.flatnonzero(labels)):
        place = (int(labels[i]) - 1) % 4
        if place in (BEGIN, SINGLE):
            start = i
        if place in (END, SINGLE):
            found.append((start, i + 1, int(labels[i]) >= FIRST_OF_PLACE))
    return found
