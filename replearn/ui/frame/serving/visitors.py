"""Visitors are told apart by a cookie with a random number, and nothing else."""

import hashlib
import os
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Any

from gradio.context import LocalContext

COOKIE = "replearn-visitor"
DAYS = 180
NOBODY = ""  # owns nothing


class Visitors:
    """Give a browser its number with the first page that it loads.

    Args:
        app: what answers.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, and its answer back, with a number where there is none."""
        if scope["type"] != "http" or _number(_header(scope)):
            await self._app(scope, receive, send)
            return
        cookie = (b"set-cookie", _cookie(scope["scheme"] == "https").encode())

        async def with_number(message: Any) -> None:
            if message["type"] == "http.response.start" and _is_page(message["headers"]):
                message = {**message, "headers": [*message["headers"], cookie]}
            await send(message)

        await self._app(scope, receive, with_number)


def who_asks() -> str:
    """Return the visitor whose listener is at work; nobody where none is.

    The name says who it is without giving away the number that proves it. Without a cookie it is
    the page that was loaded.
    """
    request: Any = LocalContext.request.get(None)
    if request is None:
        return NOBODY
    return visitor_of(request.headers.get("cookie", ""), request.session_hash)


def visitor_of(cookies: str, session: str | None) -> str:
    """Return a visitor by the header of their cookies, or else by the page that they loaded."""
    proof = _number(cookies) or session
    return hashlib.sha256(proof.encode()).hexdigest()[:24] if proof else NOBODY


def _number(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _header(scope: Any) -> str:
    return "; ".join(
        value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"
    )


def _is_page(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in headers
    )


def _cookie(secure: bool) -> str:
    # hosts of demos show the page in a frame of their own site
    framed = secure and os.environ.get("SPACE_ID")
    where = "SameSite=None; Partitioned" if framed else "SameSite=Lax"
    return (
        f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; HttpOnly; Max-Age={DAYS * 86400}; {where}"
        + ("; Secure" if secure else "")
    )
