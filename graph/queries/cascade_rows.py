"""The question for a cascade and what answers it."""

from dataclasses import dataclass, field
from enum import StrEnum

from graph.queries.alignment import Remark, ValueAxis, YearAxis
from graph.queries.cells import Cell
from graph.queries.pages import Page
from ontology.values import PolicyLevel

MOST_POLICIES = 500
"""Policies above, and below, that a cascade can hold."""
DEEPEST = 10


class Place(StrEnum):
    """Where a policy stands.

    `with`: the notice that prints it, or what it prints as a notice. `above` and `below` by BASED_ON. `cited`: only
    mentioned, called for, changed or replaced, and not loaded.
    """

    WITH = "with"
    ABOVE = "above"
    BELOW = "below"
    CITED = "cited"


class Finding(StrEnum):
    """What a row of a cascade says of a goal.

    `aligned`: a goal and the goal above it with the same indicator. `not_taken_up`: a goal above that the policy has no
    goal for, or a goal of the policy that no policy below has one for. `new`: a goal with none above it, although
    policies above it set goals. `without_parent`: a goal above which no policy in the store sets goals at all.
    """

    ALIGNED = "aligned"
    NOT_TAKEN_UP = "not_taken_up"
    NEW = "new"
    WITHOUT_PARENT = "without_parent"


@dataclass(frozen=True, slots=True)
class CascadeQuery:
    """Which cascade is wanted; a field that holds several values asks for any of them.

    `policy` is an id or a title. `depth` is the number of BASED_ON steps up and down, `policies` the most policies that
    are looked at in each direction, the nearest first, beside those that are only cited. `indicator` are parts of an
    indicator's name. A tag may be on any node of the row.
    """

    policy: str
    findings: tuple[Finding, ...] = ()
    values: tuple[ValueAxis, ...] = ()
    years: tuple[YearAxis, ...] = ()
    indicator: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    depth: int = DEEPEST
    policies: int = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A policy of the cascade, with the edge that ties it to the one nearer to the policy that was asked for.

    `distance` counts BASED_ON steps; a notice and the plan that it prints have the same. `relation` is the type of the
    edge; the cell's evidence is the edge's. `by` is the id of the policy at the edge's other end.
    """

    place: Place
    policy: Cell
    level: PolicyLevel | None
    distance: int
    relation: str
    by: str
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """One row: a goal, the goal above it, or both. Cells of goals carry the evidence of SETS.

    `share` is the goal's part of the amount above it, where the two policies are of different levels.
    """

    finding: Finding
    indicator: Cell | None
    policy: Cell | None
    goal: Cell | None
    policy_above: Cell | None
    goal_above: Cell | None
    value: ValueAxis | None = None
    year: YearAxis | None = None
    share: int | float | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class CascadeCounts:
    """Rows of the whole answer by finding, and policies by place."""

    aligned: int = 0
    not_taken_up: int = 0
    new: int = 0
    without_parent: int = 0
    above: int = 0
    below: int = 0
    cited: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade(Page[Alignment]):
    """A page of a cascade's rows, with the policies of the whole.

    `truncated` says that there are more policies or goals than were looked at.
    """

    policy: Cell
    level: PolicyLevel | None
    steps: tuple[Step, ...]
    counts: CascadeCounts = field(default=CascadeCounts())
    truncated: bool = False
