"""`cascade`, `compare`, `progress`: goals beside those above them, beside each other, and beside what was reported."""

from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, say
from policygraph.cli.options import RejectedOption, RowsOption, StoreOption, one_of, query_of, store_url, texts
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.cascade_rows import Alignment, Cascade
    from graph.queries.cells import Cell
    from graph.queries.compare_rows import Amount, CompareCell, Comparison
    from graph.queries.progress_rows import ProgressRow

# Spelled out here, since importing the queries would double the time that `--help` takes; a test holds them equal.
FINDINGS = ("aligned", "not_taken_up", "new", "without_parent")
VALUE_AXIS = ("same", "tighter", "looser", "not_comparable")
YEAR_AXIS = ("same", "earlier", "later")
STATUSES = ("reached", "on_the_way", "behind", "no_figure", "not_comparable")

_LIMIT = 50


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph cascade 云州市职业教育高质量发展实施方案 --finding not_taken_up")(cascade)
    app.command(epilog="Example: policygraph compare --region 云州市 --region 青屿市 --xlsx compare.xlsx")(compare)
    app.command(epilog="Example: policygraph progress --issuer 海棠职业技术学院 --status behind")(progress)


def cascade(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Id or title of a policy.")],
    store: StoreOption = None,
    finding: Annotated[list[str] | None, one_of(FINDINGS, "Only rows that say this of a goal")] = None,
    value: Annotated[list[str] | None, one_of(VALUE_AXIS, "By value beside the goal above")] = None,
    year: Annotated[list[str] | None, one_of(YEAR_AXIS, "By year beside the goal above")] = None,
    indicator: Annotated[list[str] | None, texts("Part of the indicator's name")] = None,
    tag: Annotated[list[str] | None, texts("Tag of a node of the row")] = None,
    depth: Annotated[int, typer.Option(min=1, max=10, help="Most steps up and down.")] = 10,
    policies: Annotated[int, typer.Option(min=1, max=500, help="Most policies each way, the nearest first.")] = 10,
    limit: RowsOption = _LIMIT,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Show the policies above and below a policy, and how their goals align.

    Goals of one indicator are held against each other by value and by year. Goals above that were not taken up, and
    goals that are new, are rows of their own; policies that are only cited are listed.
    """
    from graph.queries.cascade import cascade as find
    from graph.queries.cascade import iter_cascade
    from graph.queries.cascade_rows import CascadeQuery
    from graph.queries.cascade_table import cascade_table
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    query = query_of(
        CascadeQuery,
        policy=policy,
        findings=finding,
        values=value,
        years=year,
        indicator=indicator,
        tags=tag,
        depth=depth,
        policies=policies,
    )
    with open_asked(store_url(store), rejected=rejected) as opened:
        if form.is_file:
            form.write("cascade", lambda: cascade_table(iter_cascade(opened, query)))
            return
        page = find(opened, query, limit=limit)
    if json:
        from api.forms.cascade import CascadeModel

        print_answer(CascadeModel, page)
    else:
        _print_cascade(page)


def compare(
    store: StoreOption = None,
    policy: Annotated[list[str] | None, texts("Id or title of a policy to compare")] = None,
    region: Annotated[list[str] | None, texts("Place whose policies to compare")] = None,
    issuer: Annotated[list[str] | None, texts("Issuer whose policies to compare")] = None,
    indicator: Annotated[list[str] | None, texts("Part of the indicator's name")] = None,
    tag: Annotated[list[str] | None, texts("Tag of a node of the row")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Year of the figures (default: the latest).")] = None,
    min_columns: Annotated[int, typer.Option(min=1, max=20, help="Columns that must have a figure.")] = 2,
    limit: RowsOption = _LIMIT,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Compare the targets and figures of policies, places or issuers.

    Each policy, region and issuer is a column. Units are brought to one base. In files each figure is a row, with its
    quote, section and document.
    """
    from graph.queries.compare import compare as find
    from graph.queries.compare import iter_compare
    from graph.queries.compare_rows import CompareQuery
    from graph.queries.compare_table import compare_table
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    query = query_of(
        CompareQuery,
        policy=policy,
        region=region,
        issuer=issuer,
        indicator=indicator,
        tags=tag,
        year=year,
        min_columns=min_columns,
    )
    with open_asked(store_url(store), rejected=rejected) as opened:
        if form.is_file:
            form.write("compare", lambda: compare_table(iter_compare(opened, query)))
            return
        page = find(opened, query, limit=limit)
    if json:
        from api.forms.compare import ComparePageModel

        print_answer(ComparePageModel, page)
        return
    print_table(("indicator", *(column.name for column in page.columns)), map(_compared, page.items))
    say(f"{len(page.items):,} of {numbered(page.total, 'indicator')}")
    _say_if_cut(page.truncated)


def progress(
    store: StoreOption = None,
    policy: Annotated[list[str] | None, texts("Id or title of a policy that sets the goals")] = None,
    region: Annotated[list[str] | None, texts("Place that the policy binds")] = None,
    issuer: Annotated[list[str] | None, texts("Issuer of the policy")] = None,
    report: Annotated[list[str] | None, texts("Id or title of a report that has the figures")] = None,
    indicator: Annotated[list[str] | None, texts("Part of the indicator's name")] = None,
    tag: Annotated[list[str] | None, texts("Tag of a node of the row")] = None,
    status: Annotated[list[str] | None, one_of(STATUSES, "What became of the goal")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Year of the figures (default: the latest).")] = None,
    limit: RowsOption = _LIMIT,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Hold goals against reported figures.

    Figures are of the same indicator and subject. The share of the way is (figure - baseline) / (target - baseline),
    or figure / target without a baseline. What is not reached is on the way if it keeps up with the straight path.
    """
    from graph.queries.progress import iter_progress
    from graph.queries.progress import progress as find
    from graph.queries.progress_rows import ProgressQuery
    from graph.queries.progress_table import progress_table
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    query = query_of(
        ProgressQuery,
        policy=policy,
        region=region,
        issuer=issuer,
        report=report,
        indicator=indicator,
        tags=tag,
        statuses=status,
        year=year,
    )
    with open_asked(store_url(store), rejected=rejected) as opened:
        if form.is_file:
            form.write("progress", lambda: progress_table(iter_progress(opened, query)))
            return
        page = find(opened, query, limit=limit)
    if json:
        from api.forms.progress import ProgressPageModel

        print_answer(ProgressPageModel, page)
        return
    head = ("status", "share", "policy", "goal", "figure", "remarks")
    print_table(head, map(_progressed, page.items), numbers=("share",))
    counts = page.counts
    words = (
        f"{counts.reached:,} reached, {counts.on_the_way:,} on the way, {counts.behind:,} behind, "
        f"{counts.no_figure:,} without a figure, {counts.not_comparable:,} not comparable"
    )
    say(f"{len(page.items):,} of {numbered(page.total, 'row')}: {words}")
    _say_if_cut(page.truncated)


def _print_cascade(page: "Cascade") -> None:
    steps = [("-", "0", str(page.level or "-"), page.policy.name, "-")]
    steps += [
        (
            str(step.place),
            str(step.distance),
            str(step.level or "-"),
            step.policy.name,
            "yes" if step.is_loaded else "no",
        )
        for step in page.steps
    ]
    print_table(("place", "steps", "level", "policy", "loaded"), steps, numbers=("steps",))
    rows = (_aligned(row, page.policy.id) for row in page.items)
    print_table(("finding", "indicator", "goal", "goal above", "value", "year"), rows)
    counts = page.counts
    words = (
        f"{counts.aligned:,} aligned, {counts.not_taken_up:,} not taken up, {counts.new:,} new, "
        f"{counts.without_parent:,} without a policy above to look in"
    )
    say(f"{len(page.items):,} of {numbered(page.total, 'row')}: {words}")
    _say_if_cut(page.truncated)


def _aligned(row: "Alignment", asked: str) -> tuple[str, ...]:
    """A row of a cascade; goals of other policies than the one that was asked for stand with theirs."""
    from graph.queries.alignment import MEANING

    value = str(row.value or "")
    if row.share is not None:
        value += f" ({row.share:.1%} of the amount above)"
    elif row.remarks:
        value += f" ({'; '.join(MEANING[remark] for remark in row.remarks)})"
    goals = _set_by(row.goal, row.policy, asked), _set_by(row.goal_above, row.policy_above, asked)
    return str(row.finding), _name(row.indicator), *goals, value, str(row.year or "")


def _set_by(goal: "Cell | None", policy: "Cell | None", asked: str) -> str:
    return f"{_name(goal)} ({policy.name})" if goal and policy and policy.id != asked else _name(goal)


def _compared(row: "Comparison") -> tuple[str, ...]:
    from graph.queries.alignment import MEANING

    remarks = f" ({'; '.join(MEANING[remark] for remark in row.remarks)})" if row.remarks else ""
    return f"{row.indicator.name}{remarks}", *(_figures(cell) if cell else "-" for cell in row.cells)


def _figures(cell: "CompareCell") -> str:
    """The figures of a cell as they are stated, targets first; where they disagree, with who says so."""
    targets = [_stated(amount, has_source=cell.disagree) for amount in cell.targets]
    seen = [f"reported: {_stated(amount, has_source=cell.disagree)}" for amount in cell.observations]
    totals = (cell.targets_total - len(targets), "target"), (cell.observations_total - len(seen), "figure")
    more = [f"and {numbered(number, noun)} more" for number, noun in totals if number]
    return "\n".join([*targets, *seen, *more])


def _stated(amount: "Amount", *, has_source: bool) -> str:
    """A figure as it is stated, and by which document (the policy where a table states it)."""
    if not has_source:
        return amount.figure.name
    evidence = amount.figure.evidence
    return f"{amount.figure.name} ({evidence[0].document_title if evidence else amount.policy.name})"


def _progressed(row: "ProgressRow") -> tuple[str, ...]:
    from graph.queries.alignment import MEANING

    share = f"{row.share:.1%}" if row.share is not None else "-"
    remarks = "; ".join(MEANING[remark] for remark in row.remarks)
    return str(row.status), share, row.policy.name, row.goal.name, _name(row.observation), remarks


def _name(cell: "Cell | None") -> str:
    return cell.name if cell else "-"


def _say_if_cut(is_cut: bool) -> None:
    if is_cut:
        say("there are more policies or figures than were looked at; ask for fewer with a filter")
