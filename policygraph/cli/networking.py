"""`network`: who works with whom, who issues with whom, which policy names which."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, say, write_text
from policygraph.cli.options import (
    FIGURES,
    KINDS,
    NETWORKS,
    PARTNERSHIP_KINDS,
    OutputOption,
    RejectedOption,
    StoreOption,
    one_of,
    query_of,
    store_url,
)
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.network_rows import Member, Network


_TIE_HEADS = {
    "partnership": ("one", "other", "weight", "kinds", "activities"),
    "issuers": ("one", "other", "weight", "kinds"),
    "citations": ("policy", "names", "weight", "relations"),
}
_MEMBER_HEAD = ("name", "region", "degree", "weight", "betweenness", "pagerank", "community")


class NetworkFormat(StrEnum):
    """Forms of a network."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph network --region 云州市 --format html -o network.html")(network)


def _known(word: str) -> str:
    if word not in NETWORKS:
        raise typer.BadParameter(f"“{word}” is none of {', '.join(NETWORKS)}")
    return word


def network(
    of: Annotated[str, typer.Argument(parser=_known, metavar="KIND", help=f"{', '.join(NETWORKS)}.")] = NETWORKS[0],
    store: StoreOption = None,
    region: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Place of one of the two.")] = None,
    kind: Annotated[
        list[str] | None,
        one_of((*PARTNERSHIP_KINDS, *KINDS[:-1]), "Kind of partnership, or of the policies"),
    ] = None,
    activity: Annotated[str, typer.Option(metavar="TEXT", help="Part of what they do together.")] = "",
    year_from: Annotated[int | None, typer.Option(metavar="YEAR", help="First year.")] = None,
    year_to: Annotated[int | None, typer.Option(metavar="YEAR", help="Last year.")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Tag of one of the two; may be given again.")
    ] = None,
    min_weight: Annotated[int, typer.Option(min=1, help="Least weight of a tie.")] = 1,
    ego: Annotated[str | None, typer.Option(metavar="TEXT", help="Only this node and its neighbours.")] = None,
    by: Annotated[str, one_of(FIGURES, "What members are sorted by", is_repeatable=False)] = FIGURES[0],
    members: Annotated[bool, typer.Option("--members", help="List the members with their figures.")] = False,
    limit: Annotated[int, typer.Option(min=2, help="Most nodes, the heaviest first.")] = 2000,
    format_: Annotated[
        NetworkFormat, typer.Option("--format", help="Form of the answer; json is the same as --json.")
    ] = NetworkFormat.TABLE,
    output: OutputOption = None,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Show who works with whom, who issues policies with whom, or which policy names which.

    Pairs are sorted by weight: the number of distinct sentences behind them, of issuers that of policies.
    """
    from graph.queries.network_rows import Figure, NetworkKind, NetworkQuery
    from graph.queries.networks import network as find
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    _check(format_, form, output)
    query = query_of(
        NetworkQuery,
        region=region,
        kind=kind,
        activity=activity,
        tags=tag,
        year_from=year_from,
        year_to=year_to,
        min_weight=min_weight,
        ego=ego,
    )
    with open_asked(store_url(store), rejected=rejected) as opened:
        found = find(opened, NetworkKind(of), query, by=Figure(by), limit=limit)
        if form.is_file:
            from api.forms.networks import Table, network_table

            head, rows = network_table(opened, found, Table.MEMBERS if members else Table.TIES)
    if form.is_file:
        form.write("network", lambda: (head, rows))
    elif json or format_ is NetworkFormat.JSON:
        from api.forms.networks import NetworkModel

        print_answer(NetworkModel, found, file=output)
    elif format_ is NetworkFormat.HTML:
        from viz.pages import ties_page

        write_text(ties_page(found), output)
    elif members:
        print_table(_MEMBER_HEAD, map(_member, found.nodes), numbers=_MEMBER_HEAD[2:])
        _say_more(found)
    else:
        _print(found)


def _check(format_: NetworkFormat, form: Form, output: Path | None) -> None:
    """Raise BadParameter for options that ask for two forms at once."""
    if format_ is not NetworkFormat.TABLE and (form.is_file or form.json):
        raise typer.BadParameter("give it without --json, --csv and --xlsx", param_hint="--format")
    if output and (form.is_file or (format_ is NetworkFormat.TABLE and not form.json)):
        hint = "it is for --json and for --format json or html; a table goes to --csv or --xlsx"
        raise typer.BadParameter(hint, param_hint="--output")


def _print(network: "Network") -> None:
    names = {node.id: node.name for node in network.nodes}
    head = _TIE_HEADS[network.kind]
    rows = (
        (names[tie.source], names[tie.target], f"{tie.weight:,}", " ".join(tie.kinds), "；".join(tie.activities))
        for tie in network.edges
    )
    print_table(head, (row[: len(head)] for row in rows), numbers=("weight",))
    _say_more(network)


def _member(member: "Member") -> tuple[str, ...]:
    figures = f"{member.betweenness:.3f}", f"{member.pagerank:.3f}", str(member.community)
    return member.name, member.region or "-", f"{member.degree:,}", f"{member.weight:,}", *figures


def _say_more(network: "Network") -> None:
    say(
        f"{len(network.nodes):,} of {numbered(network.total_nodes, 'member')}, "
        f"{len(network.edges):,} of {numbered(network.total_edges, 'pair')}"
    )
    brokers = "、".join(one.name for one in network.brokers)
    if brokers:
        estimated = " (estimated)" if network.is_sampled else ""
        say(f"{numbered(network.communities, 'community', 'communities')}; brokers{estimated}: {brokers}")
