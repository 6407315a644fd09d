"""`serve`: the same questions over HTTP, and the explorer in the browser."""

import re
import socket
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RefusedInput
from policygraph import __version__
from policygraph.cli.console import say
from policygraph.cli.listening import address_of, listen
from policygraph.cli.options import StoreOption, one_of, store_url

if TYPE_CHECKING:
    from policygraph.settings import Settings

_SENDABLE = re.compile("[!-~]+")
_LOG_FORMS = ("json", "text", "off")
_LONGEST_HEAD = 4_000_000  # so that an address of any likely length is refused by us, who can say why
_WAIT_S = 5.0  # for a store's server that went away; then the answer is 503, and the browser asks again


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph serve --port 8080")(serve)


def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: POLICYGRAPH_HOST).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on, 0 for a free one (POLICYGRAPH_PORT).")
    ] = None,
    writable: Annotated[
        bool, typer.Option("--writable", help="Take uploads and reviews; elsewhere than on localhost by key only.")
    ] = False,
    log: Annotated[
        str | None, one_of(_LOG_FORMS, "Log on standard error, a line a request (POLICYGRAPH_LOG)", is_repeatable=False)
    ] = None,
    cors_origin: Annotated[
        list[str] | None,
        typer.Option(help="Site whose pages may read the answers, * for all (POLICYGRAPH_CORS_ORIGINS); may repeat."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.1, max=3600, help="Seconds that a question may take (POLICYGRAPH_TIME_LIMIT_S)."),
    ] = None,
) -> None:
    """Serve the store over HTTP until it is interrupted.

    With --writable, POLICYGRAPH_API_KEY is the key that whoever writes must send; without it only this machine may
    write, so that no other address can be listened on.
    """
    from policygraph.settings import load_settings
    from policygraph.stores import open_store

    settings = load_settings()
    listener = listen(host or settings.host, settings.port if port is None else port, option="--host or --port")
    with listener, open_store(store_url(store), create=writable, timeout_s=_WAIT_S) as opened:
        import uvicorn

        from api.app import create_app
        from api.logs import LogForm, log_to
        from api.malformed import Protocol
        from api.security import WriteAccess
        from api.warming import warm_up
        from policygraph.interpreter import collect_seldom

        key = _key(settings) if writable else None
        if writable and key is None:
            _refuse_other_machines(listener)
        app = create_app(
            opened,
            version=__version__,
            write_access=WriteAccess(key, settings.upload_limit_mb * 1_000_000) if writable else None,
            origins=cors_origin or settings.origins,
            time_limit_s=time_limit or settings.time_limit_s,
        )
        config = uvicorn.Config(app, http=Protocol, log_config=None, h11_max_incomplete_event_size=_LONGEST_HEAD)
        log_to(sys.stderr, LogForm(log or settings.log))
        server = uvicorn.Server(config)
        writers = ", writable with the key" if key else ", writable from this machine" if writable else ""
        say(f"policygraph serves {opened.url} at http://{address_of(listener)}/{writers} (stop it with Ctrl-C)")
        collect_seldom()
        warm_up(app)
        server.run(sockets=[listener])


def _key(settings: "Settings") -> str | None:
    """The key that writers must send, if there is one; raises RefusedInput for one that no header can carry."""
    key = settings.api_key.get_secret_value() if settings.api_key else None
    if key is not None and not _SENDABLE.fullmatch(key):
        raise RefusedInput("POLICYGRAPH_API_KEY: letters, digits and marks of ASCII without spaces; choose another key")
    return key


def _refuse_other_machines(listener: socket.socket) -> None:
    """Raise RefusedInput where the socket can be reached from another machine."""
    host = listener.getsockname()[0]
    if not ip_address(host).is_loopback:
        raise RefusedInput(
            f"{host}: without a key a writable server listens on this machine only; set POLICYGRAPH_API_KEY or leave "
            "out --host"
        )
