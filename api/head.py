"""HEAD wherever there is GET."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadLikeGet:
    """The app, answering HEAD with the status and the headers of the GET, without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask as GET what is asked as HEAD, and send the body as nothing."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, without_body)
