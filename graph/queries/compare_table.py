"""A comparison as a table: a row for each figure, so that figures can be filtered, sorted and drawn."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from graph.queries.alignment import MEANING
from graph.queries.cell_columns import document, quote, scalar, section
from graph.queries.cells import Cell
from graph.queries.compare_rows import Amount, CompareCell, Comparison

Value: TypeAlias = str | int | float | None

COMPARE_COLUMNS = (
    *("indicator", "comparable", "remarks", "compared", "figure", "disagree", "policy", "comparator"),
    *("value", "value_max", "unit", "year", "baseline", "baseline_year", "value_as_stated", "unit_as_stated"),
    *("name", "quote", "section", "document"),
    *("indicator_id", "compared_id", "figure_id", "policy_id"),
)


def compare_table(
    rows: Iterable[tuple[Sequence[Cell], Comparison]],
) -> tuple[Sequence[str], Iterator[Sequence[Value]]]:
    """The names of the columns, and a list of values for each figure; None where a cell is empty.

    `rows` are comparisons with their columns. Figures stand in the order of indicators, columns, targets
    before observations; `value` and `unit` are in the base unit.
    """
    return COMPARE_COLUMNS, (line for columns, row in rows for line in _lines(columns, row))


def _lines(columns: Sequence[Cell], row: Comparison) -> Iterator[Sequence[Value]]:
    for column, cell in zip(columns, row.cells, strict=True):
        if cell:
            for kind, amounts in (("target", cell.targets), ("observation", cell.observations)):
                for amount in amounts:
                    yield _line(column, row, cell, amount, kind=kind)


def _line(column: Cell, row: Comparison, cell: CompareCell, amount: Amount, *, kind: str) -> Sequence[Value]:
    figure = amount.figure
    return (
        row.indicator.name,
        "yes" if row.is_comparable else "no",
        "; ".join(MEANING[remark] for remark in row.remarks) or None,
        column.name,
        kind,
        "yes" if cell.disagree else None,
        amount.policy.name,
        str(amount.comparator),
        *(amount.value, amount.value_max, amount.unit or None, amount.year, amount.baseline, amount.baseline_year),
        *(scalar(figure, "value"), scalar(figure, "unit")),
        *(figure.name, quote(figure), section(figure), document(figure)),
        *(row.indicator.id, column.id, figure.id, amount.policy.id),
    )
