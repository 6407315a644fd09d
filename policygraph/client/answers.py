"""Answers: the result of a question, its rows over all pages, and the rows as a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from api.forms.networks import Table
from graph.errors import RefusedInput
from graph.queries.network_rows import Network, Tie
from graph.queries.pages import Page
from policygraph.client.given import one_of
from policygraph.wording import numbered

if TYPE_CHECKING:
    from pandas import DataFrame

ResultT = TypeVar("ResultT")
PageT = TypeVar("PageT", bound=Page[Any])
RowT = TypeVar("RowT")
Head: TypeAlias = Sequence[str]
Rows: TypeAlias = Iterable[Sequence[str | int | float | None]]
Tabled: TypeAlias = tuple[Head, Rows]


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Generic[ResultT, RowT]):
    """An answer: `result` is what the query gives, `items` are its rows."""

    result: ResultT
    items: tuple[RowT, ...]
    table: Callable[[ResultT], Tabled]
    """Columns and rows of a result as a table, those of `--csv` and `as=csv`."""

    def __iter__(self) -> Iterator[RowT]:
        """All rows."""
        return iter(self.items)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {numbered(len(self.items), 'row')}>"

    def to_frame(self) -> "DataFrame":
        """All rows as a pandas DataFrame, with the columns of the same question as CSV; missing values are NA.

        Raises RefusedInput where pandas is not installed.
        """
        return frame(*self.table(self.result))


@dataclass(frozen=True, slots=True, repr=False)
class PagedAnswer(Answer[PageT, RowT]):
    """An answer of which there may be more: `result` and `items` are those of the first page."""

    following: Callable[[str], PageT]
    """The page that a cursor leads to."""

    def __repr__(self) -> str:
        least = "" if self.result.exact else "at least "
        return f"<{type(self).__name__}: {len(self.items):,} of {least}{numbered(self.result.total, 'row')}>"

    def pages(self) -> Iterator[PageT]:
        """All pages, those behind the first fetched as they are needed."""
        page = self.result
        yield page
        while page.next is not None:
            page = self.following(page.next)
            yield page

    def __iter__(self) -> Iterator[RowT]:
        """All rows, over all pages."""
        for page in self.pages():
            yield from page.items

    def to_frame(self) -> "DataFrame":
        """All rows over all pages, as a pandas DataFrame.

        Columns are those of the same question as CSV, missing values NA. Raises RefusedInput where pandas is not
        installed.
        """
        return frame(*self.table(replace(self.result, items=tuple(self), next=None)))


@dataclass(frozen=True, slots=True, repr=False)
class NetworkAnswer(Answer[Network, Tie]):
    """A network; `items` are its ties."""

    members: Callable[[], Tabled]
    """Its members with their figures, as a table."""

    def to_frame(self, of: str = Table.TIES) -> "DataFrame":
        """The `ties` with their first quotes, or the `members` with their figures, as a pandas DataFrame.

        Raises RefusedInput where pandas is not installed, and for another table.
        """
        is_ties = one_of(Table, of, "of") == Table.TIES
        return frame(*(self.table(self.result) if is_ties else self.members()))

    def to_html(self) -> str:
        """The network as a page that needs no network connection."""
        from viz.pages import ties_page  # takes half a second

        return ties_page(self.result)


def frame(columns: Head, rows: Rows) -> "DataFrame":
    """The table as a DataFrame; a text without characters is missing, as it is in a file."""
    try:
        import pandas
    except ImportError as error:
        raise RefusedInput("tables need pandas; install it with: pip install 'policygraph[pandas]'") from error
    cells = [[None if cell == "" else cell for cell in row] for row in rows]
    return cast("DataFrame", pandas.DataFrame(cells, columns=list(columns), dtype=object).convert_dtypes())
