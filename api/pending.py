"""Answers that are still being made."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from graph.errors import StillBeingMade

WAIT_S = 5.0
"""A request waits so long for an answer that takes long."""
_RETRY_S = 5


class Pending(BaseModel):
    """That the answer is being made, and when to ask again."""

    status: str = Field(examples=["pending"])
    detail: str
    retry_after_s: int = Field(examples=[_RETRY_S])


PENDING: dict[int | str, dict[str, Any]] = {202: {"model": Pending, "description": "The answer is being made"}}
"""What the reference says of it."""


def register(app: FastAPI) -> None:
    """Have the app answer 202 to a question whose answer is still being made."""
    app.add_exception_handler(StillBeingMade, _pending)


async def _pending(_: Request, error: Exception) -> JSONResponse:
    body = Pending(status="pending", detail=str(error), retry_after_s=_RETRY_S).model_dump()
    return JSONResponse(body, status_code=StillBeingMade.status, headers={"Retry-After": str(_RETRY_S)})
