"""A name and a line for every request: `X-Request-ID` in the answer, in problems and in the log."""

import logging
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"
_log = logging.getLogger("policygraph.access")
_errors = logging.getLogger("policygraph.api")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LONGEST = 200
_FAILED = 500


@dataclass
class _Sent:
    """What went out so far."""

    status: int = _FAILED  # what is answered outside of here where nothing was sent
    size: int = 0
    is_whole: bool = False


class RequestLog:
    """The app, with the id of the request in its answer, and a line in the log once it is answered.

    The id is the caller's own if it sends one of up to 64 letters, figures, dots, dashes and underscores.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        state = scope.setdefault("state", {})  # shared by all that see the request, also by copies of the scope
        state["request_id"] = given if _GIVEN.fullmatch(given) else uuid4().hex
        sent, began = _Sent(), time.perf_counter()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent.status = message["status"]
                MutableHeaders(scope=message)[HEADER] = state["request_id"]
            elif message["type"] == "http.response.body":
                sent.size += len(message.get("body", b""))
                sent.is_whole = not message.get("more_body", False)
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            _write(scope, sent, took_s=time.perf_counter() - began)
            _write_failure(scope, sys.exception())


def _write_failure(scope: Scope, error: BaseException | None) -> None:
    """Log what went wrong, also in the middle of an answer; whoever asked and went away did nothing wrong."""
    if isinstance(error, Exception):
        path = scope["path"][:_LONGEST]
        more = {"request_id": scope["state"]["request_id"]}
        _errors.error("%s %r failed", scope["method"], path, exc_info=error, extra=more)


def request_id(request: Request) -> str:
    """The id of the request."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def note_query(request: Request, known: Mapping[str, str]) -> None:
    """Have these parameters in the line of the request: those that the route has, and no others.

    Somebody may send a key where none is taken, and keys stand in no log.
    """
    request.state.query = {name: value[:_LONGEST] for name, value in known.items()}


def _write(scope: Scope, sent: _Sent, *, took_s: float) -> None:
    if not _log.isEnabledFor(logging.INFO):
        return
    client, state = scope.get("client"), scope["state"]
    line: dict[str, Any] = {
        "request_id": state["request_id"],
        "client": client[0] if client else None,
        "method": scope["method"],
        "path": scope["path"][:_LONGEST],
        "query": state.get("query", {}),
        "status": sent.status,
        "bytes": sent.size,
        "ms": round(took_s * 1000, 1),
    }
    if not sent.is_whole:
        line["broken_off"] = True
    _log.info("%(method)s %(path)s %(status)s", line, extra={"line": line})
