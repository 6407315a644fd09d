"""The OpenAPI description, and the page at /docs that shows it without a network connection."""

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response

from api.dependencies import PREFIX
from api.examples import add_examples
from api.links import add_links
from api.problems import MEDIA_TYPE

router = APIRouter(include_in_schema=False)
_EVERYWHERE = {"414": "The address has more than 32,000 bytes"}
_QUESTIONS = {
    "308": "A node with one of the ids was merged into another: the same question with that one's id",
    "422": "The answer takes longer than it may; `narrow_by` says what to ask for instead",
}
_NOT_OURS = "HTTPValidationError"
_SWAGGER = "fastapi_swagger.resources"
_FILES = {
    "swagger-ui.css": (_SWAGGER, "swagger-ui.css", "text/css"),
    "swagger-ui-bundle.js": (_SWAGGER, "swagger-ui-bundle.js", "text/javascript"),
    "start.js": ("api", "pages/docs.js", "text/javascript"),
}


@router.get("/docs")
def read_docs() -> HTMLResponse:
    """The reference page."""
    return HTMLResponse(page("docs.html"))


@router.get("/docs/{name}")
def read_docs_file(name: str) -> Response:
    """A file of the reference page."""
    if name not in _FILES:
        raise HTTPException(404)
    package, file, media_type = _FILES[name]
    return Response(files(package).joinpath(file).read_bytes(), media_type=media_type)


def page(name: str) -> str:
    """The text of one of our own pages."""
    return files("api").joinpath("pages", name).read_text("utf-8")


def describe(app: FastAPI) -> None:
    """Have the app describe its errors as the problems that they are, and not as FastAPI's own."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers: dict[str, Any] = operation["responses"]
            if _NOT_OURS in str(answers.get("422")):  # parameters that do not fit are 400 here
                del answers["422"]
            more = {**_EVERYWHERE, **(_QUESTIONS if method == "get" else {})} if path.startswith(PREFIX) else {}
            for status, meaning in more.items():
                answers.setdefault(status, {"description": meaning})
            for status, answer in answers.items():
                if status.startswith(("4", "5")):
                    answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    add_links(schema["paths"], PREFIX)
    add_examples(schema["paths"])
    for name in (_NOT_OURS, "ValidationError"):
        schema["components"]["schemas"].pop(name, None)
    return schema
