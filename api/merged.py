"""Ids of nodes that were merged into others: who asks with one is sent on to the node that stands for it now."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import Response

from graph.review.listing import survivors

_STATUS = 308


class Merged(Exception):
    """The question is about a merged node; `place` asks it about the one that stands for it."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


def register(app: FastAPI) -> None:
    """Have the app send questions about merged nodes on."""
    app.state.survivors = None
    app.add_exception_handler(Merged, _moved)


def leave_merged(request: Request, version: int) -> None:
    """Raise Merged if an id in the path or a parameter is that of a merged node, in this version of the store."""
    known = _survivors(request, version)
    items = request.query_params.multi_items()
    if not known.keys() & {*request.path_params.values(), *(value for _, value in items)}:
        return
    parts = str(request.scope["path"]).split("/")
    path = "/".join(quote(known.get(part, part), safe=":") for part in parts)
    query = urlencode([(name, known.get(value, value)) for name, value in items], safe=":")
    raise Merged(f"{path}?{query}" if query else path)


def _survivors(request: Request, version: int) -> Mapping[str, str]:
    """Ids of merged nodes and of those that stand for them, read once for each version of the store."""
    state = request.app.state
    if state.survivors is None or state.survivors[0] != version:
        state.survivors = version, survivors(state.store)
    found: Mapping[str, str] = state.survivors[1]
    return found


async def _moved(_: Request, error: Exception) -> Response:
    assert isinstance(error, Merged)
    # A merge can be taken back, so that nobody may keep where it led.
    return Response(status_code=_STATUS, headers={"Location": error.place, "Cache-Control": "no-cache"})
