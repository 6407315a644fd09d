"""The app: the questions over HTTP, and the explorer at /."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api import pending, problems, reference, unchanged
from api.bodies import SmallBodies
from api.dependencies import PREFIX
from api.head import HeadLikeGet
from api.jobs import Jobs
from api.limits import TIME_LIMIT_S, Limits
from api.origins import let_in
from api.request_log import RequestLog
from api.routers import (
    about,
    cascade,
    chains,
    compare,
    counts,
    documents,
    downloads,
    health,
    networks,
    nodes,
    paths,
    progress,
    review,
    search,
    tags,
    uploads,
)
from api.security import SecurityHeaders, WriteAccess
from api.turns import Turns
from graph.open import is_server
from graph.review.shown import Views
from graph.store import Store

_ROUTERS = (
    health,
    about,
    counts,
    search,
    nodes,
    documents,
    chains,
    paths,
    cascade,
    compare,
    progress,
    networks,
    downloads,
    uploads,
    review,
    tags,
)
_SMALLEST_ZIPPED = 1000
_ZIP_LEVEL = 5  # of 9: takes three fifths of the time of the highest for an eighth more bytes
_DESCRIPTION = (
    "Which measure serves which goal, and who carries it out: policies, goals, measures and actors, "
    "each fact with the sentence that states it. Routes that write answer where the server was started with --writable."
)


def create_app(
    store: Store,
    *,
    version: str = "0",
    static: Path | None = None,
    write_access: WriteAccess | None = None,
    origins: Sequence[str] = (),
    time_limit_s: float = TIME_LIMIT_S,
) -> FastAPI:
    """The app on an open store, which stays the caller's to close.

    It is read-only unless `write_access` says who may write. Pages of other `origins` may read it. Questions are ended
    at `time_limit_s`.
    `static` is the directory of the built explorer, by default the one in the package; where it holds no index.html,
    the page at / says how to build it.
    """
    jobs = Jobs(store)
    app = FastAPI(
        title="policygraph",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lambda _: jobs.closing(),
    )
    app.state.store = store
    app.state.views = Views(store)
    app.state.write_access = write_access
    app.state.jobs = jobs
    problems.register(app)
    pending.register(app)
    # From the inside to the outside.
    app.add_middleware(SmallBodies, except_at=f"{PREFIX}/documents")
    app.add_middleware(Limits, time_limit_s=time_limit_s)
    if not is_server(store.url):  # a server has processors of its own to wait for
        app.add_middleware(Turns)
    unchanged.register(app)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_ZIPPED, compresslevel=_ZIP_LEVEL)
    let_in(app, origins, with_key=write_access is not None and write_access.key is not None)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadLikeGet)
    app.add_middleware(RequestLog)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.include_router(reference.router)
    reference.describe(app)
    _add_explorer(app, static or Path(str(files("viz").joinpath("static"))))
    return app


def _add_explorer(app: FastAPI, static: Path) -> None:
    if (static / "index.html").is_file():
        app.mount("/", StaticFiles(directory=static, html=True))
        return

    @app.get("/", include_in_schema=False)
    def read_missing() -> HTMLResponse:
        """How to build the explorer."""
        return HTMLResponse(reference.page("explorer_missing.html"))
