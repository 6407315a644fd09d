"""The graph, or a part of it, as a file to take away."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import IO, BinaryIO, cast

from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from api.parameters import FILE_FORMATS, PICTURE
from graph.deadline import lift_deadline
from graph.errors import UnknownParameter
from graph.formats.registry import FORMATS, export
from graph.formats.scope import Scope
from graph.queries.subgraph import whole
from graph.review.shown import without_merged
from graph.store import Store

_IN_MEMORY = 8_000_000
_PIECE = 64 * 1024


def file_answer(
    store: Store,
    scope: Scope | None,
    *,
    name: str,
    format: str,
    without_text: bool = False,
    headers: Mapping[str, str] | None = None,
) -> StreamingResponse:
    """The graph or its part in scope as a file `name` of the format.

    It is written whole, to disk if it is large, before the answer starts: a store that changes meanwhile is a refusal
    and not half a file. Raises UnknownParameter for a format that there is not.
    """
    if format not in FILE_FORMATS:
        raise UnknownParameter(f"there is no format {format}; the formats are {', '.join(FILE_FORMATS)}")
    if format == PICTURE and without_text:
        raise UnknownParameter("without_text: a page shows quotes; give it with another format")
    lift_deadline()  # a file has no bound, so that nobody can ask for less of it
    with ExitStack() as stack:
        written = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        media_type, suffix = _write(store, written, scope, format=format, without_text=without_text)
        size = written.tell()
        written.seek(0)
        closing = stack.pop_all()  # from here on the answer closes it
    return StreamingResponse(
        _pieces(written),
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}{suffix}"',
            "Content-Length": str(size),
            **(headers or {}),
        },
        background=BackgroundTask(closing.close),
    )


def _write(store: Store, out: IO[bytes], scope: Scope | None, *, format: str, without_text: bool) -> tuple[str, str]:
    """Write the file; its media type and how its name ends."""
    if format == PICTURE:
        from viz.pages import graph_page  # takes half a second, which a server that starts should not

        drawn = without_merged(store)
        out.write(graph_page(drawn, scope or whole(drawn)).encode())
        return "text/html; charset=utf-8", ".html"
    export(store, cast(BinaryIO, out), format=format, scope=scope, without_text=without_text)
    return FORMATS[format].media_type, FORMATS[format].suffix


def _pieces(written: IO[bytes]) -> Iterator[bytes]:
    while piece := written.read(_PIECE):
        yield piece
