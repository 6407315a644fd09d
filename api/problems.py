"""Errors as `application/problem+json` (RFC 9457): every error that leaves the server goes through here."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.known import not_asked_yet
from api.request_log import HEADER, request_id
from api.security import security_headers
from graph.errors import AmbiguousName, BadBatch, PolicygraphError, TooLong
from graph.nearest import nearest

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
"""After how long who was told that the store is busy or away should ask again."""
_LONGEST = 200
_MOST_FAULTS = 10
_NARROWING = ("policy", "region", "issuer", "indicator", "actor", "label", "ego", "types", "year", "year_from")
"""Parameters that make a question smaller, those that make it smallest first."""


def register(app: FastAPI) -> None:
    """Have the app answer every error as a problem."""
    app.add_exception_handler(PolicygraphError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def problem(
    request: Request, status: int, title: str, detail: str, *, more: Mapping[str, Any] | None = None
) -> JSONResponse:
    """The answer that says what went wrong; `more` has members beyond those of the RFC."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path[:_LONGEST],
        "request_id": request_id(request),
        **(more or {}),
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    """An error of ours: its class names the status."""
    assert isinstance(error, PolicygraphError)
    more: dict[str, Any] = {}
    if isinstance(error, AmbiguousName):
        more["candidates"] = [one._asdict() for one in error.candidates]
        more["exact"] = error.is_whole
    if isinstance(error, BadBatch):
        more["faults"] = error.faults
    detail = str(error)
    if isinstance(error, TooLong):
        left = not_asked_yet(request)
        more["narrow_by"] = [name for name in _NARROWING if name in left]
        detail += f", by {', '.join(more['narrow_by'])}" if more["narrow_by"] else ""
    answer = problem(request, error.status, error.title, detail, more=more)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    if error.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """A parameter that does not fit its type or range."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(fault) for fault in error.errors()[:_MOST_FAULTS]]
    return problem(request, 400, "Parameter refused", "; ".join(faults))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = {
        400: "the body can't be read as JSON; what is taken is described at /docs",
        404: f"there is nothing at {request.url.path[:_LONGEST]}; the routes are listed at /docs",
        405: f"{request.url.path[:_LONGEST]} does not take {request.method}; the routes are listed at /docs",
    }.get(error.status_code, str(error.detail))
    answer = problem(request, error.status_code, title, detail)
    answer.headers.update(error.headers or {})
    return answer


async def _unexpected(request: Request, _: Exception) -> JSONResponse:
    """A defect: the log has what happened, the answer does not. It leaves outside of everything that adds headers."""
    answer = problem(request, 500, "Something went wrong", "the server failed; its log says how")
    answer.headers.update({HEADER: request_id(request), **security_headers(request.url.path)})
    return answer


def _fault(fault: Mapping[str, Any]) -> str:
    """What is wrong with a parameter, and what is allowed; of words the nearest too."""
    if fault["type"] == "json_invalid":
        return f"the body is no JSON: {fault['ctx']['error']}, at character {fault['loc'][-1]}"
    said = f"{_where(fault['loc'])}: {fault['msg']}"
    if fault["type"] not in ("enum", "literal_error"):
        return said
    allowed = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    near = nearest(str(fault["input"]), allowed)
    return f"{said}; did you mean {near}?" if near else said


def _where(location: Sequence[int | str]) -> str:
    """Name of the parameter; its place among the parameters (query, path) says nothing to a caller."""
    return ".".join(str(part) for part in location[1:]) or "request"
