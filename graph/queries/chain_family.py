"""The measures above and below measures."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.queries.at_once import Reads
from graph.store import Direction


@dataclass(frozen=True, slots=True)
class Family:
    """The measures of a set with all that stand above and below each of them, the nearest first."""

    above: Mapping[str, Sequence[str]]
    below: Mapping[str, Sequence[str]]
    all: frozenset[str]


def alone(measures: Collection[str]) -> Family:
    """The measures without those above and below them, for who does not ask for these."""
    return Family({}, {}, frozenset(measures))


def family(store: Reads, measures: Collection[str]) -> Family:
    """The measures with those above and below them."""
    up = _walk(store, measures, Direction.OUT)
    down = _walk(store, measures, Direction.IN)
    return Family(
        above={measure: _reach(measure, up) for measure in measures},
        below={measure: _reach(measure, down) for measure in measures},
        all=frozenset({*measures, *(other for steps in (up, down) for others in steps.values() for other in others)}),
    )


def _walk(store: Reads, measures: Collection[str], direction: Direction) -> dict[str, list[str]]:
    """The next measures in a direction, of every measure that is reached."""
    following: dict[str, list[str]] = defaultdict(list)
    seen, front = set(measures), set(measures)
    while front:
        for step in store.steps(front, ["PART_OF"], direction=direction):
            one, other = (step.source, step.target) if direction is Direction.OUT else (step.target, step.source)
            following[one].append(other)
        front = {other for others in following.values() for other in others} - seen
        seen |= front
    return following


def _reach(measure: str, following: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Everything that is reached from a measure, the nearest first."""
    found: dict[str, None] = {}
    front = [measure]
    while front:
        front = [other for one in front for other in following.get(one, ()) if other != measure and other not in found]
        found.update(dict.fromkeys(front))
    return tuple(found)
