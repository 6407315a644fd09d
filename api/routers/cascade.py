"""What stands above and below a policy."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.cascade import CascadeModel, CascadeParameters
from api.parameters import LONGEST_TEXT, Answer
from graph.queries.cascade import cascade, iter_cascade
from graph.queries.cascade_table import cascade_table

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 50


@router.get(
    "/cascade/{policy}",
    summary="The policies above and below a policy, and how their goals align",
    response_model=CascadeModel,
    responses=problems(404, 409, media=CSV),
)
def read_cascade(
    store: AskedStore,
    policy: Annotated[str, Path(max_length=LONGEST_TEXT, description="id or name of a policy")],
    parameters: Annotated[CascadeParameters, Query()],
) -> object:
    """The policies above and below a policy (BASED_ON), each at its level, and how goals of one indicator align.

    Rows are goals with the goal above them, goals above that were not taken up, and goals that are new; `steps` are
    the policies, also those that are cited and not loaded.
    """
    query = parameters.query(policy)
    page = cascade(store, query, limit=parameters.limit or _ROWS, cursor=parameters.cursor)
    if parameters.as_ is Answer.CSV:
        rows = iter_cascade(store, query) if parameters.is_whole_table else page.items
        return csv_answer("cascade", *cascade_table(rows), fields=parameters.fields, is_cut=page.truncated)
    return answer(CascadeModel, page, fields=parameters.fields)
