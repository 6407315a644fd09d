"""`review`: what is open, and what somebody decided about it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from graph.errors import RefusedInput
from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_table, progress, say
from policygraph.cli.options import LimitOption, StoreOption, store_url
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.queries.pages import Page
    from graph.review.decisions import Recorded
    from graph.review.doubt import Open
    from graph.store import Store

_ALL = 1_000_000_000
_WAIT_S = 10.0
_SHOWN = ("doubt", "kind", "name", "reasons", "id")

ByOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides (default: POLICYGRAPH_REVIEWER, else the login)."),
]
NoteOption: TypeAlias = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in your words.")]
Facts: TypeAlias = Annotated[list[str], typer.Argument(metavar="FACT...", help="Ids of nodes or edges, or names.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Confirm, reject, correct and merge facts; take decisions back.")
    examples = (
        (list_open, "list", "review list --kind Goal --xlsx review.xlsx"),
        (apply, "apply", "review apply review.xlsx --by 王"),
        (confirm, "confirm", "review confirm goal:3f2a"),
        (reject, "reject", "review reject edge:77b1 --note 只是举例"),
        (correct, "correct", "review correct goal:3f2a --set year=2027 --set unit=万人"),
        (merge, "merge", "review merge 海棠职院 海棠职业技术学院"),
        (split, "split", "review split organization:9c01"),
        (list_decisions, "decisions", "review decisions --fact goal:3f2a"),
        (list_detached, "detached", "review detached"),
        (withdraw, "withdraw", "review withdraw batch:5d20"),
    )
    for command, name, example in examples:
        group.command(name, epilog=f"Example: policygraph {example}")(command)
    app.add_typer(group, name="review")


def list_open(
    store: StoreOption = None,
    policy: Annotated[str | None, typer.Option(metavar="TEXT", help="Id or title of a policy.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Class or relation; may be given again.")
    ] = None,
    rule: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="What made it; may be given again.")] = None,
    limit: LimitOption = 20,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """List what nobody has judged, most doubtful first.

    A CSV or worksheet of it has columns to fill in, and is what `review apply` reads.
    """
    from graph.review.doubt import open_facts
    from policygraph.stores import open_store

    form = Form(json, csv, xlsx)
    with open_store(store_url(store), create=False) as opened:
        asked = _fact(opened, policy, labels=("Policy",)) if policy else None
        page = open_facts(
            opened, policy=asked, kinds=kind or (), rules=rule or (), limit=_ALL if form.is_file else limit
        )
    _print_open(page, form)


def _print_open(page: "Page[Open]", form: Form) -> None:
    from api.forms.review import OPEN_COLUMNS, OpenModel, open_row
    from api.models import PageModel

    if form.is_file:
        form.write("review", lambda: (OPEN_COLUMNS, map(open_row, page.items)))
        return
    if form.json:
        print_answer(PageModel[OpenModel], page)
        return
    rows = ((f"{one.doubt:.2f}", one.kind, one.name, "; ".join(one.reasons), one.id) for one in page.items)
    print_table(_SHOWN, rows, numbers=("doubt",))
    say(f"{len(page.items):,} of {'' if page.exact else 'more than '}{numbered(page.total, 'open fact')}")


def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table of decisions, .csv or .xlsx.")],
    store: StoreOption = None,
    by: ByOption = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Record what is right even if rows are faulty.")
    ] = False,
) -> None:
    """Record the decisions of a table, as `review list --csv` makes it.

    Rows without verdict and tags are left alone. A row that can't be taken is named with its number; then nothing is
    recorded unless --keep-going is given.
    """
    from graph.review.recording import record_all
    from policygraph.review_sheet import lost, plan, read_review
    from policygraph.reviewers import reviewer
    from policygraph.stores import open_store

    sheets = read_review(file)
    with open_store(store_url(store), create=False, timeout_s=_WAIT_S) as opened:
        planned = plan(opened, sheets, by=reviewer(by), name=file.name)
        for fault in planned.faults:
            say(f"faulty: {fault}")
        faulty = numbered(len(planned.faults), "faulty row")
        if planned.faults and not keep_going:
            raise RefusedInput(f"{file}: {faulty}, nothing was recorded; mend the table, or give --keep-going")
        with progress("Recording") as show:
            made = record_all(opened, planned.decisions, on_record=show)
    for line in lost(made):
        say(line)
    say(
        f"recorded: {numbered(len(made), 'decision')}"
        + (f", {planned.repeated:,} were there" if planned.repeated else "")
    )
    if planned.faults:
        raise typer.Exit(1)


def confirm(facts: Facts, store: StoreOption = None, by: ByOption = None, note: NoteOption = "") -> None:
    """Say that facts are right."""
    decide_all("confirm", facts, store, by=by, note=note)


def reject(facts: Facts, store: StoreOption = None, by: ByOption = None, note: NoteOption = "") -> None:
    """Say that facts are wrong; answers no longer show them."""
    decide_all("reject", facts, store, by=by, note=note)


def correct(
    fact: Annotated[str, typer.Argument(metavar="FACT", help="Id of a node or edge, or a name.")],
    values: Annotated[
        list[str], typer.Option("--set", metavar="PROPERTY=VALUE", help="What is right; may be given again.")
    ],
    store: StoreOption = None,
    by: ByOption = None,
    note: NoteOption = "",
) -> None:
    """Say what the values of a fact are; its id stays."""
    pairs = [value.partition("=") for value in values]
    if any(not (divider and name.strip()) for name, divider, _ in pairs):
        raise typer.BadParameter("write PROPERTY=VALUE, for instance year=2027", param_hint="--set")
    changes = {name.strip(): value.strip() for name, _, value in pairs}
    decide_all("correct", [fact], store, by=by, note=note, changes=changes)


def merge(
    node: Annotated[str, typer.Argument(metavar="NODE", help="Id or name of the node that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Id or name of the node that is left.")],
    store: StoreOption = None,
    by: ByOption = None,
    note: NoteOption = "",
) -> None:
    """Say that two nodes are one.

    Names, evidence and edges of the first go to the second, and its id leads there.
    """
    decide_all("merge", [node], store, by=by, note=note, into=into)


def split(
    node: Annotated[str, typer.Argument(metavar="NODE", help="Id that the merged node had.")], store: StoreOption = None
) -> None:
    """Undo a merge."""
    from graph.review.recording import split as undo
    from policygraph.stores import open_store

    with open_store(store_url(store), create=False, timeout_s=_WAIT_S) as opened:
        _say_withdrawn(undo(opened, node))


def withdraw(
    decisions: Annotated[
        list[str], typer.Argument(metavar="DECISION...", help="Ids, as `review decisions` lists them.")
    ],
    store: StoreOption = None,
) -> None:
    """Take decisions back; the graph is as if they had never been made."""
    from graph.review.recording import withdraw as take_back
    from policygraph.stores import open_store

    with open_store(store_url(store), create=False, timeout_s=_WAIT_S) as opened:
        for decision in decisions:
            _say_withdrawn(take_back(opened, decision))


def list_decisions(
    store: StoreOption = None,
    fact: Annotated[str | None, typer.Option(metavar="ID", help="Id of a node or edge.")] = None,
    verdict: Annotated[list[str] | None, typer.Option(metavar="WORD", help="Verdict; may be given again.")] = None,
    limit: LimitOption = 50,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """List what was decided, the latest first."""
    from graph.review.decisions import Verdict

    known = [word.value for word in Verdict]
    for word in verdict or ():
        if word not in known:
            raise typer.BadParameter(f"“{word}” is none of {', '.join(known)}", param_hint="--verdict")
    _list(store, Form(json, csv, xlsx), fact=fact, verdicts=[Verdict(word) for word in verdict or ()], limit=limit)


def list_detached(
    store: StoreOption = None,
    limit: LimitOption = 50,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """List decisions whose fact is not there now, and why; they attach again when it comes back."""
    _list(store, Form(json, csv, xlsx), is_detached=True, limit=limit)


def _list(store: str | None, form: Form, *, limit: int, **asked: Any) -> None:
    from api.forms.review import DECISION_COLUMNS, DecisionModel, decision_row
    from api.models import PageModel
    from graph.review.listing import decisions
    from policygraph.stores import open_store

    with open_store(store_url(store), create=False) as opened:
        page = decisions(opened, limit=_ALL if form.is_file else limit, **asked)
    if form.is_file:
        form.write("decisions", lambda: (DECISION_COLUMNS, map(decision_row, page.items)))
        return
    if form.json:
        print_answer(PageModel[DecisionModel], page)
        return
    head = ("at", "by", "verdict", "fact", "says", "attached", "id")
    print_table(head, (_decision_row(one) for one in page.items))
    say(f"{len(page.items):,} of {numbered(page.total, 'decision')}")


def _decision_row(one: "Recorded") -> Sequence[str]:
    from api.forms.review import changes_text

    made = one.decision
    into = f"into {made.into.name}" if made.into else ""
    says = "; ".join(filter(None, (changes_text(made.changes), into, *made.tags, made.note)))
    attached = one.attached or f"detached: {one.why}"
    return made.at[:19], made.by, made.verdict, f"{made.fact.kind} {made.fact.name}", says, attached, one.id


def decide_all(
    verdict: str,
    facts: Iterable[str],
    store: str | None,
    *,
    by: str | None,
    note: str,
    into: str | None = None,
    **more: Any,
) -> None:
    """Check what is decided of all the facts, then record it."""
    from graph.review.deciding import decide
    from graph.review.decisions import Verdict
    from graph.review.recording import record
    from policygraph.reviewers import reviewer
    from policygraph.stores import open_store

    who = reviewer(by)
    with open_store(store_url(store), create=False, timeout_s=_WAIT_S) as opened:
        left = _fact(opened, into) if into else None
        wanted = [
            decide(opened, Verdict(verdict), _fact(opened, fact), by=who, note=note, into=left, **more)
            for fact in facts
        ]
        for decision in wanted:
            say_recorded(record(opened, decision))


def say_recorded(one: "Recorded") -> None:
    """A line on what was recorded, with the id by which it is taken back."""
    made = one.decision
    effect = "" if one.attached else f"; it has no effect: {one.why}"
    say(
        f"{made.verdict}: {made.fact.kind} {made.fact.name} ({one.attached or made.fact.id}), decision {one.id}{effect}"
    )


def _say_withdrawn(one: "Recorded") -> None:
    say(f"withdrawn: {one.decision.verdict} {one.decision.fact.kind} {one.decision.fact.name} by {one.decision.by}")


def _fact(store: "Store", wanted: str, *, labels: Sequence[str] | None = None) -> str:
    """The id of a fact by its id, or of a node by its name; old ids of merged nodes too."""
    from graph.queries.find import find_node
    from graph.review.decisions import is_edge_id
    from graph.review.listing import survivors
    from graph.review.shown import Shown, shown

    if is_edge_id(wanted):
        return wanted
    return survivors(store).get(wanted) or find_node(shown(store, Shown.ALL), wanted, labels=labels).id
