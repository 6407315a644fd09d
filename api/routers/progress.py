"""What became of goals."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.progress import ProgressPageModel, ProgressParameters
from api.parameters import Answer
from graph.queries.progress import iter_progress, progress
from graph.queries.progress_table import progress_table

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 50


@router.get(
    "/progress",
    summary="Goals held against reported figures",
    response_model=ProgressPageModel,
    responses=problems(404, 409, media=CSV),
)
def read_progress(store: AskedStore, parameters: Annotated[ProgressParameters, Query()]) -> object:
    """Goals beside the reported figures of the same indicator and subject: every input, the share of the way, a status.

    The share is (figure − baseline) ÷ (target − baseline), or figure ÷ target without a baseline, turned round where
    less is wanted. What is not reached is on the way if it keeps up with the straight path from baseline to target.
    """
    query = parameters.query()
    page = progress(store, query, limit=parameters.limit or _ROWS, cursor=parameters.cursor)
    if parameters.as_ is Answer.CSV:
        rows = iter_progress(store, query) if parameters.is_whole_table else page.items
        return csv_answer("progress", *progress_table(rows), fields=parameters.fields, is_cut=page.truncated)
    return answer(ProgressPageModel, page, fields=parameters.fields)
