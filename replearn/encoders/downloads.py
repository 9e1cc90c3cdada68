"""Downloading a model's weights, only when the user asks.

The app itself runs with the hub's client switched off, so that nothing is fetched by accident.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from replearn.core.errors import InputError, OfflineError, ReplearnError
from replearn.core.network import reachable
from replearn.core.settings import from_environment
from replearn.encoders.names import OPEN_CLIP, canonical

if TYPE_CHECKING:
    from replearn.encoders.hub.fetching import HubFile

Told = Callable[[int, int], None]  # bytes that are here, of so many


def hub_address() -> str:
    """Return where the hub is: `HF_ENDPOINT`, as its own client has it."""
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def download(name: str, told: Told) -> str:
    """Fetch what a model needs into the local hub cache; what was cut off goes on where it was.

    Args:
        name: `open_clip:ARCHITECTURE/TAG`, `hf-hub:OWNER/NAME`, or what else people paste.
        told: is told how far it is.

    Returns:
        The model's name in the app.

    Raises:
        InputError: the name isn't a downloadable model, or there is no space for it.
        ModelError: the repository holds no model that can be opened.
        OfflineError: the app was started with --offline, the hub doesn't answer, or the download
            broke off.
    """
    if from_environment().offline:
        raise OfflineError("This launch is --offline; start without it to download models.")
    wanted = canonical(name)
    spec = wanted.removeprefix(OPEN_CLIP)
    if not wanted.startswith(OPEN_CLIP) or "?" in spec or spec.count("/") > 1 or "/" not in spec:
        raise InputError(f"{name} needs no download; give open_clip:ARCHITECTURE/TAG.")
    if not reachable(hub_address()):
        raise OfflineError(
            "There is no network; photo-clip and imagenet work without one, everything else waits."
        )
    os.environ["HF_HUB_OFFLINE"] = "0"  # read once, when the hub's client is first imported
    try:
        _bring(spec, told)
    except ReplearnError:
        raise
    except Exception as error:  # the hub's client raises what its transport raises
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise OfflineError(f"The hub gave no answer for {name} ({first}); try again.") from error
    return wanted


def _bring(spec: str, told: Told) -> None:
    from replearn.encoders.hub.fetching import fetch
    from replearn.encoders.hub.needed import needed

    files = needed(spec, lambda file: fetch(file, lambda _: None))
    need_space(spec, files)
    total, done = sum(file.size for file in files), 0
    for file in files:
        fetch(file, lambda here, before=done: told(before + here, total))  # type: ignore[misc]
        done += file.size


def need_space(spec: str, files: "Sequence[HubFile]") -> None:
    """Refuse what doesn't fit on the disk; what is here of it already counts.

    Raises:
        InputError: there is too little space.
    """
    from replearn.encoders.hub.cache import cache_folder
    from replearn.encoders.hub.fetching import come_before

    there = cache_folder()
    there.mkdir(parents=True, exist_ok=True)
    here = come_before(files[-1].repository)
    free, missing = shutil.disk_usage(there).free, sum(file.size for file in files) - here
    if free < missing:
        raise InputError(
            f"{spec} takes {missing / 1e6:,.0f} MB and {free / 1e6:,.0f} MB are free; make space, "
            "or name another place for the hub's cache by HF_HOME."
        )
