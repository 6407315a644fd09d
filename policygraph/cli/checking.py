"""`doctor`: whether everything is there that the program needs."""

import typer

from policygraph.cli.answers import JsonOption
from policygraph.cli.console import print_json, print_table
from policygraph.cli.options import StoreOption, store_url

_EXIT_BROKEN = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph doctor --store policygraph.db")(doctor)


def doctor(store: StoreOption = None, json: JsonOption = False) -> None:
    """Check that everything is there.

    Versions, word lists, weights, browser part and store are looked at, of a server also its clock and whether it may
    be written; the exit status is 1 if something is broken.
    """
    from policygraph.checks import State
    from policygraph.health import check_all

    checks = check_all(store_url(store))
    if json:
        print_json([{"check": c.name, "state": str(c.state), "says": c.says, "remedy": c.remedy} for c in checks])
    else:
        print_table(
            ("check", "state", "says"),
            ((c.name, str(c.state), f"{c.says}; {c.remedy}" if c.remedy else c.says) for c in checks),
        )
    if any(check.state is State.BROKEN for check in checks):
        raise typer.Exit(_EXIT_BROKEN)
