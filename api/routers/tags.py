"""A researcher's own codes on nodes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.answers import answer
from api.csv_answers import csv_answer
from api.dependencies import CSV, KNOWN_ONLY, PREFIX, FactId, OpenStore, problems
from api.forms.review import TAG_COLUMNS, TaggedModel, TagsGiven, TagsModel, TagsParameters, UntagParameters, tagged_row
from api.models import PageModel
from api.paging import table_of
from api.security import writable
from graph.queries.pages import Page
from graph.review.tags import Tagged, set_tags, tagged_page, tags_at
from graph.store import Store

router = APIRouter(prefix=PREFIX, dependencies=KNOWN_ONLY, tags=["review"])
_ROWS = 50


@router.get(
    "/tags",
    summary="Which nodes have which tags",
    response_model=PageModel[TaggedModel],
    responses=problems(media=CSV),
)
def read_tags(store: OpenStore, parameters: Annotated[TagsParameters, Query()]) -> object:
    """Tags with the nodes that have them, by tag."""

    def fetch(limit: int, cursor: str | None) -> Page[Tagged]:
        return tagged_page(store, parameters.tag, limit=limit, cursor=cursor)

    if (table := table_of(parameters, fetch, rows=_ROWS)) is not None:
        return csv_answer("tags", TAG_COLUMNS, map(tagged_row, table.rows), fields=parameters.fields)
    page = fetch(parameters.limit or _ROWS, parameters.cursor)
    return answer(PageModel[TaggedModel], page, fields=parameters.fields)


@router.get("/nodes/{id}/tags", summary="The tags of a node", responses=problems(404))
def read_tags_of_node(store: OpenStore, id: FactId) -> TagsModel:
    """The tags of a node; of a merged one those of the node that stands for it."""
    return _tags(store, id)


@router.put(
    "/nodes/{id}/tags",
    summary="Say which tags a node has",
    responses=problems(401, 403, 404),
    dependencies=[Depends(writable)],
)
def put_tags(store: OpenStore, id: FactId, given: TagsGiven) -> TagsModel:
    """Have a node carry these tags and no others; what changes is recorded as decisions."""
    set_tags(store, id, given.tags, by=given.by)
    return _tags(store, id)


@router.delete(
    "/nodes/{id}/tags",
    summary="Take tags from a node",
    responses=problems(401, 403, 404),
    dependencies=[Depends(writable)],
)
def delete_tags(store: OpenStore, id: FactId, parameters: Annotated[UntagParameters, Query()]) -> TagsModel:
    """Take tags from a node, all of them if none is named."""
    left = {*tags_at(store, id)} - {*parameters.tag} if parameters.tag else set()
    set_tags(store, id, sorted(left), by=parameters.by)
    return _tags(store, id)


def _tags(store: Store, id_: str) -> TagsModel:
    return TagsModel(id=id_, tags=tags_at(store, id_))
