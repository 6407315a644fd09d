"""How two nodes hang together."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, OpenStore, problems
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
def read_paths(store: OpenStore, parameters: Annotated[PathParameters, Query()]) -> object:
    """All shortest paths between two nodes, with the evidence of every hop; edges are read either way.

    A table has at most 500 paths, a row for each edge.
    """
    is_table = parameters.as_ is Answer.CSV
    limit = parameters.limit or (MOST_ROWS if is_table else _ROWS)
    page = paths(store, parameters.from_, parameters.to, parameters.query(), limit=limit, cursor=parameters.cursor)
    return csv_answer("paths", *path_table(page)) if is_table else PathPageModel.model_validate(page)
