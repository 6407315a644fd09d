"""Ids of nodes that were merged into others: who asks with one is sent on to the node that stands for it now."""

from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import Response

from graph.review.merged import merged_nodes

_STATUS = 308


class Merged(Exception):
    """The question is about a merged node; `place` asks it about the one that stands for it."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


def register(app: FastAPI) -> None:
    """Have the app send questions about merged nodes on."""
    app.add_exception_handler(Merged, _moved)


def leave_merged(request: Request, version: int) -> None:
    """Raise Merged if an id in the path or a parameter is that of a merged node, in this version of the store."""
    known = merged_nodes(request.app.state.store, version=version)
    items = request.query_params.multi_items()
    if not known.keys() & {*request.path_params.values(), *(value for _, value in items)}:
        return
    parts = str(request.scope["path"]).split("/")
    path = "/".join(quote(known.get(part, part), safe=":") for part in parts)
    query = urlencode([(name, known.get(value, value)) for name, value in items], safe=":")
    raise Merged(f"{path}?{query}" if query else path)


async def _moved(_: Request, error: Exception) -> Response:
    assert isinstance(error, Merged)
    # A merge can be taken back, so that nobody may keep where it led.
    return Response(status_code=_STATUS, headers={"Location": error.place, "Cache-Control": "no-cache"})
