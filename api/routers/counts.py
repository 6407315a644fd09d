"""How many there are of what."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.counts import COUNT_COLUMNS, CountModel, CountParameters, count_row
from api.models import PageModel
from api.paging import table_of
from graph.queries.counts import Count, counts
from graph.queries.pages import Page

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["about"])
_ROWS = 500


@router.get(
    "/counts",
    summary="How many nodes or policies there are, by class, level, year or issuer",
    response_model=PageModel[CountModel],
    responses=problems(410, media=CSV),
)
def read_counts(store: AskedStore, parameters: Annotated[CountParameters, Query()]) -> object:
    """How many nodes there are of each class, or policies of each level, year of issue or issuer."""

    def fetch(limit: int, cursor: str | None) -> Page[Count]:
        return counts(store, parameters.by, tags=parameters.tag, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer("counts", COUNT_COLUMNS, map(count_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(PageModel[CountModel], page, fields=parameters.fields)
