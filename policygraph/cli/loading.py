"""`load` and `unload`: documents into a store and out again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RefusedInput
from policygraph.cli.console import print_table, progress, say
from policygraph.cli.options import LEVELS, StoreOption, one_of, store_url

if TYPE_CHECKING:
    from graph.store import Store
    from loaders.load import LoadReport

_EXIT_REFUSED = 1
_WAIT_S = 10.0  # for another program that writes; nobody likes to wait longer without a word


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph load plans/ report.txt --issuer 海棠职业技术学院")(load)
    app.command(epilog="Example: policygraph unload plans/city-plan.txt")(unload)


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders of documents.")],
    store: StoreOption = None,
    source: Annotated[str | None, typer.Option(metavar="URI", help="Published address of the document.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, where the text does not say it.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Issuers, divided by 、 or |.")] = None,
    region: Annotated[str | None, typer.Option(help="Place that the document binds.")] = None,
    issued_on: Annotated[str | None, typer.Option(metavar="DATE", help="2021, 2021-05 or 2021-05-25.")] = None,
    doc_number: Annotated[str | None, typer.Option(help="Number of the document (文号).")] = None,
    level: Annotated[str | None, one_of(LEVELS, "Level of the issuer", is_repeatable=False)] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; as many as there are processors if not given.")
    ] = None,
) -> None:
    """Load documents into the store.

    A folder may hold `documents.csv` with these options for its files. A file that can't be used is named at the end,
    the others are loaded, and the exit status is 1.
    """
    from loaders.folder import options_of
    from loaders.load import load_paths

    given = {
        "title": title,
        "issuer": issuer,
        "region": region,
        "issued_on": issued_on,
        "doc_number": doc_number,
        "level": level,
        "source": source,
    }
    if not any(path.exists() for path in paths):  # before a store is made for nothing
        raise RefusedInput(f"{', '.join(map(str, paths))}: there is no such file or folder; check the path")
    try:
        options = options_of({name: value for name, value in given.items() if value}, where="")
    except RefusedInput as error:
        raise typer.BadParameter(str(error).removeprefix(": ")) from error
    with _opened(store_url(store)) as opened, progress("Loading") as show:
        report = load_paths(
            opened,
            paths,
            options=options,
            workers=workers or os.cpu_count() or 1,
            on_file=show,
        )
    _print_report(report)
    if report.refused:
        raise typer.Exit(_EXIT_REFUSED)


def unload(
    wanted: Annotated[
        list[str], typer.Argument(metavar="WHAT...", help="Path, address, title, or id of a document or batch.")
    ],
    store: StoreOption = None,
) -> None:
    """Take documents out of the store.

    What others state as well stays, and so does a document that was loaded from elsewhere too.
    """
    from policygraph.batches import find_batch, find_source
    from policygraph.stores import open_store

    with open_store(store_url(store), create=False, timeout_s=_WAIT_S) as opened:
        found = [(find_batch(opened, what), what) for what in wanted]
        for header, source in {(b.id, s): (b, s) for b, what in found for s in [find_source(b, what)]}.values():
            opened.retract(header.id, source=source)
            left = [uri for uri in header.sources if source is not None and uri != source]
            gone = source or ", ".join(header.sources) or header.id
            say(f"unloaded: {header.title} ({gone})" + (f"; still there from {', '.join(left)}" if left else ""))


@contextmanager
def _opened(url: str) -> "Iterator[Store]":
    """The store; one that was made now, and that nothing was written to, is removed at the end."""
    from policygraph.stores import open_store

    path = Path(url)
    is_new = "://" not in url and not path.exists()
    is_empty = False
    try:
        with open_store(url, timeout_s=_WAIT_S) as opened:
            try:
                yield opened
            finally:
                is_empty = opened.version == 0
    finally:
        is_in_use = any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm"))
        if is_new and is_empty and not is_in_use:  # another program may be about to write to it
            path.unlink()


def _print_report(report: "LoadReport") -> None:
    if report.loaded:
        rows = ((str(f.path), str(f.written), f.title, _number(f.nodes), _number(f.edges)) for f in report.loaded)
        print_table(("file", "outcome", "title", "nodes", "edges"), rows, numbers=("nodes", "edges"))
    for path in report.skipped:
        say(f"skipped: {path}: files of this type are not read")
    for refused in report.refused:
        say(f"refused: {refused.reason}")


def _number(stated: int) -> str:
    """The number of facts that a document states, nothing where it was not read this time."""
    return f"{stated:,}" if stated else ""
