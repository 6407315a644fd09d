"""Goals and their figures as a table, with quote, section and document beside both."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from graph.queries.alignment import MEANING
from graph.queries.cell_columns import document, name_of, quote, section
from graph.queries.progress_rows import ProgressRow

Value: TypeAlias = str | int | float | None

PROGRESS_COLUMNS = (
    *("status", "policy", "indicator", "subject", "goal", "observation", "aim", "unit"),
    *("target", "target_year", "baseline", "baseline_year", "seen", "seen_year"),
    *("share_done", "formula", "expected", "remarks", "figures"),
    *("goal_quote", "goal_section", "goal_document"),
    *("report", "observation_quote", "observation_section", "observation_document"),
    *("policy_id", "goal_id", "observation_id", "indicator_id", "subject_id", "report_id"),
)


def progress_table(rows: Iterable[ProgressRow]) -> tuple[Sequence[str], Iterator[Sequence[Value]]]:
    """The names of the columns, and a list of values for each row in its order; None where a cell is empty."""
    return PROGRESS_COLUMNS, map(_row, rows)


def _row(row: ProgressRow) -> Sequence[Value]:
    return (
        *(str(row.status), row.policy.name, name_of(row.indicator), name_of(row.subject)),
        *(row.goal.name, name_of(row.observation), str(row.aim), row.unit or None),
        *(row.target, row.target_year, row.baseline, row.baseline_year, row.seen, row.seen_year),
        *(row.share, row.formula, row.expected),
        *("; ".join(MEANING[remark] for remark in row.remarks) or None, row.figures),
        *(quote(row.goal), section(row.goal), document(row.goal)),
        *(name_of(row.report), quote(row.observation), section(row.observation), document(row.observation)),
        *(
            cell.id if cell else None
            for cell in (row.policy, row.goal, row.observation, row.indicator, row.subject, row.report)
        ),
    )
