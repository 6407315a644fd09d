"""The graph as files."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.dependencies import PREFIX, QUESTION, AskedStore, OpenStore, problems
from api.files import file_answer
from api.origins import CUT
from api.parameters import FileParameters, SubgraphParameters
from graph.queries.subgraph import subgraph

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["files"])
_MEDIA = ("application/json", "application/x-ndjson", "application/zip", "text/html")


@router.get(
    "/subgraph",
    summary="The graph around some nodes, as a file",
    response_class=Response,
    responses=problems(404, 409, media=_MEDIA),
)
def read_subgraph(store: AskedStore, parameters: Annotated[SubgraphParameters, Query()]) -> Response:
    """The part of the graph around some nodes, as a file.

    The header `Policygraph-Truncated` says whether the limit left part of it out.
    """
    scope, is_cut = subgraph(
        store,
        parameters.seed,
        tags=parameters.tag,
        depth=parameters.depth,
        types=parameters.types,
        limit=parameters.limit,
    )
    return file_answer(
        store,
        scope,
        name="policygraph-part",
        format=parameters.format,
        without_text=parameters.without_text,
        headers={CUT: str(is_cut).lower()},
    )


@router.get("/export", summary="The whole graph, as a file", response_class=Response, responses=problems(media=_MEDIA))
def read_export(store: OpenStore, parameters: Annotated[FileParameters, Query()]) -> Response:
    """The whole graph, as a file."""
    return file_answer(store, None, name="policygraph", format=parameters.format, without_text=parameters.without_text)
