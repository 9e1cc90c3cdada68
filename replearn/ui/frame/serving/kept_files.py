"""The page and the scripts that it loads, made and packed once, then sent from memory.

Gradio 6.31 writes the same page anew for each visitor, 0.25 s of a core, and packs each of a
hundred scripts anew: a class that opens the page together waits for that, not for models.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import brotli
from anyio.to_thread import run_sync

QUALITY = 9  # of 11, where 5 is what is sent only once
HOSTS = 8  # of as many names and addresses the page is kept
PACKED = (b"text/", b"application/javascript", b"application/json", b"image/svg")
# which address the page says it has depends on these
_ADDRESS = (b"host", b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server")
_Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Kept:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class KeptFiles:
    """Send from memory what is the same for all.

    Args:
        app: what answers.
        page: whether the page itself is the same for all; behind a login it isn't.
    """

    def __init__(self, app: Any, page: bool) -> None:
        self._app, self._page = app, page
        self._files: dict[_Key, _Kept] = {}
        self._pages: OrderedDict[_Key, _Kept] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer from memory, or pass a request on and keep its answer if it may be kept."""
        kept = self._shelf(scope)
        if kept is None:
            await self._app(scope, receive, send)
            return
        key = _key(scope) if kept is self._pages else (scope["path"],)
        if key not in kept:
            async with self._one_at_a_time:  # thirty who ask together wait for one
                if key not in kept:
                    found = await _answer(self._app, scope, receive)
                    if isinstance(found, list):
                        for message in found:
                            await send(message)
                        return
                    kept[key] = found
                    while len(self._pages) > HOSTS:
                        self._pages.popitem(last=False)
        found = kept[key]
        if kept is self._pages:
            self._pages.move_to_end(key)
        start = {"type": "http.response.start", "status": 200, "headers": list(found.headers)}
        await send(start)
        await send({"type": "http.response.body", "body": found.body})

    def _shelf(self, scope: Any) -> dict[_Key, _Kept] | None:
        """Return where an answer is kept, if it may be."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        headers = dict(scope["headers"])
        if b"br" not in headers.get(b"accept-encoding", b"") or b"range" in headers:
            return None
        if scope["path"] == "/" and b"deep_link" not in scope["query_string"]:
            return self._pages if self._page else None
        return self._files if scope["path"].startswith(("/assets/", "/static/")) else None


async def _answer(app: Any, scope: Any, receive: Any) -> _Kept | list[Any]:
    """Return an answer that can be kept, packed; or the messages of one that can't."""
    plain = ((name, value) for name, value in scope["headers"] if name != b"accept-encoding")
    messages: list[Any] = []

    async def heard(message: Any) -> None:
        messages.append(message)

    await app({**scope, "headers": list(plain)}, receive, heard)
    start, body = messages[0], b"".join(one.get("body", b"") for one in messages[1:])
    headers = dict(start["headers"])
    if start["status"] != 200 or {b"set-cookie", b"content-encoding"} & set(headers):
        return messages
    others = [one for one in start["headers"] if one[0] not in (b"content-length", b"vary")]
    if headers.get(b"content-type", b"").startswith(PACKED):
        body = await run_sync(lambda: brotli.compress(body, quality=QUALITY))
        others += [(b"content-encoding", b"br"), (b"vary", b"accept-encoding")]
    return _Kept((*others, (b"content-length", str(len(body)).encode())), body)


def _key(scope: Any) -> _Key:
    address = tuple(one for one in sorted(scope["headers"]) if one[0] in _ADDRESS)
    return (scope["path"], scope.get("root_path"), scope["scheme"], address)
