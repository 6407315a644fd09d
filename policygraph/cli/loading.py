"""`load` and `unload`: documents and curated tables into a store and out again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RefusedInput, StoreError
from policygraph.cli.answers import JsonOption
from policygraph.cli.console import print_json, print_table, progress, say
from policygraph.cli.options import LEVELS, StoreOption, one_of, store_url
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.store import Store
    from loaders.report import LoadReport

_EXIT_REFUSED = 1
_FAULTS_SHOWN = 20
_UNREAD = "files of this type are not read"
_WAIT_S = 10.0  # for another program that writes; nobody likes to wait longer without a word


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph load plans/ report.txt --issuer 海棠职业技术学院")(load)
    app.command(epilog="Example: policygraph unload plans/city-plan.txt")(unload)


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, folders of them, and tables.")],
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
    show_missed: Annotated[
        bool, typer.Option("--show-missed", help="List what was not understood, with its place.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Load documents and curated tables into the store.

    A table (csv, xlsx, json) has one row a node or edge, and is loaded only if it is named. A folder may hold
    `documents.csv` with these options for its files. A file that can't be used is named at the end, the others are
    loaded, and the exit status is 1. Columns “missed” count what was not understood: sentences and table cells with a
    number and a year that gave no goal or observation, and titles in 《》 that gave no policy.
    """
    from loaders.folder import options_of
    from loaders.load import load_paths
    from loaders.report import LoadReport
    from policygraph.interpreter import loading

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
    report = LoadReport()
    failure = None
    try:
        with loading(), _opened(store_url(store)) as opened, progress("Loading") as show:
            load_paths(
                opened,
                paths,
                options=options,
                workers=workers or os.cpu_count() or 1,
                reads_all=show_missed,
                on_file=show,
                report=report,
            )
    except StoreError as error:
        if not report.loaded:
            raise
        failure = error  # what is in the store by now is told first
    if json:
        print_json(_as_json(report, show_missed=show_missed))
    else:
        _print_report(report, show_missed=show_missed)
    for line in _notes(report, show_missed=show_missed):
        say(line)
    if failure:
        say("stopped: only these files are loaded; load again to finish")
        raise failure
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
                is_empty = is_new and opened.version == 0
    finally:
        is_in_use = any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm"))
        if is_new and is_empty and not is_in_use:  # another program may be about to write to it
            path.unlink()


def _print_report(report: "LoadReport", *, show_missed: bool) -> None:
    if report.loaded:
        rows = (
            (
                str(f.path),
                str(f.written),
                f.title,
                *(f"{number:,}" if number else "" for number in (f.nodes, f.edges)),  # 0: not read this time
                *("" if number is None else f"{number:,}" for number in (f.missed_figures, f.missed_titles)),
            )
            for f in report.loaded
        )
        counts = ("nodes", "edges", "missed figures", "missed titles")
        print_table(("file", "outcome", "title", *counts), rows, numbers=counts)
    if show_missed and any(f.missed for f in report.loaded):
        print_table(
            ("file", "missed", "section", "place", "text"),
            (
                (str(f.path), m.kind, " / ".join(m.section), f"{m.start}-{m.end}", " ".join((m.row or m.text).split()))
                for f in report.loaded
                for m in f.missed
            ),
        )


def _notes(report: "LoadReport", *, show_missed: bool) -> "Iterator[str]":
    """Lines for a person: what stated nothing, what was not understood, what was skipped and refused."""
    from loaders.tables.reading import is_table

    for loaded in report.loaded:
        if loaded.is_bare:
            yield f"nothing found: {loaded.path}: no goal, measure, name or other policy; is it a policy, in Chinese?"
    figures = sum(loaded.missed_figures or 0 for loaded in report.loaded)
    titles = sum(loaded.missed_titles or 0 for loaded in report.loaded)
    if figures or titles:
        yield (
            f"not understood: {numbered(figures, 'sentence or cell', 'sentences and cells')} with a number and a year "
            f"that gave no goal or observation, {numbered(titles, 'title')} in 《》 that gave no policy"
            + ("" if show_missed else "; --show-missed lists them")
        )
    for path in report.skipped:
        yield f"skipped: {path}: {'a table is loaded if it is named' if is_table(path.name) else _UNREAD}"
    yield from (f"note: {note}" for note in report.notes)
    for refused in report.refused:
        yield f"refused: {refused.reason}"
        yield from (f"  {fault}" for fault in refused.faults[1:_FAULTS_SHOWN])
        if len(refused.faults) > _FAULTS_SHOWN:
            yield f"  and {len(refused.faults) - _FAULTS_SHOWN:,} more, which --json lists"


def _as_json(report: "LoadReport", *, show_missed: bool) -> dict[str, object]:
    """The report for programs; what was not read this time has no numbers."""
    return {
        "loaded": [
            {
                "file": str(f.path),
                "outcome": str(f.written),
                "title": f.title,
                "nodes": f.nodes or None,
                "edges": f.edges or None,
                "missed_figures": f.missed_figures,
                "missed_titles": f.missed_titles,
                "is_bare": f.is_bare,
                **({"missed": [asdict(m) for m in f.missed]} if show_missed else {}),
            }
            for f in report.loaded
        ],
        "skipped": [str(path) for path in report.skipped],
        "refused": [
            {"file": str(refused.path), "reason": refused.reason, "faults": [*refused.faults]}
            for refused in report.refused
        ],
        "notes": report.notes,
    }
