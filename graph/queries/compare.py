"""Comparison: indicators in rows; policies, regions or issuers in columns; units brought to one base."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.errors import RefusedInput
from graph.facts import Node
from graph.normal import sort_key
from graph.queries.alignment import Remark, unit_remarks
from graph.queries.cells import Cell
from graph.queries.compare_columns import Column, Figures, find_columns, load_figures
from graph.queries.compare_rows import (
    MOST_SHOWN,
    Amount,
    CompareCell,
    ComparePage,
    CompareQuery,
    Comparison,
)
from graph.queries.figures import Figure, named
from graph.queries.hops import Hop, HopKey, read_cells
from graph.queries.kept import KeptAnswers
from graph.queries.pages import EXACT_UP_TO, Key, cut, question_of
from graph.queries.tags import is_tagged
from graph.queries.units import Quantity, number, unit_text
from graph.store import Store
from ontology.values import UnitKind

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Cell:
    targets: Sequence[Figure]
    observations: Sequence[Figure]
    years: tuple[int, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (*self.targets, *self.observations)


@dataclass(frozen=True, slots=True)
class _Row:
    indicator: Node
    cells: tuple[_Cell | None, ...]

    @property
    def figures(self) -> list[Figure]:
        return [figure for cell in self.cells if cell for figure in cell.figures]

    @property
    def key(self) -> Key:
        """Rows with figures in most columns first, then by name and id."""
        empty = sum(cell is None for cell in self.cells)
        return f"{empty:02d}", sort_key(self.indicator.name), self.indicator.id


@dataclass(frozen=True, slots=True)
class _Answer:
    columns: Sequence[Column]
    rows: Sequence[_Row]
    is_cut: bool


_kept: KeptAnswers[_Answer] = KeptAnswers(8)


def compare(store: Store, query: CompareQuery, *, limit: int = 50, cursor: str | None = None) -> ComparePage:
    """A page of indicators with what each column says of them.

    Order: those with figures in most columns first, then name of the indicator, id; figures of a cell by id. Raises
    AmbiguousName or NotFound for a text that stands for several nodes or none, RefusedInput for no column or more than
    20, and for a cursor of another question.
    """
    answer = _answered(store, query)
    page, following = cut(answer.rows, lambda row: row.key, question=_question(query), limit=limit, cursor=cursor)
    total = min(len(answer.rows), EXACT_UP_TO)
    return ComparePage(
        tuple(_filled(store, page)),
        following,
        total,
        total == len(answer.rows),
        columns=_heads(store, answer),
        truncated=answer.is_cut,
    )


def iter_compare(store: Store, query: CompareQuery) -> Iterator[tuple[tuple[Cell, ...], Comparison]]:
    """All indicators in the order of `compare`, each with the columns."""
    answer = _answered(store, query)
    columns = _heads(store, answer)
    for start in range(0, len(answer.rows), _AT_ONCE):
        for row in _filled(store, answer.rows[start : start + _AT_ONCE]):
            yield columns, row


def _heads(store: Store, answer: _Answer) -> tuple[Cell, ...]:
    hops = [Hop(column.node) for column in answer.columns]
    cells = read_cells(store, hops)
    return tuple(cells[hop.key] for hop in hops)


def _answered(store: Store, query: CompareQuery) -> _Answer:
    if query.min_columns < 1:
        raise RefusedInput(f"min_columns {query.min_columns}: give 1 or more")

    def make() -> _Answer:
        columns = find_columns(store, query)
        figures = load_figures(store, columns)
        least = min(query.min_columns, len(columns))
        rows = (row for row in _rows(figures, query, len(columns)) if _fits(row, query, least))
        return _Answer(columns, sorted(rows, key=lambda row: row.key), figures.is_cut)

    return _kept.get(store, _question(query), make)


def _question(query: CompareQuery) -> str:
    return question_of(query, "compare")


def _rows(figures: Figures, query: CompareQuery, columns: int) -> Iterator[_Row]:
    for id_, indicator in figures.indicators.items():
        targets, observations = figures.targets.get(id_, {}), figures.observations.get(id_, {})
        cells = (_cell(targets.get(at, ()), observations.get(at, ()), query.year) for at in range(columns))
        yield _Row(indicator, tuple(cells))


def _cell(targets: Sequence[Figure], observations: Sequence[Figure], year: int | None) -> _Cell | None:
    years = tuple(sorted({figure.year for figure in targets if figure.year is not None}))
    found = _Cell(_of_year(targets, year), _of_year(observations, year), years)
    return found if found.figures else None


def _of_year(figures: Sequence[Figure], year: int | None) -> list[Figure]:
    """Those of the year, else of the latest one; those without a year only where none has one."""
    wanted = year if year is not None else max((one.year for one in figures if one.year is not None), default=None)
    return [figure for figure in figures if figure.year == wanted]


def _fits(row: _Row, query: CompareQuery, least: int) -> bool:
    """Whether the row has figures in so many columns, and what else is asked for."""
    count = sum(cell is not None for cell in row.cells)
    return (
        count >= least
        and (not query.indicator or named(row.indicator, query.indicator))
        and (not query.tags or is_tagged((row.indicator, *(figure.node for figure in row.figures)), query.tags))
    )


def _filled(store: Store, rows: Sequence[_Row]) -> list[Comparison]:
    """The rows with their cells; the evidence of all of them is read at once."""
    shown = [figure for row in rows for cell in row.cells if cell for figure in _shown(cell)]
    policies = store.nodes({figure.policy for figure in shown})
    hops = [Hop(row.indicator) for row in rows]
    hops += [hop for figure in shown for hop in (figure.hop, Hop(policies[figure.policy]))]
    cells = read_cells(store, hops)
    return [_comparison(row, cells) for row in rows]


def _shown(cell: _Cell) -> list[Figure]:
    return [*cell.targets[:MOST_SHOWN], *cell.observations[:MOST_SHOWN]]


def _comparison(row: _Row, cells: Mapping[HopKey, Cell]) -> Comparison:
    amounts = [figure.amount for figure in row.figures]
    known = _distinct(amount for amount in amounts if amount)
    remarks = {remark for one, other in combinations(known, 2) for remark in unit_remarks(one, other)}
    if None in amounts:
        remarks.add(Remark.NO_NUMBER)
    kinds = {amount.kind for amount in known}
    return Comparison(
        indicator=cells[Hop(row.indicator).key],
        unit=unit_text(known[0]) if known and Remark.UNITS_DIFFER not in remarks else "",
        unit_kind=kinds.pop() if len(kinds) == 1 else None,
        cells=tuple(_compare_cell(cell, cells) if cell else None for cell in row.cells),
        is_comparable=not remarks & {Remark.UNITS_DIFFER, Remark.NO_NUMBER},
        remarks=tuple(remark for remark in Remark if remark in remarks),
    )


def _distinct(amounts: Iterable[Quantity]) -> list[Quantity]:
    """One quantity for each way of measuring: pairs of them say all that there is to say of units."""
    first: dict[tuple[UnitKind, str, tuple[str, ...], bool], Quantity] = {}
    for amount in amounts:
        first.setdefault((amount.kind, amount.base, amount.per, amount.is_scaled), amount)
    return list(first.values())


def _compare_cell(cell: _Cell, cells: Mapping[HopKey, Cell]) -> CompareCell:
    return CompareCell(
        targets=tuple(_amount(figure, cells) for figure in cell.targets[:MOST_SHOWN]),
        targets_total=len(cell.targets),
        observations=tuple(_amount(figure, cells) for figure in cell.observations[:MOST_SHOWN]),
        observations_total=len(cell.observations),
        years=cell.years,
        disagree=_disagree(cell.targets) or _disagree(cell.observations),
    )


def _disagree(figures: Iterable[Figure]) -> bool:
    """Whether the figures have several values."""
    values = {(one.amount.low, one.amount.high, one.amount.base) if one.amount else None for one in figures}
    return len(values) > 1


def _amount(figure: Figure, cells: Mapping[HopKey, Cell]) -> Amount:
    amount, baseline = figure.amount, figure.baseline
    return Amount(
        figure=cells[figure.hop.key],
        policy=cells[(figure.policy, None)],
        value=number(amount.low) if amount else None,
        value_max=number(amount.high) if amount and amount.high != amount.low else None,
        unit=unit_text(amount) if amount else "",
        comparator=figure.comparator,
        aim=figure.aim,
        year=figure.year,
        baseline=number(baseline.low) if baseline else None,
        baseline_year=figure.baseline_year,
    )
