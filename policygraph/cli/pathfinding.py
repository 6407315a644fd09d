"""`path`: how two nodes hang together."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, say
from policygraph.cli.options import PASSABLE, LimitOption, RejectedOption, StoreOption, one_of, query_of, store_url
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.paths import Path, PathPage


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph path 海棠职业技术学院 云州市教育局 --avoid PART_OF")(path)


def path(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Id or name of one end.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Id or name of the other end.")],
    store: StoreOption = None,
    use: Annotated[
        list[str] | None, typer.Option(metavar="RELATION", help="Relation to follow; may be given again.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(metavar="RELATION", help="Relation not to follow; may be given again.")
    ] = None,
    through: Annotated[list[str] | None, one_of(PASSABLE, "Also pass through this")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Tag of a node that they pass through; may be given again.")
    ] = None,
    max_hops: Annotated[int, typer.Option(min=1, max=8, help="Most hops of a path.")] = 6,
    limit: LimitOption = 20,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Show the shortest paths between two nodes.

    Edges are read either way. Each hop has the sentence behind it.
    """
    from graph.queries.paths import PathQuery, paths
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    query = query_of(PathQuery, use=use, avoid=avoid, through=through, max_hops=max_hops, tags=tag)
    with open_asked(store_url(store), rejected=rejected) as opened:
        page = paths(opened, source, target, query, limit=limit)
    if form.is_file:
        from api.forms.paths import path_table

        form.write("path", lambda: path_table(page))
    elif json:
        from api.forms.paths import PathPageModel

        print_answer(PathPageModel, page)
    else:
        _print(page)


def _print(page: "PathPage") -> None:
    rows = (row for number, path in enumerate(page.items, start=1) for row in _rows(number, path))
    print_table(("path", "from", "relation", "to", "quote"), rows, numbers=("path",))
    for hub in page.hubs:
        say(f"only the first 1,000 edges of {hub.name} ({hub.id}) were followed")
    if page.is_cut:
        say("the search stopped at 30,000 edges; say which relations to --use or to --avoid")
    if page.hops is None:
        say("no path was found")
    else:
        count = f"{len(page.items):,} of {'' if page.exact else 'at least '}{numbered(page.total, 'path')}"
        say(f"{count} of {numbered(page.hops, 'hop')}")


def _rows(number: int, path: "Path") -> Iterator[tuple[str, ...]]:
    for (before, after), edges in zip(pairwise(path.nodes), path.hops, strict=True):
        for edge in edges:
            arrow = f"{edge.type} →" if edge.source == before.id else f"← {edge.type}"
            quote = edge.evidence[0].quote if edge.evidence else ""
            yield f"{number:,}", before.name, arrow, after.name, "".join(quote.split("\n"))
