"""Rows of a cascade as figures: made, filtered and sorted before anything is fetched that only a page needs."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.facts import Node
from graph.normal import sort_key
from graph.queries.alignment import Remark, ValueAxis, YearAxis, align_values, align_years, share_of
from graph.queries.cascade_policies import Lineage, level_of
from graph.queries.cascade_rows import CascadeQuery, Finding, Place
from graph.queries.figures import Figure, Stated, named
from graph.queries.pages import Key
from graph.queries.tags import is_tagged

_FINDINGS = tuple(Finding)
_LAST = "~"  # behind every digit and letter


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be: `goal` is the lower one, `above` the one above it."""

    finding: Finding
    goal: Figure | None
    above: Figure | None

    @property
    def indicator(self) -> str | None:
        """Id of the indicator of both."""
        figure = self.goal or self.above
        return figure.indicator if figure else None


@dataclass(frozen=True, slots=True)
class Axes:
    """Where a goal stands beside the one above it; nothing is said of a goal alone."""

    value: ValueAxis | None = None
    year: YearAxis | None = None
    share: int | float | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sets:
    """Goals by policy, and by policy and indicator."""

    of: Mapping[str, Sequence[Figure]]
    at: Mapping[tuple[str, str], Sequence[Figure]]

    def has(self, policies: Iterable[str], indicator: str | None) -> bool:
        """Whether one of the policies sets a goal with this indicator."""
        return indicator is not None and any((policy, indicator) in self.at for policy in policies)

    def any_of(self, policies: Iterable[str]) -> list[str]:
        """Those of the policies that set goals, by id."""
        return sorted(policy for policy in policies if policy in self.of)


def rows(lineage: Lineage, goals: Stated, query: CascadeQuery) -> list[Row]:
    """All rows that answer the question, in the order of `key_in`."""
    found = (row for row in _all_rows(lineage, _sets(goals.figures)) if _fits(row, lineage, goals.indicators, query))
    return sorted(found, key=_rank_in(lineage, goals))


def key_in(lineage: Lineage, indicators: Mapping[str, Node]) -> Callable[[Row], Key]:
    """Sort key of a row: finding, name of the indicator, names of the policies, places of the goals, then ids."""
    names = {id_: sort_key(node.name) for nodes in (lineage.nodes, indicators) for id_, node in nodes.items()}

    def key(row: Row) -> Key:
        order = str(_FINDINGS.index(row.finding))
        figures = (*_figure_key(row.above, names), *_figure_key(row.goal, names))
        return order, names.get(row.indicator or "", _LAST), *figures

    return key


def _figure_key(figure: Figure | None, names: Mapping[str, str]) -> Key:
    return (names[figure.policy], figure.place, figure.edge.id) if figure else (_LAST, "", "")


def _rank_in(lineage: Lineage, goals: Stated) -> Callable[[Row], tuple[int, int, int, int]]:
    """The order of `key_in` in whole numbers, which sort several times as fast as long texts."""
    names = {id_: sort_key(node.name) for id_, node in lineage.nodes.items()}
    figures = sorted(goals.figures, key=lambda figure: _figure_key(figure, names))
    places = {figure.edge.id: rank for rank, figure in enumerate(figures)}
    by_name = {id_: sort_key(node.name) for id_, node in goals.indicators.items()}
    ranks = {name: rank for rank, name in enumerate(sorted(set(by_name.values())))}
    indicators = {id_: ranks[name] for id_, name in by_name.items()}

    def place(figure: Figure | None) -> int:
        return places[figure.edge.id] if figure else len(places)

    def rank(row: Row) -> tuple[int, int, int, int]:
        indicator = indicators.get(row.indicator or "", len(ranks))
        return _FINDINGS.index(row.finding), indicator, place(row.above), place(row.goal)

    return rank


