"""How far a goal has come by a reported figure: the share of the way done, the path to the year, and a status. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from graph.queries.alignment import Remark, unit_remarks
from graph.queries.figures import Aim, Figure
from graph.queries.units import Quantity, number
from ontology.values import Comparator

LEEWAY = Fraction(1, 20)
"""A goal of about 100 is reached at 95."""

TOLERANCE = Fraction(1, 4)
"""A reported amount that differs more from the plan's baseline of the same year counts something else."""


class Status(StrEnum):
    """What became of a goal, as far as a figure tells."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    NO_FIGURE = "no_figure"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Way:
    """How far a goal has come, in the base unit of the goal.

    `share` is the part of the way that is done, `formula` how it was computed, with its numbers; None where there is
    none. `expected` is the value of the path in the year of the figure, None where there is no path.
    """

    status: Status
    share: int | float | None = None
    formula: str | None = None
    expected: int | float | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is computed with, each number turned so that more of it is better; `t` target, `b` baseline, `v` figure."""

    t: Fraction
    b: Fraction | None
    v: Fraction
    is_about: bool
    aim: Aim

    @property
    def contradict(self) -> bool:
        """Whether figure and baseline are further apart than two counts of the same things can be."""
        return self.b is not None and abs(self.v - self.b) > max(abs(self.v), abs(self.b)) * TOLERANCE

    @property
    def is_reached(self) -> bool:
        return self.v >= self.t - (abs(self.t) * LEEWAY if self.is_about else 0)


def way_done(goal: Figure, seen: Figure | None, *, counts_new: bool = False, is_disputed: bool = False) -> Way:
    """How far the goal has come by the figure; `is_disputed` marks one of several that are reported for its year.

    The share is (v − b) ÷ (t − b) with v the figure, t the target, b the baseline; without a baseline v ÷ t, turned
    round (t ÷ v) where less is wanted. Of a range that is wanted the end that is reached first counts, of one that is
    reported the worse; a reported “at least” counts as its bound where more is wanted, and tells nothing where less is.

    The status is *reached* where v is at the target or past it (5% short of it where the target says “about”). The path
    runs straight from the baseline in its year to the target in its year, and stays at the target afterwards. What is
    not reached is *on the way* if v is at the path of its year or past it, else *behind*. Without a baseline or one of
    the years there is no path: it is *on the way* before the goal's year and *behind* from that year on. A figure older
    than the baseline counts as *no figure*. It is *not comparable* if units or numbers do not allow it, if an amount of
    the baseline's year contradicts the baseline by more than a quarter, and if the goal counts what is new over years
    (`counts_new`) and the figure, that of a single year, does not reach it alone.
    """
    if seen is None:
        return Way(Status.NO_FIGURE)
    way = _way(goal, seen, counts_new=counts_new)
    return replace(way, remarks=(*way.remarks, Remark.REPORTS_DISAGREE)) if is_disputed else way


def target_of(goal: Figure) -> Fraction | None:
    """The number that is to be reached: of a range the lower end where more is wanted, else the upper."""
    return None if goal.amount is None else _end(goal.amount, goal.aim)


def seen_of(goal: Figure, seen: Figure) -> Fraction | None:
    """The number that is reported: of a range the worse end."""
    return None if seen.amount is None else _end(seen.amount, goal.aim)


