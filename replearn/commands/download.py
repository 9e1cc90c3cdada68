"""`python -m replearn download`: the only command that asks another machine."""

import json
import signal
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

EVERY = 0.25  # seconds between two lines


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("name", help="an OpenCLIP model, hf-hub:OWNER/NAME, or a data set")
    parser.add_argument("--json", action="store_true", help="how far it is, as a line of JSON each")


def run(options: Namespace) -> int:
    """Fetch a model's weights or a data set."""
    from replearn.data.downloads import download_dataset, is_downloadable, unheard
    from replearn.encoders.downloads import download

    _heard_when_ended()
    name: str = options.name
    if is_downloadable(name):  # its own library draws a bar for who reads no JSON
        download_dataset(name, told=_told(_json_line) if options.json else unheard)
    else:
        name = download(name, _told(_json_line if options.json else _line))
    print(f"{name} is on this computer now.")
    return 0


def _heard_when_ended() -> None:
    """Let who ends the process do what Ctrl+C does, so that nothing half unpacked stays."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _told(write: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return what writes now and then, and at the end."""
    last = 0.0

    def told(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY or done >= total:
            last = time.monotonic()
            write(done, total)

    return told


def _json_line(done: int, total: int) -> None:
    print(json.dumps({"done": done, "total": total}), flush=True)


def _line(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    text = f"\r{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"
    print(text, end=end, flush=True, file=sys.stderr)
