"""The refusal of query parameters that a route does not have."""

from collections.abc import Sequence
from difflib import get_close_matches

from fastapi import Request
from fastapi.routing import APIRoute

from graph.errors import UnknownParameter


def refuse_unknown(request: Request) -> None:
    """Raise UnknownParameter for a parameter that the route does not have, with the nearest that it has."""
    route = request.scope.get("route")
    known = _names(request, route.path) if isinstance(route, APIRoute) else ()
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
            raise UnknownParameter(f"{request.url.path} has no parameter “{name[:60]}”; {hint}")


def _names(request: Request, path: str) -> Sequence[str]:
    """Query parameters of a route as its OpenAPI description lists them."""
    operation = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    return [parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]
