"""How two nodes hang together."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.paths import PathPageModel, PathParameters, path_table
from api.parameters import MOST_ROWS, Answer
from graph.queries.paths import paths

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 20


@router.get(
    "/paths",
    summary="How two nodes hang together, hop by hop",
    response_model=PathPageModel,
    responses=problems(404, 409, 410, media=CSV),
)
def read_paths(store: AskedStore, parameters: Annotated[PathParameters, Query()]) -> object:
    """All shortest paths between two nodes, with the evidence of every hop; edges are read either way.

    A table has at most 500 paths, a row for each edge; the header `Policygraph-Truncated` says whether there are more.
    """
    is_table = parameters.as_ is Answer.CSV
    limit = parameters.limit or (MOST_ROWS if is_table else _ROWS)
    page = paths(store, parameters.from_, parameters.to, parameters.query(), limit=limit, cursor=parameters.cursor)
    if is_table:
        is_cut = page.is_cut or (parameters.is_whole_table and page.next is not None)
        return csv_answer("paths", *path_table(page), fields=parameters.fields, is_cut=is_cut)
    return answer(PathPageModel, page, fields=parameters.fields)
