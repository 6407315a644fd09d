"""Lists as tables: all rows, fetched page by page, or those of one page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.parameters import MOST_ROWS, Answer, ListParameters
from graph.queries.pages import Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """The first page of a list, and the rows that the table has."""

    first: Page[T]
    rows: Iterator[T]


def table_of(parameters: ListParameters, fetch: Callable[[int, str | None], Page[T]], *, rows: int) -> Table[T] | None:
    """The rows for a table if one is asked for: all, or those of the page that is asked for; else None.

    `fetch` takes a limit and a cursor; `rows` are those of a page of which nobody said how many it has.
    """
    if parameters.as_ is not Answer.CSV:
        return None
    if not parameters.is_whole_table:
        page = fetch(parameters.limit or rows, parameters.cursor)
        return Table(page, iter(page.items))
    first = fetch(MOST_ROWS, None)
    return Table(first, _from(first, fetch))


def _from(page: Page[T], fetch: Callable[[int, str | None], Page[T]]) -> Iterator[T]:
    yield from page.items
    while page.next is not None:
        page = fetch(MOST_ROWS, page.next)
        yield from page.items
