"""Chains of policy, goal, measure and actor."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.csv_answers import csv_answer
from api.dependencies import CSV, KNOWN_ONLY, PREFIX, OpenStore, problems
from api.models import ChainPageModel
from api.parameters import Answer, ChainParameters
from graph.queries.chain_table import chain_table
from graph.queries.chains import chains, iter_chains

router = APIRouter(prefix=PREFIX, dependencies=KNOWN_ONLY, tags=["questions"])
_ROWS = 50


@router.get(
    "/chains",
    summary="Policy, goal, measure and actor, row by row",
    response_model=ChainPageModel,
    responses=problems(404, 409, media=CSV),
)
def read_chains(store: OpenStore, parameters: Annotated[ChainParameters, Query()]) -> object:
    """Which measure serves which goal, and who carries it out: a row for each policy, goal, measure and actor.

    The nearest first: rows whose actor and goal stand in one sentence, then in one passage, then in one measure, then
    in a measure above or below. What is missing is an empty cell (`gap`).
    """
    if parameters.is_whole_table:
        return csv_answer("chains", *chain_table(iter_chains(store, parameters.query())))
    page = chains(store, parameters.query(), limit=parameters.limit or _ROWS, cursor=parameters.cursor)
    if parameters.as_ is Answer.CSV:
        return csv_answer("chains", *chain_table(page.items))
    return ChainPageModel.model_validate(page)
