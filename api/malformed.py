"""What is no HTTP, refused as the problem that it is: it never gets as far as the app."""

import json
from uuid import uuid4

from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import MEDIA_TYPE
from api.request_log import HEADER

_DETAIL = (
    "what was sent is no HTTP request; in an address write spaces and letters beyond ASCII as their bytes, such as "
    "%E4%BA%91 for 云 (with curl: -G --data-urlencode q=云)"
)


class Protocol(H11Protocol):
    """The protocol of a server, with a problem for who does not speak it."""

    def send_400_response(self, msg: str) -> None:
        """Answer with a problem instead of the message, and hang up."""
        id_ = uuid4().hex
        told = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": _DETAIL, "instance": ""}
        body = json.dumps({**told, "request_id": id_}, ensure_ascii=False).encode()
        headers = {"Content-Type": MEDIA_TYPE, "Content-Length": len(body), "Connection": "close", HEADER: id_}
        lines = ("HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in headers.items()), "", "")
        self.transport.write("\r\n".join(lines).encode() + body)
        self.transport.close()
