"""The app: the questions over HTTP, and the explorer at /."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api import pending, problems, reference
from api.head import HeadLikeGet
from api.models import HealthModel
from api.routers import about, cascade, chains, compare, counts, downloads, networks, nodes, paths, progress, search
from api.security import SecurityHeaders, WriteAccess
from graph.store import Store

_SMALLEST_ZIPPED = 1000
_DESCRIPTION = (
    "Which measure serves which goal, and who carries it out: policies, goals, measures and actors, "
    "each fact with the sentence that states it. Routes that write answer where the server was started with --writable."
)


def create_app(
    store: Store, *, version: str = "0", static: Path | None = None, write_access: WriteAccess | None = None
) -> FastAPI:
    """The app on an open store, which stays the caller's to close.

    It is read-only unless `write_access` says who may write.
    `static` is the directory of the built explorer, by default the one in the package; where it holds no index.html,
    the page at / says how to build it.
    """
    app = FastAPI(title="policygraph", version=version, description=_DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.store = store
    app.state.write_access = write_access
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_ZIPPED)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadLikeGet)
    problems.register(app)
    pending.register(app)
    for module in (about, counts, search, nodes, chains, paths, cascade, compare, progress, networks, downloads):
        app.include_router(module.router)
    app.include_router(reference.router)
    reference.describe(app)
    _add_health(app)
    _add_explorer(app, static or Path(str(files("viz").joinpath("static"))))
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", tags=["about"], summary="Whether the server lives")
    def read_health() -> HealthModel:
        """That the server lives; it does not ask the store."""
        return HealthModel(status="ok", version=app.version)


def _add_explorer(app: FastAPI, static: Path) -> None:
    if (static / "index.html").is_file():
        app.mount("/", StaticFiles(directory=static, html=True))
        return

    @app.get("/", include_in_schema=False)
    def read_missing() -> HTMLResponse:
        """How to build the explorer."""
        return HTMLResponse(reference.page("explorer_missing.html"))
