"""Networks of who works with whom."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, problems
from api.forms.networks import NetworkModel, NetworkParameters, network_table
from api.parameters import Answer
from api.pending import PENDING, WAIT_S
from graph.queries.network_rows import NetworkKind
from graph.queries.networks import network

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["questions"])


@router.get(
    "/networks/{kind}",
    summary="Who works with whom, who issues with whom, which policy names which",
    response_model=NetworkModel,
    responses={**problems(404, 409, media=CSV), **PENDING},
)
def read_network(
    store: AskedStore,
    kind: Annotated[NetworkKind, Path(description="which network")],
    parameters: Annotated[NetworkParameters, Query()],
) -> object:
    """A network: one tie for each two nodes, with a weight, and the figures of the nodes.

    Of a large graph the answer is 202 while the figures are being made, once for each version of the graph.
    """
    found = network(store, kind, parameters.query(), by=parameters.by, limit=parameters.limit, wait_s=WAIT_S)
    if parameters.as_ is Answer.CSV:
        table = network_table(store, found, parameters.table)
        return csv_answer(kind, *table, fields=parameters.fields, is_cut=found.truncated)
    return answer(NetworkModel, found, fields=parameters.fields)
