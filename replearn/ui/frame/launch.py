"""From options to a running server: gradio first, everything heavy behind the page."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import OPEN_TO_ALL, Settings, to_environment
from replearn.core.visitors.visitor import told_by
from replearn.lessons.shelf import lessons
from replearn.ui.frame.serving.before_gradio import before_gradio
from replearn.ui.frame.serving.networks import at_once, networks_running
from replearn.ui.frame.serving.options import PORT, add_options, parse, settings_of
from replearn.ui.frame.serving.server_parts import server_parts
from replearn.ui.lessons.classroom import classroom

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["add_options", "main", "run"]  # what makes this a command
MAX_UPLOAD = "20mb"
MAX_QUEUE = 100
MAX_OPEN_PAGES = 2000


def run(options: argparse.Namespace) -> int:
    """Start the page and stay until it is ended."""
    serve(settings_of(options))
    return 0


def _prepare_environment(settings: Settings) -> None:
    """Set what gradio and the hub's client read when they are first imported."""
    to_environment(settings)
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    before_gradio()


def serve(settings: Settings) -> None:
    """Launch the page and stay until the process is ended.

    Raises:
        InputError: the port is taken or an option can't be used.
    """
    _prepare_environment(settings)
    lessons(settings.lessons)  # a fault in a teacher's file is said before the page is up
    parts = server_parts(settings)  # so is a package that isn't there
    with networks_running(settings):
        # ended by its host, the app leaves as it does by Ctrl+C; Ray has a handler of its own
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        _serve(settings, parts)


def _serve(settings: Settings, parts: dict[str, Any]) -> None:
    import gradio as gr

    from replearn.ui.frame.look import CSS, HEAD, theme
    from replearn.ui.frame.page import build_page
    from replearn.ui.frame.serving.fair_queue import FairQueue
    from replearn.ui.frame.serving.page_states import PageStates
    from replearn.ui.frame.serving.sent_once import send_pictures_once
    from replearn.ui.frame.serving.visitors import who_asks
    from replearn.ui.frame.stopping import Iterators, OpenPages

    send_pictures_once()
    if settings.has_visitors:
        told_by(who_asks)
    page = build_page(settings).queue(
        max_size=MAX_QUEUE, default_concurrency_limit=at_once(settings)
    )
    page._queue = FairQueue(page._queue, settings)
    page._queue.pending_messages_per_session = OpenPages(MAX_OPEN_PAGES)
    try:
        app, address, _ = page.launch(
            server_name=settings.host,
            server_port=settings.port or (PORT if _is_free(settings.host, PORT) else None),
            share=settings.share,
            auth=tuple(settings.auth.split(":", 1)) if settings.auth else None,
            prevent_thread_lock=True,
            quiet=True,
            theme=theme(),
            css=CSS,
            head=HEAD,
            max_file_size=MAX_UPLOAD,
            footer_links=["api"],
            show_error=True,
            root_path=settings.root_path,
            _frontend=False,  # else it gives up when its own page takes three seconds, as it may
            ssr_mode=False,  # a second server, in Node, that some hosts switch on
            app_kwargs=parts,
        )
    except OSError as error:
        raise InputError(f"{error} Choose another port with --port.") from error
    app.iterators = Iterators(app.iterators)
    app.state_holder = PageStates(app.state_holder)
    print(f"replearn is at {address}  (Ctrl+C ends it)", flush=True)
    if settings.teach:
        print(f"Teacher: {address.rstrip('/')}/class/{classroom().token}", flush=True)
    if settings.mcp:
        print(f"MCP clients find its tools at {address.rstrip('/')}/mcp", flush=True)
    if settings.open_to_all:
        print(OPEN_TO_ALL, flush=True)
    threading.Thread(target=warm_up, args=(settings.models[0],), daemon=True).start()
    try:
        page.block_thread()
    finally:
        gr.close_all()


def _is_free(host: str, port: int) -> bool:
    import socket

    with socket.socket() as probe:
        if os.name != "nt":  # where it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def warm_up(model: str) -> None:
    """Open the first model behind the page, so that the first answer doesn't wait for imports."""
    from replearn.encoders.registry import load_model
    from replearn.studies.map.embedding_map import MapChoice
    from replearn.ui.map.kept_maps import Drawn, kept_map, sheet_of

    try:
        encoder = load_model(model)
        encoder.outputs(encoder.preprocess([_grey()]))
        if "text" in encoder.card.capabilities:
            encoder.encode_text(["a photo"])
        sheet_of(kept_map(Drawn(MapChoice(model=model))))
    except ReplearnError as error:
        print(error, flush=True)


def _grey() -> "Image.Image":
    from PIL import Image

    return Image.new("RGB", (64, 64), "grey")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app; an error that a user can mend is one sentence and exit status 2."""
    try:
        serve(parse(arguments))
    except ReplearnError as error:
        print(error)
        return 2
    return 0
