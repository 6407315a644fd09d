"""Chains of policy, goal, measure and actor."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.chain_groups import GROUP_COLUMNS, ChainGroupModel, ChainGroupParameters, group_row
from api.models import ChainPageModel, PageModel
from api.parameters import MOST_ROWS, Answer, ChainParameters
from api.pending import PENDING, WAIT_S
from graph.queries.chain_groups import chain_groups
from graph.queries.chain_table import chain_table
from graph.queries.chains import chains, iter_chains

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])
_ROWS = 50


@router.get(
    "/chains",
    summary="Policy, goal, measure and actor, row by row",
    response_model=ChainPageModel,
    responses=problems(404, 409, media=CSV),
)
def read_chains(store: AskedStore, parameters: Annotated[ChainParameters, Query()]) -> object:
    """Which measure serves which goal, and who carries it out: a row for each policy, goal, measure and actor.

    The nearest first: rows whose actor and goal stand in one sentence, then in one passage, then in one measure, then
    in a measure above or below. What is missing is an empty cell (`gap`).
    """
    query = parameters.query()
    if parameters.is_whole_table:
        return csv_answer("chains", *chain_table(iter_chains(store, query)), fields=parameters.fields)
    page = chains(store, query, limit=parameters.limit or _ROWS, cursor=parameters.cursor)
    if parameters.as_ is Answer.CSV:
        return csv_answer("chains", *chain_table(page.items), fields=parameters.fields)
    return answer(ChainPageModel, page, fields=parameters.fields)


@router.get(
    "/chains/groups",
    summary="Chains counted by policy, place or actor",
    response_model=PageModel[ChainGroupModel],
    responses={**problems(404, 409, 410, media=CSV), **PENDING},
)
def read_chain_groups(store: AskedStore, parameters: Annotated[ChainGroupParameters, Query()]) -> object:
    """How many chains, goals, measures and actors there are by policy, place or actor, the most chains first.

    Of a large graph the answer is 202 while it is being made. A table has at most 500 groups; the header
    `Policygraph-Truncated` says whether there are more.
    """
    is_table = parameters.as_ is Answer.CSV
    page = chain_groups(
        store,
        parameters.by,
        parameters.query(),
        limit=parameters.limit or (MOST_ROWS if is_table else _ROWS),
        cursor=parameters.cursor,
        wait_s=WAIT_S,
    )
    if is_table:
        rows, is_cut = map(group_row, page.items), parameters.is_whole_table and page.next is not None
        return csv_answer("chain-groups", GROUP_COLUMNS, rows, fields=parameters.fields, is_cut=is_cut)
    return answer(PageModel[ChainGroupModel], page, fields=parameters.fields)
