"""Errors as `application/problem+json` (RFC 9457): every error that leaves the server goes through here."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import AmbiguousName, BadBatch, PolicygraphError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
"""After how long who was told that the store is busy or away should ask again."""
_log = logging.getLogger("policygraph.api")


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
        "instance": request.url.path,
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
    answer = problem(request, error.status, error.title, str(error), more=more)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    if error.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """A parameter that does not fit its type or range."""
    assert isinstance(error, RequestValidationError)
    faults = [f"{_where(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    return problem(request, 400, "Parameter refused", "; ".join(faults))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = {
        404: f"there is nothing at {request.url.path}; the routes are listed at /docs",
        405: f"{request.url.path} does not take {request.method}; the routes are listed at /docs",
    }.get(error.status_code, str(error.detail))
    answer = problem(request, error.status_code, title, detail)
    answer.headers.update(error.headers or {})
    return answer


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    """A defect: the log has what happened, the answer does not."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(request, 500, "Something went wrong", "the server failed; its log says how")


def _where(location: Sequence[int | str]) -> str:
    """Name of the parameter; its place among the parameters (query, path) says nothing to a caller."""
    return ".".join(str(part) for part in location[1:]) or "request"
