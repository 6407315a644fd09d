"""`mcp`: the questions as tools for an assistant, over standard input and output or over HTTP."""

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RefusedInput
from policygraph import __version__
from policygraph.cli.console import say
from policygraph.cli.listening import address_of, listen
from policygraph.cli.options import StoreOption, store_url

if TYPE_CHECKING:
    from api.assistants.server import AssistantServer

_HERE = "127.0.0.1"
_ADDRESS = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:.]+\]|[^\[\]:]*):)?(?P<port>\d{1,5})")
_LAST_PORT = 65535
_END_S = 2  # assistants keep a stream open for as long as they live, which an end must not wait for


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph mcp --http 127.0.0.1:8765")(mcp)


def mcp(
    store: StoreOption = None,
    http: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="Answer over HTTP there; a port alone is one of this machine."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Name by which others reach the server over HTTP; may be given again."),
    ] = None,
) -> None:
    """Serve the store to an assistant by the Model Context Protocol.

    Without --http it speaks over standard input and output, as programs do that start it. Nothing is written.
    """
    from policygraph.stores import open_store

    if allow_host and not http:
        raise typer.BadParameter("it is for --http", param_hint="--allow-host")
    with open_store(store_url(store), create=False, read_only=True) as opened:
        from api.assistants.server import AssistantServer

        server = AssistantServer(opened, version=__version__)
        if http is None:
            server.run("stdio")
        else:
            _serve(server, http, allow_host or [])


def _serve(server: "AssistantServer", http: str, names: list[str]) -> None:
    import uvicorn

    from api.assistants.server import PATH

    host, port = _host_and_port(http)
    _check_names(host, names)
    with listen(host, port, option="--http") as listener:
        app = server.http_app(hosts=[*names, address_of(listener).rpartition(":")[0]])
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_END_S)
        say(f"policygraph serves assistants at http://{address_of(listener)}{PATH} (stop it with Ctrl-C)")
        uvicorn.Server(config).run(sockets=[listener])


def _host_and_port(http: str) -> tuple[str, int]:
    """What is listened on; raises BadParameter for what is no address."""
    found = _ADDRESS.fullmatch(http)
    if not found or int(found["port"]) > _LAST_PORT:
        raise typer.BadParameter(f"“{http}” is no HOST:PORT; give one like {_HERE}:8765", param_hint="--http")
    return (found["host"] or _HERE).strip("[]"), int(found["port"])


def _check_names(host: str, names: list[str]) -> None:
    """Raise RefusedInput where every address of the machine is listened on, and none is named to be reached by."""
    try:
        is_any = ip_address(host).is_unspecified
    except ValueError:
        return
    if is_any and not names:
        raise RefusedInput(
            f"{host}: requests are taken under known names only; say with --allow-host by which one others come"
        )
