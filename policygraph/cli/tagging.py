"""`tag`: a researcher's own codes on nodes."""

from typing import Annotated, TypeAlias

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_json, print_table
from policygraph.cli.options import StoreOption, store_url
from policygraph.cli.reviewing import ByOption, NoteOption, decide_all

NodeArgument: TypeAlias = Annotated[str, typer.Argument(metavar="NODE", help="Id or name of a node.")]
TagsArgument: TypeAlias = Annotated[list[str], typer.Argument(metavar="TAG...", help="Codes of your own.")]
_COLUMNS = ("tag", "class", "name", "id")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Put codes of your own on nodes, and ask by them with --tag.")
    group.command("add", epilog="Example: policygraph tag add goal:3f2a 重点 待核")(add)
    group.command("remove", epilog="Example: policygraph tag remove goal:3f2a 待核")(remove)
    group.command("list", epilog="Example: policygraph tag list --tag 重点 --csv tagged.csv")(list_tags)
    app.add_typer(group, name="tag")


def add(
    node: NodeArgument, tags: TagsArgument, store: StoreOption = None, by: ByOption = None, note: NoteOption = ""
) -> None:
    """Put tags on a node of any class."""
    decide_all("tag", [node], store, by=by, note=note, tags=tags)


def remove(
    node: NodeArgument, tags: TagsArgument, store: StoreOption = None, by: ByOption = None, note: NoteOption = ""
) -> None:
    """Take tags from a node, whoever put them there."""
    decide_all("untag", [node], store, by=by, note=note, tags=tags)


def list_tags(
    store: StoreOption = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="Tag; may be given again.")] = None,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """List the nodes that have tags, tag by tag."""
    from graph.review.tags import tagged
    from policygraph.stores import open_store

    form = Form(json, csv, xlsx)
    with open_store(store_url(store), create=False) as opened:
        rows = [(one.tag, one.label, one.name, one.id) for one in tagged(opened, tag or ())]
    if form.is_file:
        form.write("tags", lambda: (_COLUMNS, rows))
    elif json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    else:
        print_table(_COLUMNS, rows)
