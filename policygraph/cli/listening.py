"""Sockets that commands listen on."""

import socket

from graph.errors import RefusedInput


def listen(host: str, port: int, *, option: str) -> socket.socket:
    """A socket that listens there; raises RefusedInput if it can't, which says by which `option` to choose anew."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise RefusedInput(f"{host}: no address to listen on ({error.strerror}); choose one with {option}") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise RefusedInput(
            f"{host}:{port}: can't listen there ({error.strerror}); stop the other program or choose another {option}"
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """Host and port of a socket, as an address has them."""
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
