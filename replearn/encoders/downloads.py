"""Downloading a model's weights, only when the user asks: in a child process that can be stopped.

The app itself runs with the hub's client switched off, so that nothing is fetched by accident.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from replearn.core.errors import InputError, OfflineError
from replearn.core.network import reachable
from replearn.core.settings import from_environment

HUB = "https://huggingface.co"


def download(name: str) -> None:
    """Fetch the weights of `open_clip:ARCHITECTURE/TAG` into the local hub cache.

    Progress (size, speed, time left) is printed by the hub's client on standard error.

    Raises:
        InputError: the name isn't a downloadable model.
        OfflineError: the app was started with --offline, or the hub doesn't answer.
    """
    if from_environment().offline:
        raise OfflineError("This launch is --offline; start without it to download models.")
    match = re.fullmatch(r"open_clip:([^/?]+)/([^/?]+)", name)
    if match is None:
        raise InputError(f"{name} needs no download; give open_clip:ARCHITECTURE/TAG.")
    if not reachable(HUB):
        raise OfflineError(
            "There is no network; photo-clip and imagenet work without one, everything else waits."
        )
    os.environ["HF_HUB_OFFLINE"] = "0"  # read once, when the hub's client is first imported
    from open_clip.pretrained import download_pretrained, get_pretrained_cfg

    config = get_pretrained_cfg(*match.groups())
    if not config:
        raise InputError(f"OpenCLIP has no weights called {name}.")
    download_pretrained(config)


def download_in_child(name: str) -> Iterator[str]:
    """Run `python -m replearn download NAME`; yield its lines. Closing the generator stops it.

    Raises:
        OfflineError: the child ended with an error; the message is its last line.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "replearn", "download", name],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "0", "PYTHONUNBUFFERED": "1"},
    )
    last = ""
    try:
        assert child.stdout is not None
        for line in child.stdout:  # the progress bar's carriage returns count as line ends
            last = line.strip() or last
            yield last
        if child.wait() != 0:
            raise OfflineError(last or f"The download of {name} failed.")
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
