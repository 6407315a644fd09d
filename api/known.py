"""The refusal of query parameters that a route does not have."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.routing import APIRoute

from api.request_log import note_query
from graph.errors import UnknownParameter
from graph.nearest import hint


async def refuse_unknown(request: Request) -> None:
    """Raise UnknownParameter for a parameter that the route does not have, with the nearest that it has."""
    route = request.scope.get("route")
    known = _names(request, route.path) if isinstance(route, APIRoute) else ()
    for name in request.query_params:
        if name not in known:
            raise UnknownParameter(f"{request.url.path[:100]} has no parameter “{name[:60]}”; {hint(name, known)}")
    note_query(request, {name: ", ".join(request.query_params.getlist(name)) for name in request.query_params})


def not_asked_yet(request: Request) -> Sequence[str]:
    """Parameters of the route that the request does not give, in the order of its description."""
    route = request.scope.get("route")
    known = _names(request, route.path) if isinstance(route, APIRoute) else ()
    return [name for name in known if name not in request.query_params]


def _names(request: Request, path: str) -> Sequence[str]:
    """Query parameters of a route as its OpenAPI description lists them."""
    operation = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    return [parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]
