"""Chains as a table: a row each, with quote, section and document beside every cell."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from graph.queries.cell_columns import document, name_of, quote, scalar, section
from graph.queries.cells import Cell
from graph.queries.chain_rows import Chain

Value: TypeAlias = str | int | float | None
Column: TypeAlias = tuple[str, Callable[[Chain], Value]]


def chain_table(rows: Iterable[Chain]) -> tuple[list[str], Iterator[list[Value]]]:
    """The names of the columns, and one list of values for each chain in its order; None where a cell is empty.

    Quotes come without the line breaks of the page that they were printed on. Texts are as they stand in the graph:
    whoever writes a file for a spreadsheet must keep a leading “=” from being taken for a formula.
    """
    columns = _columns()
    return [name for name, _ in columns], ([value(row) for _, value in columns] for row in rows)


def _columns() -> list[Column]:
    return [
        ("closeness", lambda row: row.closeness and str(row.closeness)),
        ("gap", lambda row: " ".join(row.gaps) or None),
        ("policy", lambda row: row.policy.name),
        *_evidence("policy", lambda row: row.policy),
        ("goal", lambda row: name_of(row.goal)),
        *((name, _property(name)) for name in ("indicator", "comparator", "value", "value_max", "unit", "year")),
        *_evidence("goal", lambda row: row.goal),
        ("measure_number", lambda row: scalar(row.measure, "number")),
        ("measure", lambda row: name_of(row.measure)),
        *_evidence("measure", lambda row: row.measure),
        ("actor", lambda row: name_of(row.actor)),
        ("actor_class", lambda row: row.actor and row.actor.label),
        ("role", lambda row: row.role and str(row.role)),
        ("implied", lambda row: "yes" if row.implied else None),
        ("by_way_of", lambda row: name_of(row.via)),
        ("part_of", lambda row: name_of(row.under)),
        *_evidence("actor", lambda row: row.actor),
        ("policy_id", lambda row: row.policy.id),
        ("goal_id", lambda row: row.goal and row.goal.id),
        ("measure_id", lambda row: row.measure and row.measure.id),
        ("actor_id", lambda row: row.actor and row.actor.id),
    ]


def _evidence(name: str, cell: Callable[[Chain], Cell | None]) -> list[Column]:
    return [
        (f"{name}_quote", lambda row: quote(cell(row))),
        (f"{name}_section", lambda row: section(cell(row))),
        (f"{name}_document", lambda row: document(cell(row))),
    ]


def _property(name: str) -> Callable[[Chain], Value]:
    return lambda row: scalar(row.goal, name)
