"""How long a request may be, and how long its answer may take."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from graph.deadline import deadline

LONGEST_URL = 32_000
"""Bytes of path and query; what runs in front of us takes no more than about 64,000 either."""
TIME_LIMIT_S = 30.0
_QUESTIONS = "/api/"


class Limits:
    """The app, refusing what is too long to be a question, and ending questions that take too long.

    Once an answer has begun it is sent to its end: half a table would be worse than a late one.
    """

    def __init__(self, app: ASGIApp, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        self.app = app
        self.time_limit_s = time_limit_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within its limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size > LONGEST_URL:
            detail = f"the address has {size:,} bytes; give at most {LONGEST_URL:,}"
            await problem(Request(scope), 414, "Address too long", detail)(scope, receive, send)
            return
        if scope["method"] != "GET" or not scope["path"].startswith(_QUESTIONS):
            await self.app(scope, receive, send)
            return
        with deadline(self.time_limit_s) as limit:

            async def lifting(message: Message) -> None:
                limit.lift()
                await send(message)

            await self.app(scope, receive, lifting)
