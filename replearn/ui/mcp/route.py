"""Where the server answers, and who may ask: nobody unless the page was started with `--mcp`."""

import base64
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any

from replearn.core.errors import InputError
from replearn.core.settings import Settings

if TYPE_CHECKING:
    from starlette.routing import Route

MISSING = (
    "--mcp wants the package mcp: pip install -r requirements-mcp.txt (or pip install 'mcp<2')."
)


def mcp_route(
    settings: Settings,
) -> "tuple[Route, Callable[[Any], AbstractAsyncContextManager[None]]]":
    """Return the route of the server, and what must run as long as the page does.

    Raises:
        InputError: the package isn't installed.
    """
    try:
        from replearn.ui.mcp.server import PATH, studies_server
    except ImportError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        raise InputError(MISSING) from error
    from starlette.routing import Route

    server = studies_server(settings)
    (own,) = server.streamable_http_app().routes
    assert isinstance(own, Route)
    answer: Any = own.endpoint if settings.auth is None else AskedWho(own.endpoint, settings.auth)
    return Route(PATH, endpoint=answer), lambda _: server.session_manager.run()


class AskedWho:
    """Let pass who knows the page's user and password (HTTP's basic authentication).

    Args:
        app: what answers.
        auth: USER:PASSWORD.
    """

    def __init__(self, app: Any, auth: str) -> None:
        self._app = app
        self._wanted = b"Basic " + base64.b64encode(auth.encode())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, or refuse it."""
        given = dict(scope["headers"]).get(b"authorization", b"")
        if secrets.compare_digest(given, self._wanted):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse

        headers = {"WWW-Authenticate": 'Basic realm="replearn"'}
        said = "The page was started with --auth: give user and password."
        await PlainTextResponse(said, 401, headers)(scope, receive, send)
