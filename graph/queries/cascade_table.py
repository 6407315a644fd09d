"""The rows of a cascade as a table, with quote, section and document beside each goal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from graph.queries.alignment import MEANING
from graph.queries.cascade_rows import Alignment
from graph.queries.cell_columns import document, name_of, quote, scalar, section
from graph.queries.cells import Cell

Value: TypeAlias = str | int | float | None

_GOAL = ("comparator", "value", "value_max", "unit", "year")
CASCADE_COLUMNS = (
    *("finding", "value_axis", "year_axis", "share_of_parent", "remarks", "indicator"),
    *("policy", "goal", *_GOAL, "goal_quote", "goal_section", "goal_document"),
    *("policy_above", "goal_above", *(f"{name}_above" for name in _GOAL)),
    *("above_quote", "above_section", "above_document"),
    *("policy_id", "goal_id", "policy_above_id", "goal_above_id", "indicator_id"),
)


def cascade_table(rows: Iterable[Alignment]) -> tuple[Sequence[str], Iterator[Sequence[Value]]]:
    """The names of the columns, and a list of values for each row in its order; None where a cell is empty."""
    return CASCADE_COLUMNS, map(_row, rows)


def _row(row: Alignment) -> Sequence[Value]:
    return (
        str(row.finding),
        str(row.value) if row.value else None,
        str(row.year) if row.year else None,
        row.share,
        "; ".join(MEANING[remark] for remark in row.remarks) or None,
        name_of(row.indicator),
        name_of(row.policy),
        *_goal(row.goal),
        name_of(row.policy_above),
        *_goal(row.goal_above),
        *(
            cell.id if cell else None
            for cell in (row.policy, row.goal, row.policy_above, row.goal_above, row.indicator)
        ),
    )


def _goal(cell: Cell | None) -> tuple[Value, ...]:
    figure = (scalar(cell, name) for name in _GOAL)
    return name_of(cell), *figure, quote(cell), section(cell), document(cell)
