"""The question for progress and the rows that answer it."""

from dataclasses import dataclass, field

from graph.queries.alignment import Remark
from graph.queries.cells import Cell
from graph.queries.figures import Aim
from graph.queries.pages import Page
from graph.queries.way_done import Status


@dataclass(frozen=True, slots=True)
class ProgressQuery:
    """Whose goals are held against which figures; a field that holds several values asks for any of them.

    `policy` sets the goals, `report` states the figures, `region` is what the policy binds, `issuer` issued it: ids or
    texts that fit one node. `indicator` are parts of an indicator's name. `year` is that of the figures, the latest of
    each goal if None. A tag may be on the goal, its indicator or the figure.
    """

    policy: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A goal beside a figure of the same indicator and subject.

    The goal's cell carries the evidence of SETS, the observation's that of REPORTS, the subject's that of ABOUT.
    `target`, `baseline`, `seen` and `expected` are in `unit`, the base unit; `aim` says whether more or less is wanted.
    `share` is the part of the way that is done and `formula` how it was computed. `figures` counts the observations of
    the goal in all years.
    """

    policy: Cell
    goal: Cell
    indicator: Cell | None
    subject: Cell | None
    report: Cell | None
    observation: Cell | None
    status: Status
    aim: Aim
    unit: str
    target: int | float | None
    target_year: int | None
    baseline: int | float | None
    baseline_year: int | None
    seen: int | float | None
    seen_year: int | None
    share: int | float | None
    formula: str | None
    expected: int | float | None
    figures: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class ProgressCounts:
    """Rows of the whole answer by status."""

    reached: int = 0
    on_the_way: int = 0
    behind: int = 0
    no_figure: int = 0
    not_comparable: int = 0


@dataclass(frozen=True, slots=True)
class ProgressPage(Page[ProgressRow]):
    """A page of rows, with the counts of the whole; `truncated` if not all policies or figures were looked at."""

    counts: ProgressCounts = field(default=ProgressCounts())
    truncated: bool = False
