"""Lists as CSV, streamed."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from fastapi.responses import StreamingResponse

from api.fields import columns_in
from api.origins import CUT
from graph.formats.shield import shielded

Value: TypeAlias = str | int | float | bool | None
_ROWS_AT_ONCE = 100


def csv_answer(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, fields: str = "", is_cut: bool = False
) -> StreamingResponse:
    """The table as a file `name`.csv with a byte order mark, without which spreadsheets misread UTF-8.

    Texts are shielded from being run as formulas. The first row is made before the
    answer starts, so that a question that can't be answered is refused with its status. `fields` are the columns that
    are wanted; a header says whether a limit left rows out. Raises UnknownParameter for a column that there is not.
    """
    columns = columns_in(head, fields)
    following = iter(rows)
    first = list(_taken(following, 1))
    return StreamingResponse(
        _lines(columns, chain([head], first, following)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', CUT: str(is_cut).lower()},
    )


def _lines(columns: Sequence[int], rows: Iterator[Sequence[Value]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    while block := list(_taken(rows, _ROWS_AT_ONCE)):
        yield _text([row[column] for column in columns] for row in block)


def _taken(rows: Iterator[Sequence[Value]], count: int) -> Iterator[Sequence[Value]]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _text(rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> Value:
    return shielded(value) if isinstance(value, str) else value
