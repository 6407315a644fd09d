"""Pages of other sites: none may read the answers, unless the server is told which."""

import re
from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from api.request_log import HEADER
from graph.errors import RefusedInput

ANY = "*"
CUT = "Policygraph-Truncated"
"""Header of files and tables: whether a limit left something out."""
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?")
_READING = ("GET", "HEAD")
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
_READABLE = ("ETag", HEADER, CUT, "Retry-After", "Content-Disposition")
_SENDABLE = ("If-None-Match", HEADER)
_WITH_KEY = ("Authorization", "X-API-Key", "Content-Type")


def let_in(app: FastAPI, origins: Sequence[str], *, with_key: bool = False) -> None:
    """Have pages of these origins read the answers, and write if they may with a key.

    Raises RefusedInput for what is no origin, such as https://example.org, and no `*`.
    """
    for origin in origins:
        if origin != ANY and not _ORIGIN.fullmatch(origin):
            raise RefusedInput(
                f"{origin}: no origin; give scheme, host and port alone, as https://example.org, or {ANY}"
            )
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=[*_READING, *(_WRITING if with_key else ())],
            allow_headers=[*_SENDABLE, *(_WITH_KEY if with_key else ())],
            expose_headers=list(_READABLE),
        )
