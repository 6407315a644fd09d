"""Lists of nodes, and documents with their text."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, PREFIX, QUESTION, FactId, OpenStore, problems
from api.forms.documents import (
    NODE_COLUMNS,
    PASSAGE_COLUMNS,
    DocumentPageModel,
    NodeParameters,
    node_row,
    passage_row,
)
from api.models import CellModel, PageModel
from api.paging import table_of
from api.parameters import ListParameters
from graph.queries.cells import Cell
from graph.queries.documents import DocumentPassage, document_text
from graph.queries.nodes import nodes
from graph.queries.pages import Page
from graph.store import Store

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["graph"])
_ROWS = 50


@router.get(
    "/nodes", summary="The nodes of a class", response_model=PageModel[CellModel], responses=problems(media=CSV)
)
def read_nodes(store: OpenStore, parameters: Annotated[NodeParameters, Query()]) -> object:
    """The nodes of a class and its subclasses by id, without their evidence."""
    return _listed(store, parameters, parameters.label, filters=parameters.filters(), name="nodes")


@router.get(
    "/documents",
    summary="The documents that were read",
    response_model=PageModel[CellModel],
    responses=problems(media=CSV),
)
def read_documents(store: OpenStore, parameters: Annotated[ListParameters, Query()]) -> object:
    """The documents by id, with sources, length, reader and when they were loaded."""
    return _listed(store, parameters, "Document", filters={}, name="documents")


@router.get(
    "/documents/{id}",
    summary="The text of a document, every fact marked where it is stated",
    response_model=DocumentPageModel,
    responses=problems(404, media=CSV),
)
def read_document(store: OpenStore, id: FactId, parameters: Annotated[ListParameters, Query()]) -> object:
    """The passages of a document in the order of its text, cut where facts begin and end.

    What the document says counts, also where another one or a reviewer says otherwise.
    """

    def fetch(limit: int, cursor: str | None) -> Page[DocumentPassage]:
        return document_text(store, id, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer("document", PASSAGE_COLUMNS, map(passage_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(DocumentPageModel, page, fields=parameters.fields)


def _listed(
    store: Store, parameters: ListParameters, label: str, *, filters: Mapping[str, Sequence[str]], name: str
) -> Response:
    def fetch(limit: int, cursor: str | None) -> Page[Cell]:
        return nodes(store, label, filters=filters, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer(name, NODE_COLUMNS, map(node_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(PageModel[CellModel], page, fields=parameters.fields)
