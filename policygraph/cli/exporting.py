"""`export`: the graph, or a part of it, as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from policygraph.cli.console import progress, say
from policygraph.cli.options import StoreOption, one_of, store_url
from policygraph.files import STANDARD_OUTPUT, replacing

if TYPE_CHECKING:
    from graph.formats.scope import Scope
    from graph.store import Store

# Spelled out for a fast start, like the words of other options; a test holds them equal to the formats that there are.
FORMATS = ("csv", "json", "jsonl", "neo4j-admin", "html")
PAGE = "html"
ARCHIVES = ("csv", "neo4j-admin")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph export --format html --around 海棠职业技术学院 --depth 2 -o college.html")(
        export
    )


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")
    ],
    store: StoreOption = None,
    format_: Annotated[str, one_of(FORMATS, "Format", is_repeatable=False, name="--format")] = "json",
    around: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Id or name of a node in the middle; may be given again.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Tag of nodes in the middle; may be given again.")
    ] = None,
    depth: Annotated[int, typer.Option(min=0, help="Steps from there.")] = 1,
    without_text: Annotated[bool, typer.Option("--without-text", help="Leave out the words of documents.")] = False,
) -> None:
    """Write the graph, or the part around some nodes, to a file."""
    from policygraph.stores import open_store

    if format_ == PAGE and without_text:
        raise typer.BadParameter("a page shows quotes; give it with another format", param_hint="--without-text")
    if format_ in ARCHIVES and str(output) != STANDARD_OUTPUT and output.suffix.lower() != ".zip":
        raise typer.BadParameter(f"{format_} is a zip of tables; end the name in .zip", param_hint="--output")
    with (
        open_store(store_url(store), create=False, read_only=True) as opened,
        progress("Exporting"),
        _opened(output) as out,
    ):
        _write(
            opened,
            out,
            format_=format_,
            scope=_scope(opened, around or [], tag or [], depth),
            without_text=without_text,
        )


def _scope(store: "Store", around: list[str], tags: list[str], depth: int) -> "Scope | None":
    """The part that is asked for, None for everything; a part that had to be cut says so."""
    if not around and not tags:
        return None
    from graph.queries.subgraph import MOST_NODES, subgraph

    scope, is_cut = subgraph(store, around, tags=tags, depth=depth, limit=MOST_NODES)
    if is_cut:
        say(f"cut to the {MOST_NODES:,} nodes that are nearest; give a smaller --depth for a whole part")
    return scope


def _write(store: "Store", out: BinaryIO, *, format_: str, scope: "Scope | None", without_text: bool) -> None:
    if format_ == PAGE:
        from graph.queries.subgraph import whole
        from graph.review.shown import without_merged
        from viz.pages import graph_page

        drawn = without_merged(store)
        out.write(graph_page(drawn, scope or whole(drawn)).encode())
    else:
        from graph.formats.registry import export as write

        write(store, out, format=format_, scope=scope, without_text=without_text)


@contextmanager
def _opened(output: Path) -> Iterator[BinaryIO]:
    """Where to write to: standard output for “-”, else a file that takes the place of the old one at the end."""
    if str(output) == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with replacing(output) as path, path.open("wb") as out:
        yield out
    say(f"written to {output}")
