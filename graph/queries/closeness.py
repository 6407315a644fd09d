"""How near an actor stands to a goal, read from the places of their evidence."""

from collections.abc import Iterable, Sequence

from graph.facts import Evidence
from graph.queries.chain_rows import Closeness

ORDER: tuple[Closeness | None, ...] = (*Closeness, None)
"""The nearest first; rows without an actor of their own come last."""


def rank(closeness: Closeness | None) -> int:
    """Position in the order of closeness, 0 for the nearest."""
    return ORDER.index(closeness)


def closeness(goal: Iterable[Evidence], actor: Sequence[Evidence]) -> Closeness:
    """Sentence, passage or measure, for an actor who is involved in a measure that advances the goal.

    The evidence of an involvement is its whole sentence, that of a goal the clause with its number; where the two
    overlap, actor and goal stand in one sentence.
    """
    found = Closeness.MEASURE
    for piece in goal:
        for other in actor:
            if overlap(piece, other):
                return Closeness.SENTENCE
            if piece.passage == other.passage:
                found = Closeness.PASSAGE
    return found


def nearest_first(actor: Iterable[Evidence], goal: Sequence[Evidence]) -> list[Evidence]:
    """The actor's evidence, that in the goal's sentence first, then that in its passage, then the rest as it was."""
    return sorted(actor, key=lambda piece: rank(closeness(goal, [piece])))


def overlap(one: Evidence, other: Evidence) -> bool:
    """Whether two statements share a character of one document."""
    return one.document == other.document and one.start < other.end and other.start < one.end
