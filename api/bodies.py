"""The size of what requests send: no body is held in memory that is larger than a question or a decision needs."""

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

LARGEST_BODY = 10_000_000
_TITLE = "Too large"


class SmallBodies:
    """The app, refusing bodies of more than `LARGEST_BODY` bytes but at one path, which looks after itself."""

    def __init__(self, app: ASGIApp, *, except_at: str) -> None:
        self.app = app
        self.except_at = except_at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count what comes in."""
        if scope["type"] != "http" or scope["path"] == self.except_at:
            await self.app(scope, receive, send)
            return
        detail = f"{scope['path'][:200]} takes at most {LARGEST_BODY / 1_000_000:.0f} MB"
        said = Request(scope).headers.get("content-length", "")
        if said.isdecimal() and int(said) > LARGEST_BODY:
            await problem(Request(scope), 413, _TITLE, detail)(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > LARGEST_BODY:
                raise HTTPException(413, detail)  # FastAPI passes on no other error that comes while it reads a body
            return message

        await self.app(scope, counted, send)
