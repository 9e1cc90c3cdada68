"""The server: tools and resources over HTTP, for those who may use the page."""

import functools
import inspect
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import anyio
from anyio.to_thread import run_sync
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import ValidationError

from replearn import __version__
from replearn.core.errors import ReplearnError
from replearn.core.settings import Settings, is_loopback
from replearn.ui.mcp.pictures import LARGEST
from replearn.ui.mcp.reporting import reporting
from replearn.ui.mcp.resources import RESOURCES
from replearn.ui.mcp.tools import TOOLS

PATH = "/mcp"
PROGRESS = "progress"  # an argument of a tool that isn't the client's
AT_ONCE = 2  # as the page's own listeners
SAID = (
    "replearn asks vision models about pictures: what is it, where does it look, what changes its "
    "mind, for whom does it work. The resources say which models, data sets, methods and example "
    "pictures there are. Every answer carries a stamp with model, settings and n."
)


class StudiesServer(FastMCP[Any]):
    """A server whose refusals are the studies' own sentences."""

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        """Call a tool.

        Raises:
            ToolError: with one sentence.
        """
        try:
            return await super().call_tool(name, arguments)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ReplearnError):
                raise ToolError(str(cause)) from cause
            if isinstance(cause, ValidationError):
                raise ToolError(_refused(cause)) from cause
            if cause is not None:
                logging.getLogger(__name__).error("%s failed", name, exc_info=cause)
            raise


def studies_server(settings: Settings) -> StudiesServer:
    """Return the server of a launch.

    Without a password, and where only this computer reaches the page, requests that name another
    host are refused: a page of the web could have had its name lead here.
    """
    guarded = is_loopback(settings.host) and not settings.share and settings.auth is None
    own = ("127.0.0.1", "localhost", "[::1]")
    # else the package has its own way of writing to the log, in boxes
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    server = StudiesServer(
        "replearn",
        SAID,
        log_level="WARNING",
        streamable_http_path=PATH,
        max_request_body_size=LARGEST * 3 // 2,  # base64 takes four thirds
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=guarded,
            allowed_hosts=[f"{one}:*" for one in own],
            allowed_origins=[f"http://{one}:*" for one in own],
        ),
    )
    server._mcp_server.version = __version__
    turns = anyio.CapacityLimiter(AT_ONCE)
    asks_only = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
    for tool in TOOLS:
        called = _in_a_thread(tool, turns)
        if PROGRESS in inspect.signature(tool).parameters:
            called = _reporting(called, server)
        server.add_tool(called, annotations=asks_only)
    for address, resource in RESOURCES.items():
        listed = server.resource(address, mime_type="application/json")
        listed(_in_a_thread(resource, turns))
    return server


def _in_a_thread(
    function: Callable[..., Any], turns: anyio.CapacityLimiter
) -> Callable[..., Awaitable[Any]]:
    """Let a study compute beside the server, when it is its turn."""

    @functools.wraps(function)
    async def called(**given: Any) -> Any:
        return await run_sync(functools.partial(function, **given), limiter=turns)

    return called


def _reporting(
    called: Callable[..., Awaitable[Any]], server: StudiesServer
) -> Callable[..., Awaitable[Any]]:
    """Let the client of a call be told how far it is, and take it back."""
    told = inspect.signature(called)
    seen = [one for name, one in told.parameters.items() if name != PROGRESS]

    @functools.wraps(called)
    async def reported(**given: Any) -> Any:
        return await called(**given, progress=reporting(server.get_context()))

    reported.__signature__ = told.replace(parameters=seen)  # type: ignore[attr-defined]
    return reported


def _refused(error: ValidationError) -> str:
    """Say in one sentence what is wrong with arguments."""
    said: Sequence[str] = [
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
    ]
    return "; ".join(said) + "."
