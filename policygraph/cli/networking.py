"""`network`: who works with whom."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, say, write_text
from policygraph.cli.options import PARTNERSHIP_KINDS, OutputOption, StoreOption, one_of, store_url
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.partnership_rows import Network, PartnershipQuery


class NetworkFormat(StrEnum):
    """Forms of a network."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph network --region 云州市 --format html -o network.html")(network)


def network(
    store: StoreOption = None,
    region: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Place of one partner.")] = None,
    kind: Annotated[list[str] | None, one_of(PARTNERSHIP_KINDS, "Kind of partnership")] = None,
    activity: Annotated[str, typer.Option(metavar="TEXT", help="Part of what they do together.")] = "",
    year_from: Annotated[int | None, typer.Option(metavar="YEAR", help="First year.")] = None,
    year_to: Annotated[int | None, typer.Option(metavar="YEAR", help="Last year.")] = None,
    min_weight: Annotated[int, typer.Option(min=1, help="Fewest distinct sentences behind a tie.")] = 1,
    ego: Annotated[str | None, typer.Option(metavar="TEXT", help="Only this node and its partners.")] = None,
    limit: Annotated[int, typer.Option(min=2, help="Most nodes, the heaviest first.")] = 2000,
    format_: Annotated[
        NetworkFormat, typer.Option("--format", help="Form of the answer; json is the same as --json.")
    ] = NetworkFormat.TABLE,
    output: OutputOption = None,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Show who works with whom.

    Pairs are sorted by weight, the number of distinct sentences behind them.
    """
    from graph.queries.networks import partnership
    from policygraph.stores import open_store

    form = Form(json, csv, xlsx)
    _check(format_, form, output)
    query = _query(
        region=region,
        kind=kind,
        activity=activity,
        year_from=year_from,
        year_to=year_to,
        min_weight=min_weight,
        ego=ego,
    )
    with open_store(store_url(store), create=False) as opened:
        found = partnership(opened, query, limit=limit)
    if form.is_file:
        from api.tables import TIE_COLUMNS, tie_rows

        form.write("network", lambda: (TIE_COLUMNS, tie_rows(found)))
    elif json or format_ is NetworkFormat.JSON:
        from api.models import NetworkModel

        print_answer(NetworkModel, found, file=output)
    elif format_ is NetworkFormat.HTML:
        from viz.pages import partnership_page

        write_text(partnership_page(found), output)
    else:
        _print(found)


def _check(format_: NetworkFormat, form: Form, output: Path | None) -> None:
    """Raise BadParameter for options that ask for two forms at once."""
    if format_ is not NetworkFormat.TABLE and (form.is_file or form.json):
        raise typer.BadParameter("give it without --json, --csv and --xlsx", param_hint="--format")
    if output and (form.is_file or (format_ is NetworkFormat.TABLE and not form.json)):
        hint = "it is for --json and for --format json or html; a table goes to --csv or --xlsx"
        raise typer.BadParameter(hint, param_hint="--output")


def _query(**given: object) -> "PartnershipQuery":
    from pydantic import TypeAdapter

    from graph.queries.partnership_rows import PartnershipQuery

    return TypeAdapter(PartnershipQuery).validate_python({name: value for name, value in given.items() if value})


def _print(network: "Network") -> None:
    names = {node.id: node.name for node in network.nodes}
    rows = (
        (names[tie.source], names[tie.target], f"{tie.weight:,}", " ".join(tie.kinds), "；".join(tie.activities))
        for tie in network.edges
    )
    print_table(("one", "other", "sentences", "kinds", "activities"), rows, numbers=("sentences",))
    say(
        f"{len(network.nodes):,} of {numbered(network.total_nodes, 'partner')}, "
        f"{len(network.edges):,} of {numbered(network.total_edges, 'pair')}"
    )
