"""Indicators of several policies, regions or issuers side by side."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.compare import ComparePageModel, CompareParameters
from api.parameters import Answer
from graph.queries.compare import compare, iter_compare
from graph.queries.compare_table import compare_table

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 50


@router.get(
    "/compare",
    summary="Targets and figures of several policies, regions or issuers side by side",
    response_model=ComparePageModel,
    responses=problems(404, 409, media=CSV),
)
def read_compare(store: AskedStore, parameters: Annotated[CompareParameters, Query()]) -> object:
    """Indicators in rows; policies, regions or issuers in columns; units brought to one base.

    As a table each figure is a row.
    """
    query = parameters.query()
    page = compare(store, query, limit=parameters.limit or _ROWS, cursor=parameters.cursor)
    if parameters.as_ is Answer.CSV:
        shown = ((page.columns, row) for row in page.items)
        rows = iter_compare(store, query) if parameters.is_whole_table else shown
        return csv_answer("compare", *compare_table(rows), fields=parameters.fields, is_cut=page.truncated)
    return answer(ComparePageModel, page, fields=parameters.fields)
