"""Answers as JSON, written once."""

from typing import Any

from fastapi.responses import Response
from pydantic import BaseModel
from pydantic_core import to_json

from api.fields import model_in, wanted_in

MEDIA_TYPE = "application/json"


def answer(model: type[BaseModel], result: object, *, fields: str = "") -> Response:
    """The result of a question in the form of its model, or the members of it that are wanted.

    The members of an answer and of its rows are those of the models; what is below is written as it is, and has the
    members of the models too (tests hold it to that): to validate our own results took as long as to find them. It is
    done here, in the thread of the route, since what FastAPI does is done on the one that all requests share.
    Raises UnknownParameter for a member that there is not.
    """
    wanted = wanted_in(model, fields)
    return Response(to_json(_shown(model, result), include=wanted, inf_nan_mode="null"), media_type=MEDIA_TYPE)


def _shown(model: type[BaseModel], result: object) -> dict[str, Any]:
    shown = {name: getattr(result, name) for name in model.model_fields}
    row = model_in(model.model_fields["items"].annotation) if "items" in shown else None
    if row is not None:
        shown["items"] = [{name: getattr(item, name) for name in row.model_fields} for item in shown["items"]]
    return shown