def axes_of(row: Row, lineage: Lineage) -> Axes:
    """Where the goal of a row stands beside the one above it; of a goal alone whether others may have been missed."""
    if row.goal is None or row.above is None:
        return Axes(remarks=(Remark.NOT_ALL_SEEN,) if lineage.is_cut else ())
    value, remarks = align_values(row.goal, row.above)
    levels = [level_of(lineage.nodes[figure.policy]) for figure in (row.goal, row.above)]
    is_part = None not in levels and levels[0] != levels[1]
    share = share_of(row.goal, row.above) if is_part else None
    return Axes(value, align_years(row.goal, row.above), share, remarks)


def _sets(figures: Iterable[Figure]) -> _Sets:
    of: dict[str, list[Figure]] = defaultdict(list)
    at: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        of[figure.policy].append(figure)
        if figure.indicator:
            at[(figure.policy, figure.indicator)].append(figure)
    return _Sets(dict(of), dict(at))


def _all_rows(lineage: Lineage, sets: _Sets) -> Iterator[Row]:
    own = sets.any_of(lineage.own)
    up = sets.any_of(link.policy for link in lineage.at(Place.ABOVE))
    down = sets.any_of(link.policy for link in lineage.at(Place.BELOW))
    yield from _aligned(sets, own, up)
    yield from _aligned(sets, down, own)
    yield from _not_taken_up(sets, up, own)
    if down:
        yield from _not_taken_up(sets, own, down)
    for policy in (*own, *down):
        yield from _parentless(sets, policy, sets.any_of(lineage.above(policy)))


def _aligned(sets: _Sets, lower: Iterable[str], upper: Collection[str]) -> Iterator[Row]:
    """Each goal of the lower policies with those above it that are nearest to it in time, one policy at a time."""
    for policy in lower:
        for goal in sets.of[policy]:
            for other in upper:
                for above in _nearest(goal, sets.at.get((other, goal.indicator or ""), ())):
                    yield Row(Finding.ALIGNED, goal, above)


def _nearest(goal: Figure, others: Sequence[Figure]) -> list[Figure]:
    """Those whose year is nearest to the goal's; those without a year only where none has one."""
    dated = [other for other in others if other.year is not None]
    if goal.year is None or not dated:
        return list(others)
    apart = min(abs((other.year or 0) - goal.year) for other in dated)
    return [other for other in dated if abs((other.year or 0) - goal.year) == apart]


def _not_taken_up(sets: _Sets, upper: Iterable[str], lower: Collection[str]) -> Iterator[Row]:
    for policy in upper:
        for goal in sets.of[policy]:
            if not sets.has(lower, goal.indicator):
                yield Row(Finding.NOT_TAKEN_UP, None, goal)


def _parentless(sets: _Sets, policy: str, above: Collection[str]) -> Iterator[Row]:
    finding = Finding.NEW if above else Finding.WITHOUT_PARENT
    for goal in sets.of[policy]:
        if not sets.has(above, goal.indicator):
            yield Row(finding, goal, None)


def _fits(row: Row, lineage: Lineage, indicators: Mapping[str, Node], query: CascadeQuery) -> bool:
    return (
        (not query.findings or row.finding in query.findings)
        and (not query.indicator or named(indicators.get(row.indicator or ""), query.indicator))
        and (not query.tags or is_tagged(_nodes(row, lineage, indicators), query.tags))
        and (not (query.values or query.years) or _stands(axes_of(row, lineage), query))
    )


def _nodes(row: Row, lineage: Lineage, indicators: Mapping[str, Node]) -> Iterator[Node]:
    """The nodes that the row shows."""
    indicator = indicators.get(row.indicator or "")
    if indicator:
        yield indicator
    for figure in filter(None, (row.goal, row.above)):
        yield figure.node
        yield lineage.nodes[figure.policy]


def _stands(axes: Axes, query: CascadeQuery) -> bool:
    """Whether a goal stands where the question wants it."""
    return (not query.values or axes.value in query.values) and (not query.years or axes.year in query.years)
