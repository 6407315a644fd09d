"""What is open, and what people decide about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, KNOWN_ONLY, PREFIX, FactId, OpenStore, problems
from api.forms.review import (
    DECISION_COLUMNS,
    OPEN_COLUMNS,
    DecisionGiven,
    DecisionModel,
    DecisionParameters,
    OpenModel,
    OpenParameters,
    decision_row,
    open_row,
)
from api.models import PageModel
from api.paging import table_of
from api.parameters import ListParameters
from api.security import writable
from graph.queries.pages import Page
from graph.review.deciding import decide
from graph.review.decisions import Recorded, Verdict
from graph.review.doubt import Open, open_facts
from graph.review.listing import decisions
from graph.review.recording import record, withdraw
from graph.store import Store

router = APIRouter(prefix=PREFIX, dependencies=KNOWN_ONLY, tags=["review"])
_ROWS = 50


@router.get(
    "/review",
    summary="What nobody has judged, most doubtful first",
    response_model=PageModel[OpenModel],
    responses=problems(404, media=CSV),
)
def read_open(store: OpenStore, parameters: Annotated[OpenParameters, Query()]) -> object:
    """Facts that nobody has judged, most doubtful first; the table is the one that `policygraph review apply` reads."""

    def fetch(limit: int, cursor: str | None) -> Page[Open]:
        asked = {"policy": parameters.policy, "kinds": parameters.kind, "rules": parameters.rule}
        return open_facts(store, **asked, limit=limit, cursor=cursor)  # type: ignore[arg-type]

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        rows, is_cut = map(open_row, table.rows), not table.first.exact
        return csv_answer("review", OPEN_COLUMNS, rows, fields=parameters.fields, is_cut=is_cut)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(PageModel[OpenModel], page, fields=parameters.fields)


@router.get(
    "/review/decisions",
    summary="What was decided, the latest first",
    response_model=PageModel[DecisionModel],
    responses=problems(media=CSV),
)
def read_decisions(store: OpenStore, parameters: Annotated[DecisionParameters, Query()]) -> object:
    """Decisions, the latest first: about one fact (by its id then or now), or of some verdicts."""
    return _decisions(store, parameters, fact=parameters.fact, verdicts=parameters.verdict)


@router.get(
    "/review/detached",
    summary="Decisions whose fact is not there",
    response_model=PageModel[DecisionModel],
    responses=problems(media=CSV),
)
def read_detached(store: OpenStore, parameters: Annotated[ListParameters, Query()]) -> object:
    """Decisions that are about nothing in the graph now, and why; they attach again when their fact comes back."""
    return _decisions(store, parameters, is_detached=True)


@router.post(
    "/review",
    summary="Decide about a fact",
    status_code=201,
    responses=problems(401, 403, 404),
    dependencies=[Depends(writable)],
)
def make_decision(store: OpenStore, given: DecisionGiven) -> DecisionModel:
    """Confirm, reject or correct a node or edge, merge a node into another, put tags on a node or take them off."""
    decision = decide(
        store,
        given.verdict,
        given.fact,
        by=given.by,
        changes=given.changes,
        into=given.into,
        tags=given.tags,
        note=given.note,
    )
    return DecisionModel.model_validate(record(store, decision))


@router.delete(
    "/review/{id}",
    summary="Take a decision back",
    responses=problems(401, 403, 404),
    dependencies=[Depends(writable)],
)
def withdraw_decision(store: OpenStore, id: FactId) -> DecisionModel:
    """Take a decision back, which splits what it merged; the graph is as if it had never been made."""
    return DecisionModel.model_validate(withdraw(store, id))


def _decisions(
    store: Store,
    parameters: ListParameters,
    *,
    fact: str | None = None,
    verdicts: tuple[Verdict, ...] = (),
    is_detached: bool | None = None,
) -> object:
    def fetch(limit: int, cursor: str | None) -> Page[Recorded]:
        asked = {"fact": fact, "verdicts": verdicts, "is_detached": is_detached}
        return decisions(store, **asked, limit=limit, cursor=cursor)  # type: ignore[arg-type]

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer("decisions", DECISION_COLUMNS, map(decision_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    items = tuple(DecisionModel.model_validate(one) for one in page.items)
    return answer(PageModel[DecisionModel], Page(items, page.next, page.total), fields=parameters.fields)
