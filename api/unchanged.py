"""Answers that the caller has already: an ETag on each, and 304 for who still has it.

An answer is made from the store, the program and the question alone, so that its tag is made of the store's version,
the program's version and the question, and is known before the answer is. Tags are weak: the bytes may differ by how
they are compressed, and counts that grow with what was read so far.
"""

from typing import cast

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import merged
from graph.ids import digest
from graph.store import Store

_HEADERS = {"Cache-Control": "no-cache"}  # keep it, but ask whether it still holds


class NotModified(Exception):
    """The caller has the answer already."""


def tag_answer(request: Request) -> None:
    """Name the answer to a question; raises NotModified if that is the one that the caller has.

    Raises Merged where the question is about a node that was merged into another.
    """
    url, version = request.url, cast(Store, request.app.state.store).version
    merged.leave_merged(request, version)
    tag = f'W/"{digest("answer", request.app.version, str(version), url.path, url.query)}"'
    request.state.tag = tag
    if _has(request.headers.get("if-none-match", ""), tag):
        raise NotModified


def register(app: FastAPI) -> None:
    """Have the app answer 304 where the caller has the answer, and 308 where another node stands for the one asked."""
    merged.register(app)
    app.add_exception_handler(NotModified, _not_modified)
    app.add_middleware(TaggedAnswers)


class TaggedAnswers:
    """The app, with the tag of the answer on each answer that has one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the tag to what is answered with 200."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            tag = scope.get("state", {}).get("tag")
            if message["type"] == "http.response.start" and message["status"] == 200 and tag:
                MutableHeaders(scope=message).update({"ETag": tag, **_HEADERS})
            await send(message)

        await self.app(scope, receive, tagged)


async def _not_modified(request: Request, _: Exception) -> Response:
    return Response(status_code=304, headers={"ETag": request.state.tag, **_HEADERS})


def _has(given: str, tag: str) -> bool:
    """Whether If-None-Match names the tag, weakly compared."""
    named = [one.strip().removeprefix("W/") for one in given.split(",")]
    return "*" in named or tag.removeprefix("W/") in named
