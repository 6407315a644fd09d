"""The question for chains and the rows that answer it."""

from dataclasses import dataclass, field
from enum import StrEnum

from graph.queries.cells import Cell
from graph.queries.pages import Page
from ontology.values import Comparator, PolicyKind, PolicyLevel, Role


class Closeness(StrEnum):
    """How near the actor stands to the goal in the text, the nearest first."""

    SENTENCE = "sentence"
    PASSAGE = "passage"
    MEASURE = "measure"
    ABOVE = "above"
    BELOW = "below"


class Gap(StrEnum):
    """What is missing: a measure that advances no goal, a goal without measure, a measure where nobody acts."""

    GOAL = "goal"
    MEASURE = "measure"
    ACTOR = "actor"


class Actors(StrEnum):
    """Whose involvement counts: of those who act (lead, partner, supporter), or also beneficiaries and objects."""

    ACTING = "acting"
    ALL = "all"


ACTING = (Role.LEAD, Role.PARTNER, Role.SUPPORTER)


@dataclass(frozen=True, slots=True)
class ChainQuery:
    """Which chains are wanted; a field that holds several values asks for any of them, all fields must fit.

    `policy`, `goal`, `measure`, `actor`, `region` and `issuer` take ids or texts; a text must fit one node. A region
    stands for the places below it too. `indicator` are parts of a goal's indicator. `gaps` asks for rows with these
    gaps alone. Goals without a year fit no range of years. A tag may be on any node of the row. With `parts` a measure
    stands for those below it too.
    """

    policy: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    role: tuple[Role, ...] = ()
    closeness: tuple[Closeness, ...] = ()
    gaps: tuple[Gap, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    unit: tuple[str, ...] = ()
    comparator: tuple[Comparator, ...] = ()
    tags: tuple[str, ...] = ()
    policy_kind: tuple[PolicyKind, ...] = ()
    policy_level: tuple[PolicyLevel, ...] = ()
    actors: Actors = Actors.ACTING
    parts: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The ids and texts of nodes that it names."""
        return (*self.policy, *self.goal, *self.measure, *self.actor, *self.region, *self.issuer)


@dataclass(frozen=True, slots=True)
class Chain:
    """One row: policy, goal, measure, actor. The evidence of a cell is that of the hop that leads to it.

    That is SETS for the goal, ADVANCES for the measure (CONTAINS where there is no goal), INVOLVES for the actor
    (ISSUED_BY where the issuer is `implied`); the policy cell carries the policy's own. `via` is the measure above or
    below at which the actor stands, `under` the measure that was asked for where the row's is a part of it. `gap` is
    what is missing first; `gaps` holds all that is.
    """

    policy: Cell
    goal: Cell | None
    measure: Cell | None
    actor: Cell | None
    closeness: Closeness | None = None
    role: Role | None = None
    implied: bool = False
    gaps: tuple[Gap, ...] = ()
    via: Cell | None = None
    under: Cell | None = None

    @property
    def gap(self) -> Gap | None:
        """What is missing, None for a whole chain."""
        return self.gaps[0] if self.gaps else None


@dataclass(frozen=True, slots=True)
class ChainCounts:
    """Rows of the whole answer, and how many different policies, goals, measures and actors stand in them.

    Where `exact` is false not all of the graph was read, and there may be more.
    """

    rows: int
    policies: int
    goals: int
    measures: int
    actors: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ChainPage(Page[Chain]):
    """A page of chains, with the counts of the whole answer."""

    counts: ChainCounts = field(default=ChainCounts(0, 0, 0, 0, 0))
