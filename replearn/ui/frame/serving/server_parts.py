"""What is put around the page and beside it when it is served."""

from typing import Any

from replearn.core.settings import Settings, is_loopback
from replearn.ui.lessons.routes import lesson_routes

COMPRESSION = 5  # of 11: the page in half of gzip's bytes; the smallest takes fifty times as long
# pictures and archives are packed already, Gradio packs its own scripts, and events go out at once
AS_THEY_ARE = [r"\.[a-z0-9]{2,5}$", r"/queue/data", r"/call/", r"/heartbeat/", r"/stream/"]


def server_parts(settings: Settings) -> dict[str, Any]:
    """Return the middleware, and the routes and the lifespan of what is served beside the page.

    Raises:
        InputError: an option wants a package that isn't installed.
    """
    from brotli_asgi import BrotliMiddleware
    from starlette.middleware import Middleware

    from replearn.ui.frame.serving.forwarded_prefix import ForwardedPrefix
    from replearn.ui.frame.serving.kept_files import KeptFiles
    from replearn.ui.frame.serving.mended_scripts import MendedScripts
    from replearn.ui.frame.serving.safe_headers import SafeHeaders
    from replearn.ui.frame.serving.visitors import Visitors

    told_apart = [Middleware(Visitors)] if settings.has_visitors else []
    found: dict[str, Any] = {
        "middleware": [
            Middleware(SafeHeaders, embedded=not is_loopback(settings.host)),
            *told_apart,
            Middleware(ForwardedPrefix),
            Middleware(KeptFiles, page=not settings.auth),
            Middleware(BrotliMiddleware, quality=COMPRESSION, excluded_handlers=AS_THEY_ARE),
            Middleware(MendedScripts),
        ],
    }
    routes, lifespan = lesson_routes(settings), None
    if settings.mcp:
        from replearn.ui.mcp.route import mcp_route

        route, lifespan = mcp_route(settings)
        routes.append(route)
    return {**found, "routes": routes, "lifespan": lifespan}
