"""What guards the server: headers that keep a browser from what our pages do not need, and who may write."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias, cast

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import KeyWanted, NotAllowed

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_REFERENCE_STYLES = "'self' 'unsafe-inline'"  # Swagger UI sets style attributes; it is served at /docs alone
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LARGEST_UPLOAD = 100_000_000
"""Bytes that one request may send, unless the server is told otherwise."""
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_OWN_PAGES = ("same-origin", "none")
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@dataclass(frozen=True, slots=True)
class WriteAccess:
    """Who may write: whoever gives the key; where there is none, whoever asks from this machine.

    `largest_upload` are the bytes that one request may send.
    """

    key: str | None = field(default=None, repr=False)
    largest_upload: int = LARGEST_UPLOAD


_Bearer: TypeAlias = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, scheme_name="bearer", description="the key of the server")),
]
_Key: TypeAlias = Annotated[
    str | None, Depends(APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="key", description="the same"))
]


async def writable(request: Request, bearer: _Bearer, key: _Key) -> None:
    """Nothing where the request may write; what every route that writes depends on.

    Raises NotAllowed on a read-only server, and on one without a key for what comes from another machine or another
    site; KeyWanted where the key is missing or wrong.
    """
    access = cast(WriteAccess | None, request.app.state.write_access)
    if access is None:
        raise NotAllowed("this server is read-only; start it with `policygraph serve --writable` to write")
    if access.key is None:
        _refuse_foreign(request)
        return
    given = bearer.credentials if bearer is not None else key
    if given is None or not secrets.compare_digest(given.encode(), access.key.encode()):
        what = "needs the server's key" if given is None else "needs the server's key, which this is not"
        raise KeyWanted(f"writing {what}; send it as “Authorization: Bearer KEY” or “X-API-Key: KEY”")


def _refuse_foreign(request: Request) -> None:
    """Only programs and our own pages on this machine may write without a key.

    A page of another site may send requests here from a browser of this machine (Origin and Sec-Fetch-Site tell), or
    give this address a name of its own (Host tells); a proxy may pass on what comes from anywhere.
    """
    headers = request.headers
    host, origin = headers.get("host", ""), headers.get("origin")
    key_hint = "set POLICYGRAPH_API_KEY for the server to take writes with a key from elsewhere"
    if not _LOOPBACK.fullmatch(host) or any(name in headers for name in _PROXIED):
        raise NotAllowed(f"this server is written only at localhost; {key_hint}")
    is_own = origin is None or origin.lower() == f"{request.url.scheme}://{host}".lower()
    if not is_own or headers.get("sec-fetch-site", "none") not in _OWN_PAGES:
        raise NotAllowed(f"pages of other sites may not write here; {key_hint}")


class SecurityHeaders:
    """The app, with these headers on each of its answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers(scope["path"]))
            await send(message)

        await self.app(scope, receive, with_headers)


def security_headers(path: str) -> dict[str, str]:
    """The headers of every answer at a path."""
    return {"Content-Security-Policy": _policy(path), **_HEADERS}


def _policy(path: str) -> str:
    rules = _POLICY | ({"style-src": _REFERENCE_STYLES} if path == "/docs" else {})
    return "; ".join(f"{name} {value}" for name, value in rules.items())
