"""Pages beside the page: a lesson to print, and for a teacher what the class answered."""

import re
import secrets
from typing import TYPE_CHECKING

from replearn.core.errors import InputError
from replearn.core.settings import Settings
from replearn.lessons.class_page import class_page
from replearn.lessons.printed import printed_page
from replearn.lessons.shelf import lesson_named, lessons
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

    def printed(request: "Request") -> "Response":
        if not _may_read(request):
            return PlainTextResponse("Sign in on the page first.", 401)
        try:
            lesson = lesson_named(request.path_params["name"], settings.lessons)
        except InputError as error:
            return PlainTextResponse(str(error), 404)
        page = printed_page(lesson, _address(request), _titles(request))
        return HTMLResponse(page, headers=ALONE)

    def answered(request: "Request") -> "Response":
        if not secrets.compare_digest(request.path_params["token"].encode(), token):
            return PlainTextResponse("There is no such page.", 404)
        return HTMLResponse(class_page(lessons(settings.lessons), classroom().tally), headers=ALONE)

    found = [Route("/lessons/{name}/print", printed)]
    if settings.teach:
        token = classroom().token.encode()
        found.append(Route("/class/{token}", answered))
    return found


def _may_read(request: "Request") -> bool:
    """Say whether a visitor has signed in, where the page was started with a password."""
    app = request.app  # Gradio's
    if app.auth is None:
        return True
    names = ("access-token", "access-token-unsecure")
    given = [request.cookies.get(f"{name}-{app.cookie_id}") for name in names]
    return any(app.tokens.get(one) is not None for one in given)


def _address(request: "Request") -> str:
    """Return the address by which the visitor has the page, behind a proxy too."""
    from gradio.route_utils import get_root_url

    # told the path, it takes away what is written in plain letters alone
    root = get_root_url(request, "", request.app.get_blocks().root_path)
    return re.sub(r"/lessons/[^/]+/print$", "", root)


def _titles(request: "Request") -> dict[str, str]:
    """Return what the page calls its tabs, panels, buttons and controls, by their names."""
    import gradio as gr

    from replearn.ui.links.inputs import KINDS

    blocks = request.app.get_blocks().blocks.values()
    named = [one for one in blocks if getattr(one, "elem_id", None)]
    labelled = [one for one in named if isinstance(one, (gr.Accordion, *KINDS)) and one.label]
    return {
        **{str(one.elem_id): str(one.label) for one in labelled},
        **{str(one.elem_id): str(one.value) for one in named if isinstance(one, gr.Button)},
        **{str(one.id): str(one.label) for one in blocks if isinstance(one, gr.Tab)},
    }
