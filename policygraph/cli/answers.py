"""The form in which a question is answered: a table to look at, JSON, or files for spreadsheets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from policygraph.cli.console import say
from policygraph.files import STANDARD_OUTPUT
from policygraph.wording import numbered

if TYPE_CHECKING:
    from policygraph.spreadsheet import Value

JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
CsvOption: TypeAlias = Annotated[
    str | None, typer.Option("--csv", metavar="FILE", help="Write all rows as CSV; - prints.")
]
XlsxOption: TypeAlias = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FILE", help="Write all rows as a worksheet.")
]


@dataclass(frozen=True, slots=True)
class Form:
    """What was asked for; a CSV and a worksheet may be written at once, JSON stands alone."""

    json: bool
    csv: str | None
    xlsx: Path | None

    def __post_init__(self) -> None:
        if self.json and self.is_file:
            raise typer.BadParameter("give it without --csv and --xlsx", param_hint="--json")

    @property
    def is_file(self) -> bool:
        """Whether a table is to be written to a file, or printed as CSV."""
        return bool(self.csv or self.xlsx)

    def write(self, title: str, table: "Callable[[], tuple[Sequence[str], Iterable[Sequence[Value]]]]") -> None:
        """Write the files; `table` gives head and rows anew for each, so that memory does not grow with the rows."""
        from policygraph.spreadsheet import write_csv, write_xlsx

        if self.csv:
            count = write_csv(self.csv, *table())
            if self.csv != STANDARD_OUTPUT:
                say(f"{numbered(count, 'row')} written to {self.csv}")
        if self.xlsx:
            count = write_xlsx(self.xlsx, title, *table())
            say(f"{numbered(count, 'row')} written to {self.xlsx}")
