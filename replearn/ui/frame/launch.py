"""From options to a running server: gradio first, everything heavy behind the page."""

import argparse
import atexit
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.core.errors import InputError, ReplearnError
from replearn.core.settings import (
    OPEN_TO_ALL,
    Settings,
    from_environment,
    is_loopback,
    split_names,
    split_paths,
    to_environment,
)
from replearn.lessons.shelf import lessons

if TYPE_CHECKING:
    from PIL import Image

PORT = 7860
MAX_UPLOAD = "20mb"
MAX_QUEUE = 100
COMPRESSION = 5  # of 11: the page in half of gzip's bytes; the smallest takes fifty times as long
# pictures and archives are packed already, Gradio packs its own scripts, and events go out at once
AS_THEY_ARE = [r"\.[a-z0-9]{2,5}$", r"/queue/data", r"/call/", r"/heartbeat/", r"/stream/"]


def parse(arguments: Sequence[str] | None = None) -> Settings:
    """Read the options of `app.py`; what isn't given comes from `REPLEARN_*`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="replearn: what has the model learnt?"
    )
    add_options(parser)
    try:
        return settings_of(parser.parse_args(arguments))
    except InputError as error:
        parser.error(str(error))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the page's options to a command."""
    known = from_environment()
    parser.add_argument("--host", default=known.host, help="0.0.0.0 opens it to the network")
    parser.add_argument("--port", type=int, default=known.port, help=f"default: {PORT}")
    parser.add_argument(
        "--share", action="store_true", default=known.share, help="a public address, by Gradio"
    )
    parser.add_argument(
        "--root-path",
        default=known.root_path,
        metavar="/PATH",
        help="where a proxy shows the page, if not at the top",
    )
    parser.add_argument("--auth", default=known.auth, metavar="USER:PASSWORD")
    parser.add_argument(
        "--models",
        type=split_names,
        default=known.models,
        help="names to choose from, with commas, e.g. photo-clip,open_clip:ViT-B-32?weights.pt",
    )
    parser.add_argument("--cache-dir", type=Path, default=known.cache_dir)
    parser.add_argument(
        "--folders",
        type=split_paths,
        default=known.folders,
        metavar="PATH[:PATH]",
        help="open only folders and checkpoints below these; default: any, or none where others "
        "reach the page",
    )
    parser.add_argument(
        "--downloads",
        action=argparse.BooleanOptionalAction,
        default=known.downloads,
        help="let visitors download models and data sets; default: yes, but not where others "
        "reach the page",
    )
    parser.add_argument(
        "--lessons",
        type=Path,
        default=known.lessons,
        metavar="FOLDER",
        help="adds lessons (*.md), and replaces those of the same file name",
    )
    parser.add_argument(
        "--offline", action="store_true", default=known.offline, help="refuse downloads"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options mean.

    Raises:
        InputError: they can't be used.
    """
    if options.auth and ":" not in options.auth:
        raise InputError("--auth must be USER:PASSWORD")
    if not options.models:
        raise InputError("--models must name at least one model, such as photo-clip")
    known = from_environment()
    given = {one.name: getattr(options, one.name) for one in fields(known) if one.name in options}
    settings = replace(known, **given)
    if not settings.share and is_loopback(settings.host):
        return settings
    # others reach the page: what its owner doesn't name stays closed
    folders = () if settings.folders is None else settings.folders
    return replace(settings, folders=folders, downloads=bool(settings.downloads))


def run(options: argparse.Namespace) -> int:
    """Start the page and stay until it is ended."""
    serve(settings_of(options))
    return 0


def _prepare_environment(settings: Settings) -> None:
    """Set what gradio and the hub's client read when they are first imported."""
    to_environment(settings)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if not os.environ.get("GRADIO_TEMP_DIR"):
        # gradio's own default folder is shared by every Gradio app of the machine
        os.environ["GRADIO_TEMP_DIR"] = _own_folder()


def _own_folder() -> str:
    """Make a folder for what is brought and shown, and take it away when the app ends."""
    try:
        folder = tempfile.mkdtemp(prefix="replearn-")
    except OSError as error:
        raise InputError(
            f"The temporary folder can't be written to ({error.strerror}); set TMPDIR to another."
        ) from error
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # ended by its host, the app leaves as it does by Ctrl+C
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    return folder


def serve(settings: Settings) -> None:
    """Launch the page and stay until the process is ended.

    Raises:
        InputError: the port is taken or an option can't be used.
    """
    _prepare_environment(settings)
    lessons(settings.lessons)  # a fault in a teacher's file is said before the page is up
    import gradio as gr
    from brotli_asgi import BrotliMiddleware
    from starlette.middleware import Middleware

    from replearn.ui.frame.look import CSS, HEAD, theme
    from replearn.ui.frame.page import build_page
    from replearn.ui.frame.serving.forwarded_prefix import ForwardedPrefix
    from replearn.ui.frame.serving.quicker_start import QuickerStart
    from replearn.ui.frame.serving.safe_headers import SafeHeaders
    from replearn.ui.frame.serving.sent_once import send_pictures_once
    from replearn.ui.frame.stopping import Iterators

    send_pictures_once()
    page = build_page(settings).queue(max_size=MAX_QUEUE, default_concurrency_limit=2)
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
            app_kwargs={
                "middleware": [
                    Middleware(
                        BrotliMiddleware, quality=COMPRESSION, excluded_handlers=AS_THEY_ARE
                    ),
                    Middleware(ForwardedPrefix),
                    Middleware(QuickerStart),
                    Middleware(SafeHeaders, embedded=not is_loopback(settings.host)),
                ]
            },
        )
    except OSError as error:
        raise InputError(f"{error} Choose another port with --port.") from error
    app.iterators = Iterators(app.iterators)
    print(f"replearn is at {address}  (Ctrl+C ends it)", flush=True)
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
