"""What commands print: JSON, tables that fit the terminal, progress on stderr."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from policygraph.files import STANDARD_OUTPUT, replacing

if TYPE_CHECKING:
    from pydantic import BaseModel

PIPED_WIDTH = 2_000  # a row stays on one line where it goes to a file or another program


def print_json(value: object, *, file: Path | None = None) -> None:
    """The value as JSON, characters as they are, in the file or on standard output."""
    write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", file)


def print_answer(model: type["BaseModel"], answer: object, *, file: Path | None = None) -> None:
    """An answer as JSON, in the form that the same question has over HTTP, in the file or on standard output."""
    print_json(model.model_validate(answer, from_attributes=True).model_dump(mode="json"), file=file)


def write_text(text: str, file: Path | None) -> None:
    """The text in the file, which it takes the place of at once, or on standard output for none and for “-”."""
    if file is None or str(file) == STANDARD_OUTPUT:
        typer.echo(text, nl=False)
        return
    with replacing(file) as path:
        path.write_text(text, "utf-8")
    say(f"written to {file}")


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """A table on standard output, as wide as the terminal; columns in `numbers` to the right, ids in one piece."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(name, justify="right" if name in numbers else "left", overflow="fold", no_wrap=name == "id")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def say(line: str) -> None:
    """One line on stderr, for a person beside what goes to standard output."""
    typer.echo(line, err=True)


class Progress(Protocol):
    """Takes how much of how much is done."""

    def __call__(self, done: int, total: int, /) -> None:
        """Show it."""
        ...


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A function that moves a bar on stderr; it shows nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
