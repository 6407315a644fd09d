"""Questions take turns: as many are answered at once as get done sooner than one after the other."""

import asyncio

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.dependencies import PREFIX
from api.problems import RETRY_AFTER_S, problem

AT_ONCE = 2
"""Questions to a file that are answered at once.

Threads of one process take turns at the interpreter, and a thread that reads rows gives up its turn with each row: with
32 at work, an answer of a tenth of a second took four seconds, and in all a third fewer were given.
"""
LONGEST_WAIT_S = 30.0
_UNBOUND = tuple(f"{PREFIX}/{route}" for route in ("networks/", "subgraph", "export"))
"""What takes its time without being at work, as who waits for figures, or longer than others should wait."""


class Turns:
    """The app, answering so many questions at once; the others wait, first come, first served.

    A turn is over when the answer begins: how fast it is read is up to the reader. Who has waited too long is told to
    ask again.
    """

    def __init__(self, app: ASGIApp, *, at_once: int = AT_ONCE, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self.app = app
        self._longest_wait_s = longest_wait_s
        self._free = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when it is its turn."""
        if not _takes_turn(scope):
            await self.app(scope, receive, send)
            return
        try:
            await asyncio.wait_for(self._free.acquire(), self._longest_wait_s)
        except TimeoutError:
            detail = "too many questions wait for their turn; ask again in a few seconds"
            refusal = problem(Request(scope), 503, "Too busy", detail)
            refusal.headers["Retry-After"] = str(RETRY_AFTER_S)
            await refusal(scope, receive, send)
            return
        has_turn = True

        def end_turn() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                self._free.release()

        async def answering(message: Message) -> None:
            end_turn()
            await send(message)

        try:
            await self.app(scope, receive, answering)
        finally:
            end_turn()


def _takes_turn(scope: Scope) -> bool:
    is_question = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(PREFIX)
    return is_question and not scope["path"].startswith(_UNBOUND)
