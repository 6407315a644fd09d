"""The question for a comparison and the table that answers it."""

from dataclasses import dataclass

from graph.queries.alignment import Remark
from graph.queries.cells import Cell
from graph.queries.figures import Aim
from graph.queries.pages import Page
from ontology.values import Comparator, UnitKind

MOST_COLUMNS = 20
MOST_SHOWN = 10
"""Figures of one kind that a cell holds."""


@dataclass(frozen=True, slots=True)
class CompareQuery:
    """What is compared: each policy, region and issuer (id or text that fits one node) is a column, in this order.

    A region stands for the policies that bind it itself, an issuer for those that it issued. `indicator` are parts of
    an indicator's name. `year` is that of targets and of observations, the latest of each cell if None. Rows with
    figures in fewer than `min_columns` columns are left out; where there are fewer columns, in fewer than all of them.
    A tag may be on the indicator or on a figure of the row.
    """

    policy: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    year: int | None = None
    min_columns: int = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """A goal or an observation in its base unit, with the policy that states it; its cell has the evidence of that.

    `value` and `value_max` are the ends of a range, `value_max` is None for a single number; both are None where what
    is stated is no number.
    """

    figure: Cell
    policy: Cell
    value: int | float | None
    value_max: int | float | None
    unit: str
    comparator: Comparator
    aim: Aim
    year: int | None
    baseline: int | float | None
    baseline_year: int | None


@dataclass(frozen=True, slots=True)
class CompareCell:
    """What one column says of an indicator: targets and observations, each of one year.

    Each holds the first of `targets_total` and `observations_total`; `years` are those of all targets. `disagree` says
    that the targets of the year have different values, or the observations have.
    """

    targets: tuple[Amount, ...]
    targets_total: int
    observations: tuple[Amount, ...]
    observations_total: int
    years: tuple[int, ...]
    disagree: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator with a cell for each column, None where the column says nothing of it.

    `is_comparable` is false where two figures of the row can't be compared; `remarks` say why. `unit` is the base unit,
    empty where there are several.
    """

    indicator: Cell
    unit: str
    unit_kind: UnitKind | None
    cells: tuple[CompareCell | None, ...]
    is_comparable: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class ComparePage(Page[Comparison]):
    """A page of indicators; `truncated` if a column has more policies or figures than were looked at."""

    columns: tuple[Cell, ...] = ()
    truncated: bool = False
