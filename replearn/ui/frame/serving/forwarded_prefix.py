"""Below which prefix a proxy shows the page, where the proxy says so itself."""

from typing import Any


class ForwardedPrefix:
    """Let the page know the prefix that stands in `X-Forwarded-Prefix`.

    Gradio builds the page's addresses from `X-Forwarded-Host`, or else `Host`, and takes a path
    that stands behind it; without the prefix the page would ask the proxy for what isn't there.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on."""
        if scope["type"] in ("http", "websocket"):
            headers = dict(scope["headers"])
            prefix = headers.get(b"x-forwarded-prefix", b"").split(b",")[0].strip().strip(b"/")
            host = headers.get(b"x-forwarded-host") or headers.get(b"host")
            if prefix and host:
                first = host.split(b",")[0].strip()
                others = [one for one in scope["headers"] if one[0] != b"x-forwarded-host"]
                told = (b"x-forwarded-host", first + b"/" + prefix)
                scope = {**scope, "headers": [*others, told]}
        await self._app(scope, receive, send)
