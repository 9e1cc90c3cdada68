"""Headers that tell a browser what it may do with the page."""

from typing import Any

ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin")]
UNFRAMED = [(b"content-security-policy", b"frame-ancestors 'self'")]


class SafeHeaders:
    """Add headers to every answer.

    Args:
        app: what answers.
        embedded: whether other sites may show the page in a frame, as a host of demos does; where
            a proxy stands before the page it is the proxy that says so.
    """

    def __init__(self, app: Any, embedded: bool) -> None:
        self._app, self._embedded = app, embedded

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        proxied = any(name.startswith(b"x-forwarded-") for name, _ in scope["headers"])
        added = ALWAYS if self._embedded or proxied else ALWAYS + UNFRAMED

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                new = [one for one in added if one[0] not in there]
                message = {**message, "headers": [*message["headers"], *new]}
            await send(message)

        await self._app(scope, receive, with_headers)