def _way(goal: Figure, seen: Figure, *, counts_new: bool) -> Way:
    if goal.amount is None or seen.amount is None:
        return Way(Status.NOT_COMPARABLE, remarks=(Remark.NO_NUMBER,))
    remarks = unit_remarks(goal.amount, seen.amount)
    if Remark.UNITS_DIFFER in remarks:
        return Way(Status.NOT_COMPARABLE, remarks=remarks)
    if seen.year and goal.baseline_year and seen.year < goal.baseline_year:
        return Way(Status.NO_FIGURE, remarks=(Remark.BEFORE_BASELINE, *remarks))
    numbers = _numbers(goal, goal.amount, seen.amount)
    if seen.comparator is (Comparator.AT_MOST if goal.aim is Aim.UP else Comparator.AT_LEAST):
        return Way(Status.NOT_COMPARABLE, remarks=(Remark.ONLY_A_BOUND, *remarks))
    share, formula, of_share = _share(numbers)
    expected = _expected(numbers, goal, seen)
    if numbers.b is not None and numbers.b != numbers.v and seen.year is not None and seen.year == goal.baseline_year:
        remarks = (*remarks, Remark.BASELINE_DIFFERS)
        if not goal.amount.can_be_tight and numbers.contradict:
            return Way(Status.NOT_COMPARABLE, remarks=remarks)
    if counts_new and not goal.amount.can_be_tight:
        remarks = (*remarks, Remark.COUNTS_NEW)
    return Way(
        _status(numbers, goal, seen, expected=expected, counts_new=Remark.COUNTS_NEW in remarks),
        share=None if share is None else number(share),
        formula=formula,
        expected=None if expected is None else number(_turned(expected, goal.aim)),
        remarks=(*remarks, *of_share, *_of_years(goal, seen)),
    )


def _end(amount: Quantity, aim: Aim) -> Fraction:
    return amount.low if aim is Aim.UP else amount.high


def _turned(value: Fraction, aim: Aim) -> Fraction:
    return value if aim is Aim.UP else -value


def _numbers(goal: Figure, target: Quantity, seen: Quantity) -> _Numbers:
    baseline = goal.baseline if goal.baseline and not _differ(goal.baseline, target) else None
    t, v = _end(target, goal.aim), _end(seen, goal.aim)
    return _Numbers(
        t=_turned(t, goal.aim),
        b=_turned(_end(baseline, goal.aim), goal.aim) if baseline else None,
        v=_turned(v, goal.aim),
        is_about=goal.comparator is Comparator.ABOUT,
        aim=goal.aim,
    )


def _differ(one: Quantity, other: Quantity) -> bool:
    return Remark.UNITS_DIFFER in unit_remarks(one, other)


def _share(numbers: _Numbers) -> tuple[Fraction | None, str | None, tuple[Remark, ...]]:
    """The share, its formula, and what is to be said of it."""
    t, b, v = numbers.t, numbers.b, numbers.v
    plain = {name: number(_turned(value, numbers.aim)) for name, value in (("t", t), ("v", v), ("b", b or Fraction()))}
    if b is not None:
        formula = "({v} − {b}) ÷ ({t} − {b})".format(**plain)
        return ((v - b) / (t - b), formula, ()) if t != b else (None, None, (Remark.BASELINE_EQUALS_TARGET,))
    above, below = (v, t) if numbers.aim is Aim.UP else (t, v)
    formula = ("{v} ÷ {t}" if numbers.aim is Aim.UP else "{t} ÷ {v}").format(**plain)
    if not below:
        return None, None, (Remark.NO_BASELINE, Remark.DIVIDED_BY_ZERO)
    return above / below, formula, (Remark.NO_BASELINE,)


def _expected(numbers: _Numbers, goal: Figure, seen: Figure) -> Fraction | None:
    """The value of the path in the year of the figure, turned as the numbers are."""
    start, end, now = goal.baseline_year, goal.year, seen.year
    if numbers.b is None or start is None or end is None or now is None or start >= end:
        return None
    done = Fraction(min(now, end) - start, end - start)
    return numbers.b + (numbers.t - numbers.b) * done


def _status(numbers: _Numbers, goal: Figure, seen: Figure, *, expected: Fraction | None, counts_new: bool) -> Status:
    if numbers.is_reached:
        return Status.REACHED
    if counts_new:
        return Status.NOT_COMPARABLE
    if expected is not None:
        return Status.ON_THE_WAY if numbers.v >= expected else Status.BEHIND
    is_due = goal.year is not None and seen.year is not None and seen.year >= goal.year
    return Status.BEHIND if is_due else Status.ON_THE_WAY


def _of_years(goal: Figure, seen: Figure) -> tuple[Remark, ...]:
    return (Remark.NO_YEAR,) if goal.year is None or seen.year is None else ()
