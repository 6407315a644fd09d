"""Nodes, their neighbours, and the evidence of a node or edge."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, AskedStore, FactId, problems
from api.models import CitedEvidence, NeighbourPageModel, NodeDetailModel, PageModel
from api.paging import table_of
from api.parameters import FieldParameters, ListParameters, NeighbourParameters
from api.tables import CITED_COLUMNS, NEIGHBOUR_COLUMNS, cited_row, neighbour_row
from graph.queries.citations import CitedPiece
from graph.queries.evidence import evidence_of
from graph.queries.node import Neighbour, neighbours, node_detail
from graph.queries.pages import Page

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["graph"])
_ROWS = 50


@router.get("/nodes/{id}", summary="A node with its evidence", response_model=NodeDetailModel, responses=problems(404))
def read_node(store: AskedStore, id: FactId, parameters: Annotated[FieldParameters, Query()]) -> object:
    """A node with its first pieces of evidence, and what other sources say otherwise."""
    return answer(NodeDetailModel, node_detail(store, id), fields=parameters.fields)


@router.get(
    "/nodes/{id}/neighbours",
    summary="Edges at a node, with the nodes at their other ends",
    response_model=NeighbourPageModel,
    responses=problems(404, media=CSV),
)
def read_neighbours(store: AskedStore, id: FactId, parameters: Annotated[NeighbourParameters, Query()]) -> object:
    """The edges at a node with the nodes at their other ends, by relation.

    `totals` has the number of edges of each relation, those out of the node and those into it.
    """

    def fetch(limit: int, cursor: str | None) -> Page[Neighbour]:
        return neighbours(store, id, types=parameters.types, direction=parameters.direction, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        rows, is_cut = map(neighbour_row, table.rows), not table.first.exact
        return csv_answer("neighbours", NEIGHBOUR_COLUMNS, rows, fields=parameters.fields, is_cut=is_cut)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(NeighbourPageModel, page, fields=parameters.fields)


@router.get(
    "/evidence/{id}",
    summary="All evidence of a node or edge",
    response_model=PageModel[CitedEvidence],
    responses=problems(404, media=CSV),
)
def read_evidence(store: AskedStore, id: FactId, parameters: Annotated[ListParameters, Query()]) -> object:
    """All evidence of a node or edge, each piece with a citation."""

    def fetch(limit: int, cursor: str | None) -> Page[CitedPiece]:
        return evidence_of(store, id, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer("evidence", CITED_COLUMNS, map(cited_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(PageModel[CitedEvidence], page, fields=parameters.fields)
