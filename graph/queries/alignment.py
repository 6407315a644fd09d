"""How two goals of one indicator stand to each other: by value and by year."""

from enum import StrEnum

from graph.queries.figures import Aim, Figure
from graph.queries.units import Quantity, are_comparable, differs_by_year, number
from ontology.values import Comparator


class ValueAxis(StrEnum):
    """What a goal asks beside the goal above it; only shares, rates and ratios can be tighter or looser."""

    SAME = "same"
    TIGHTER = "tighter"
    LOOSER = "looser"
    NOT_COMPARABLE = "not_comparable"


class YearAxis(StrEnum):
    """When a goal is to be reached beside the goal above it."""

    SAME = "same"
    EARLIER = "earlier"
    LATER = "later"


class Remark(StrEnum):
    """What stands in the way of a comparison, or must be known to read it."""

    NO_NUMBER = "no_number"
    UNITS_DIFFER = "units_differ"
    AIMS_DIFFER = "aims_differ"
    AMOUNTS = "amounts"
    ONE_IS_YEARLY = "one_is_yearly"
    UNIT_MISSING = "unit_missing"
    NO_YEAR = "no_year"
    NO_SUBJECT = "no_subject"
    NO_BASELINE = "no_baseline"
    BASELINE_EQUALS_TARGET = "baseline_equals_target"
    DIVIDED_BY_ZERO = "divided_by_zero"
    BASELINE_DIFFERS = "baseline_differs"
    BEFORE_BASELINE = "before_baseline"
    COUNTS_NEW = "counts_new"
    ONLY_A_BOUND = "only_a_bound"
    REPORTS_DISAGREE = "reports_disagree"
    NOT_ALL_SEEN = "not_all_seen"


MEANING: dict[Remark, str] = {
    Remark.NO_NUMBER: "a value is missing or no number",
    Remark.UNITS_DIFFER: "the units measure different things",
    Remark.AIMS_DIFFER: "one is a floor, the other a ceiling",
    Remark.AMOUNTS: "amounts are neither tighter nor looser",
    Remark.ONE_IS_YEARLY: "only one unit says that it is by the year",
    Remark.UNIT_MISSING: "a number without a unit is read in the unit of the other",
    Remark.NO_YEAR: "a year is missing",
    Remark.NO_SUBJECT: "it is not known whom the goal binds",
    Remark.NO_BASELINE: "no baseline: the share is value ÷ target, and there is no path",
    Remark.BASELINE_EQUALS_TARGET: "the baseline is the target: no way to go, and no share",
    Remark.DIVIDED_BY_ZERO: "division by zero: no share",
    Remark.BASELINE_DIFFERS: "the report gives another value than the plan for the year of the baseline",
    Remark.BEFORE_BASELINE: "the figure is older than the baseline",
    Remark.COUNTS_NEW: "what is new in single years does not add up in one figure",
    Remark.ONLY_A_BOUND: "the report gives only the bound that does not tell",
    Remark.REPORTS_DISAGREE: "reports give several values for the year",
    Remark.NOT_ALL_SEEN: "not all policies or figures were looked at",
}
"""Each remark in words."""


def unit_remarks(one: Quantity, other: Quantity) -> tuple[Remark, ...]:
    """What must be known of the units of two quantities that are compared; UNITS_DIFFER if they can't be."""
    if not are_comparable(one, other):
        return (Remark.UNITS_DIFFER,)
    found = []
    if differs_by_year(one, other):
        found.append(Remark.ONE_IS_YEARLY)
    if one.is_bare != other.is_bare:
        found.append(Remark.UNIT_MISSING)
    return tuple(found)


def align_values(goal: Figure, above: Figure) -> tuple[ValueAxis, tuple[Remark, ...]]:
    """Where a goal stands by value beside one above it.

    Ranges are held by the end that is to be reached first: the lower where more is wanted, else the upper.
    """
    one, other = goal.amount, above.amount
    if one is None or other is None:
        return ValueAxis.NOT_COMPARABLE, (Remark.NO_NUMBER,)
    remarks = unit_remarks(one, other)
    if Remark.UNITS_DIFFER in remarks:
        return ValueAxis.NOT_COMPARABLE, remarks
    if {goal.comparator, above.comparator} == {Comparator.AT_LEAST, Comparator.AT_MOST}:
        return ValueAxis.NOT_COMPARABLE, (Remark.AIMS_DIFFER, *remarks)
    if (one.low, one.high) == (other.low, other.high):
        return ValueAxis.SAME, remarks
    if not (one.can_be_tight and other.can_be_tight):
        return ValueAxis.NOT_COMPARABLE, (Remark.AMOUNTS, *remarks)
    if goal.aim is not above.aim:
        return ValueAxis.NOT_COMPARABLE, (Remark.AIMS_DIFFER, *remarks)
    rising = goal.aim is Aim.UP
    mine, theirs = (one.low, other.low) if rising else (-one.high, -other.high)
    if mine == theirs:
        return ValueAxis.SAME, remarks
    return (ValueAxis.TIGHTER if mine > theirs else ValueAxis.LOOSER), remarks


def align_years(goal: Figure, above: Figure) -> YearAxis | None:
    """Where a goal stands by year beside one above it; None where a year is missing."""
    if goal.year is None or above.year is None:
        return None
    if goal.year == above.year:
        return YearAxis.SAME
    return YearAxis.EARLIER if goal.year < above.year else YearAxis.LATER


def share_of(goal: Figure, above: Figure) -> int | float | None:
    """The goal's part of the amount above it, by the lower ends; None for what is no amount or can't be divided."""
    one, other = goal.amount, above.amount
    if one is None or other is None or not are_comparable(one, other):
        return None
    if one.can_be_tight or other.can_be_tight or not other.low:
        return None
    return number(one.low / other.low)
