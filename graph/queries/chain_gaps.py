"""What lacks a goal, a measure or an actor, found before anything else of it is read."""

from collections.abc import Collection

from graph.facts import Edge
from graph.queries.chain_rows import ACTING, Gap
from graph.store import Direction, Store

_FIRST_INVOLVED = 2
"""So many of those who are involved in a measure are looked at first; most often one of them acts."""


def around_gaps(
    store: Store, gaps: Collection[Gap], measures: Collection[str], goals: Collection[str]
) -> tuple[set[str], set[str]]:
    """Of the measures, those that advance the goals, and the goals, the ones that rows with these gaps begin at."""
    found: set[str] = set()
    advancing = store.steps(goals, ["ADVANCES"], direction=Direction.IN)
    if Gap.ACTOR in gaps:
        found |= _without_actor(store, {*measures, *(step.source for step in advancing)})
    if Gap.GOAL in gaps:
        found |= set(measures) - {step.source for step in store.steps(measures, ["ADVANCES"], direction=Direction.OUT)}
    advanced = {step.target for step in advancing}
    return found, set(goals) - advanced if Gap.MEASURE in gaps else set()


def is_acting(edge: Edge) -> bool:
    """Whether who is involved by this edge acts, and does not only benefit."""
    return edge.properties["role"] in ACTING


def _without_actor(store: Store, measures: set[str]) -> set[str]:
    left = measures
    for limit in (_FIRST_INVOLVED, None):
        involved = store.expand(left, ["INVOLVES"], direction=Direction.OUT, limit_each=limit)
        left -= {edge.source for edge in involved if is_acting(edge)}
    return left
