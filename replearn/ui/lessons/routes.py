"""Pages beside the page: what the class answered, for its teacher."""

import secrets
from typing import TYPE_CHECKING

from replearn.core.settings import Settings
from replearn.lessons.class_page import class_page
from replearn.lessons.shelf import lessons
from replearn.ui.lessons.classroom import classroom

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

# such a page runs no script and loads nothing
ALONE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "no-store",
}


def lesson_routes(settings: Settings) -> "list[Route]":
    """Return the routes of a launch."""
    from starlette.responses import HTMLResponse, PlainTextResponse
    from starlette.routing import Route

    def answered(request: "Request") -> "Response":
        if not secrets.compare_digest(request.path_params["token"].encode(), token):
            return PlainTextResponse("There is no such page.", 404)
        return HTMLResponse(class_page(lessons(settings.lessons), classroom().tally), headers=ALONE)

    if not settings.teach:
        return []
    token = classroom().token.encode()
    return [Route("/class/{token}", answered)]
