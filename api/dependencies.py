"""What routes depend on."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias, cast

from fastapi import Depends, Path, Query, Request

from api.known import refuse_unknown
from api.models import Problem
from api.parameters import LONGEST_TEXT
from api.unchanged import tag_answer
from graph.review.shown import Shown, Views
from graph.store import Store

PREFIX = "/api/v1"
CSV = ("text/csv",)
KNOWN_ONLY = [Depends(refuse_unknown)]
"""Dependencies of every router: unknown parameters are refused."""
QUESTION = [*KNOWN_ONLY, Depends(tag_answer)]
"""Dependencies of routers whose answers are made from the store alone: who has the answer already is told so."""


async def _store(request: Request) -> Store:
    return cast(Store, request.app.state.store)


def _asked(
    request: Request,
    review: Annotated[Shown, Query(description="`all`: what reviewers rejected, too")] = Shown.STANDING,
) -> Store:
    return cast(Views, request.app.state.views).get(review)


OpenStore: TypeAlias = Annotated[Store, Depends(_store)]
"""The store with all that it holds."""
AskedStore: TypeAlias = Annotated[Store, Depends(_asked)]
"""The store as answers show it: without merged nodes and, unless they are wanted, rejected facts."""
FactId: TypeAlias = Annotated[str, Path(max_length=LONGEST_TEXT, description="an id, as answers give it")]


def problems(*statuses: int, media: Sequence[str] = ()) -> dict[int | str, dict[str, Any]]:
    """What the reference says of a route's answers: its errors beside those of every route, and other media types."""
    described: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (400, *statuses, 503)}
    if media:
        described[200] = {"content": {type_: {} for type_ in media}}
    return described
