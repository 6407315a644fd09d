"""All rows of a list, fetched page by page."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from api.parameters import MOST_ROWS, Answer, ListParameters
from graph.queries.pages import Page

T = TypeVar("T")


def iter_pages(fetch: Callable[[int, str | None], Page[T]]) -> Iterator[T]:
    """The items of all pages; `fetch` takes a limit and a cursor."""
    cursor: str | None = None
    while True:
        page = fetch(MOST_ROWS, cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def table_of(parameters: ListParameters, fetch: Callable[[int, str | None], Page[T]], rows: int) -> Iterator[T] | None:
    """The rows for a table if one is asked for: all, or those of the page that is asked for; else None."""
    if parameters.as_ is not Answer.CSV:
        return None
    if parameters.is_whole_table:
        return iter_pages(fetch)
    return iter(fetch(parameters.limit or rows, parameters.cursor).items)
