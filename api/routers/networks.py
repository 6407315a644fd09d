"""Networks of who works with whom."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.csv_answers import csv_answer
from api.dependencies import CSV, KNOWN_ONLY, PREFIX, OpenStore, problems
from api.models import NetworkModel
from api.parameters import Answer, PartnershipParameters
from api.tables import TIE_COLUMNS, tie_rows
from graph.queries.networks import partnership

router = APIRouter(prefix=PREFIX, dependencies=KNOWN_ONLY, tags=["questions"])


@router.get(
    "/networks/partnership",
    summary="Who works with whom",
    response_model=NetworkModel,
    responses=problems(404, 409, media=CSV),
)
def read_partnership(store: OpenStore, parameters: Annotated[PartnershipParameters, Query()]) -> object:
    """Who works with whom: one tie a pair, weighed by the number of distinct sentences behind it."""
    network = partnership(store, parameters.query(), limit=parameters.limit)
    if parameters.as_ is Answer.CSV:
        return csv_answer("partnership", TIE_COLUMNS, tie_rows(network))
    return NetworkModel.model_validate(network)
