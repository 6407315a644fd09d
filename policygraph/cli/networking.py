"""`network`: who works with whom."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.console import print_answer, print_table, say, write_text
from policygraph.cli.options import PARTNERSHIP_KINDS, OutputOption, StoreOption, one_of, store_url

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
    format_: Annotated[NetworkFormat, typer.Option("--format", help="Form of the answer.")] = NetworkFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """Show who works with whom.

    Pairs are sorted by weight, the number of distinct sentences behind them.
    """
    from graph.open import open_store
    from graph.queries.networks import partnership

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
    if format_ is NetworkFormat.TABLE:
        if output:
            raise typer.BadParameter("a table is printed; for a file give --format json or html", param_hint="--output")
        _print(found)
    elif format_ is NetworkFormat.JSON:
        from api.models import NetworkModel

        print_answer(NetworkModel, found, file=output)
    else:
        from viz.pages import partnership_page

        write_text(partnership_page(found, title="Partnerships"), output)


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
        f"{len(network.nodes):,} of {network.total_nodes:,} partners, "
        f"{len(network.edges):,} of {network.total_edges:,} pairs"
    )
