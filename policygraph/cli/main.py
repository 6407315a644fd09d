"""The command line's entry: commands by group, and errors as one line."""

import sys
from typing import Annotated

import typer

from graph.errors import PolicygraphError, UnknownParameter
from policygraph import __version__
from policygraph.cli import (
    aligning,
    asking,
    assisting,
    chaining,
    checking,
    copying,
    defining,
    exporting,
    loading,
    networking,
    pathfinding,
    reviewing,
    serving,
    tagging,
)

EXIT_REFUSED = 1
EXIT_USAGE = 2

app = typer.Typer(
    name="policygraph",
    help="Read policy documents into a graph, and ask it which measure serves which goal, and who carries it out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (
    loading,
    serving,
    assisting,
    asking,
    chaining,
    aligning,
    pathfinding,
    networking,
    copying,
    exporting,
    reviewing,
    tagging,
    defining,
    checking,
):
    group.register(app)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"policygraph {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command of `sys.argv`; exit status 0, 1 (refused, one line on stderr), 2 (usage), 130 (interrupted)."""
    try:
        app(prog_name="policygraph")
    except PolicygraphError as error:
        print(f"policygraph: {error}", file=sys.stderr)
        sys.exit(EXIT_USAGE if isinstance(error, UnknownParameter) else EXIT_REFUSED)
