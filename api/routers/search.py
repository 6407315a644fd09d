"""Full-text search."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.models import HitPageModel
from api.paging import table_of
from api.parameters import SearchParameters
from api.tables import HIT_COLUMNS, hit_row
from graph.queries.search import FoundPage, search

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 20


@router.get(
    "/search",
    summary="Names and passages with these words",
    response_model=HitPageModel,
    responses=problems(404, 409, media=CSV),
)
def read_search(store: AskedStore, parameters: Annotated[SearchParameters, Query()]) -> object:
    """What has all words of a text in its name or, for passages, in its text; exact names first."""

    def fetch(limit: int, cursor: str | None) -> FoundPage:
        return search(
            store,
            parameters.q,
            labels=parameters.label,
            filters=parameters.filters(),
            limit=limit,
            cursor=cursor,
            has_facets=parameters.facets,
        )

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        rows, is_cut = map(hit_row, table.rows), isinstance(table.first, FoundPage) and table.first.truncated
        return csv_answer("search", HIT_COLUMNS, rows, fields=parameters.fields, is_cut=is_cut)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(HitPageModel, page, fields=parameters.fields)
