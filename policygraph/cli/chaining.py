"""`chains`: which measure serves which goal, who carries it out, and the sentence behind every hop."""

from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, say
from policygraph.cli.options import (
    ACTORS,
    CLOSENESSES,
    COMPARATORS,
    GAPS,
    GROUPS,
    KINDS,
    LEVELS,
    ROLES,
    RejectedOption,
    RowsOption,
    StoreOption,
    one_of,
    query_of,
    store_url,
    texts,
)
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.chain_rows import Chain, ChainQuery
    from graph.store import Store

_LIMIT = 50
_ALL = 1_000_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph chains --region 云州市 --indicator 双师型 --xlsx chains.xlsx")(chains)


def chains(
    store: StoreOption = None,
    policy: Annotated[list[str] | None, texts("Id or title of a policy")] = None,
    goal: Annotated[list[str] | None, texts("Id or name of a goal")] = None,
    measure: Annotated[list[str] | None, texts("Id or title of a measure")] = None,
    actor: Annotated[list[str] | None, texts("Id or name of an actor")] = None,
    region: Annotated[list[str] | None, texts("Place that the policy is for")] = None,
    issuer: Annotated[list[str] | None, texts("Issuer of the policy")] = None,
    indicator: Annotated[list[str] | None, texts("Part of the goal's indicator")] = None,
    unit: Annotated[list[str] | None, texts("Unit of the goal")] = None,
    tag: Annotated[list[str] | None, texts("Tag of any node of the row")] = None,
    comparator: Annotated[list[str] | None, one_of(COMPARATORS, "How the goal's value is meant")] = None,
    year_from: Annotated[int | None, typer.Option(metavar="YEAR", help="First year of the goal.")] = None,
    year_to: Annotated[int | None, typer.Option(metavar="YEAR", help="Last year of the goal.")] = None,
    role: Annotated[list[str] | None, one_of(ROLES, "Role of the actor")] = None,
    closeness: Annotated[list[str] | None, one_of(CLOSENESSES, "How near actor and goal stand")] = None,
    gaps: Annotated[list[str] | None, one_of(GAPS, "Only rows where this is missing")] = None,
    policy_kind: Annotated[list[str] | None, one_of(KINDS, "Kind of the policy")] = None,
    policy_level: Annotated[list[str] | None, one_of(LEVELS, "Level of the policy")] = None,
    actors: Annotated[str, one_of(ACTORS, "Those who act, or also beneficiaries", is_repeatable=False)] = "acting",
    parts: Annotated[bool, typer.Option("--parts", help="A measure stands for those below it too.")] = False,
    group: Annotated[str | None, one_of(GROUPS, "Count the chains by this instead", is_repeatable=False)] = None,
    limit: RowsOption = _LIMIT,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """List chains of policy, goal, measure and actor.

    Those whose actor stands nearest to the goal in the text come first. In files each cell has its quote,
    section and document beside it.
    """
    from graph.queries.chain_rows import ChainQuery
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    query = query_of(
        ChainQuery,
        policy=policy,
        goal=goal,
        measure=measure,
        actor=actor,
        region=region,
        issuer=issuer,
        indicator=indicator,
        unit=unit,
        tags=tag,
        comparator=comparator,
        year_from=year_from,
        year_to=year_to,
        role=role,
        closeness=closeness,
        gaps=gaps,
        policy_kind=policy_kind,
        policy_level=policy_level,
        actors=actors,
        parts=parts,
    )
    with open_asked(store_url(store), rejected=rejected) as opened:
        if group:
            _count(opened, query, form, by=group, limit=limit)
        elif form.is_file:
            _write(opened, query, form)
        else:
            _print(opened, query, limit=limit, as_json=json)


def _write(store: "Store", query: "ChainQuery", form: Form) -> None:
    from graph.queries.chain_table import chain_table
    from graph.queries.chains import iter_chains

    form.write("chains", lambda: chain_table(iter_chains(store, query)))


def _count(store: "Store", query: "ChainQuery", form: Form, *, by: str, limit: int) -> None:
    from api.forms.chain_groups import GROUP_COLUMNS, ChainGroupModel, group_row
    from graph.queries.chain_groups import GroupBy, chain_groups

    page = chain_groups(store, GroupBy(by), query, limit=_ALL if form.is_file else limit)
    rows = [group_row(group) for group in page.items]
    if form.is_file:
        form.write("chains", lambda: (GROUP_COLUMNS, rows))
    elif form.json:
        from api.models import PageModel

        print_answer(PageModel[ChainGroupModel], page)
    else:
        shown = (["-" if cell is None else str(cell) for cell in row[:-1]] for row in rows)
        print_table(GROUP_COLUMNS[:-1], shown, numbers=GROUP_COLUMNS[2:])
        say(f"{len(rows):,} of {numbered(page.total, 'group')}")


def _print(store: "Store", query: "ChainQuery", *, limit: int, as_json: bool) -> None:
    from graph.queries.chains import chains as find

    page = find(store, query, limit=limit)
    if as_json:
        from api.models import ChainPageModel

        print_answer(ChainPageModel, page)
        return
    print_table(("closeness", "policy", "goal", "measure", "actor"), (_row(chain) for chain in page.items))
    counts = page.counts
    nodes = (
        numbered(counts.policies, "policy", "policies"),
        numbered(counts.goals, "goal"),
        numbered(counts.measures, "measure"),
        numbered(counts.actors, "actor"),
    )
    least = "" if counts.exact else "at least "
    say(f"{len(page.items):,} of {least}{numbered(counts.rows, 'chain')}: {', '.join(nodes)}")


def _row(chain: "Chain") -> tuple[str, ...]:
    return (
        str(chain.closeness or ""),
        chain.policy.name,
        chain.goal.name if chain.goal else "-",
        _measure(chain),
        _actor(chain),
    )


def _measure(chain: "Chain") -> str:
    """The measure, and where it stands for it the one that was asked for."""
    if chain.measure is None:
        return "-"
    return f"{chain.measure.name} (part of {chain.under.name})" if chain.under else chain.measure.name


def _actor(chain: "Chain") -> str:
    """Who acts, as what, and at which measure if that is another one than the row's."""
    if chain.actor is None:
        return "-"
    as_what = "implied" if chain.implied else str(chain.role)
    return f"{chain.actor.name} ({as_what}{f', at {chain.via.name}' if chain.via else ''})"
