"""Downloading a data set, only when the user asks; Ctrl+C stops it and leaves nothing half done."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from replearn.core.errors import InputError, OfflineError
from replearn.core.network import reachable
from replearn.core.settings import from_environment
from replearn.data import hub_sets, torchvision_sets
from replearn.data.places import KINDS, OFFLINE, PART, place

Say = Callable[[str], None]


def is_downloadable(name: str) -> bool:
    """Say whether a name is one of a data set that a download brings."""
    return name.partition(":")[0] in KINDS


def download_dataset(name: str, say: Say = print) -> None:
    """Fetch `torchvision:NAME` or `hf:OWNER/NAME` into the cache folder.

    The size is said before; the progress is shown by torchvision or the hub's client on standard
    error. The data set counts as being here only once all of it is.

    Args:
        name: of the data set.
        say: gets a sentence before the download starts.

    Raises:
        InputError: there is no such data set, or no space for it.
        OfflineError: this launch is --offline, there is no network, or the download broke off.
    """
    kind, _, called = name.strip().partition(":")
    if kind not in KINDS:
        raise InputError(f"{name} needs no download; give torchvision:NAME or hf:OWNER/NAME.")
    checked = torchvision_sets.known if kind == "torchvision" else hub_sets.checked
    checked(called)
    folder = place(kind, called)
    if folder.is_dir():
        say(f"{name} is on this computer already.")
        return
    if from_environment().offline:
        raise OfflineError("This launch is --offline; start without it to download data sets.")
    part = folder.with_name(folder.name + PART)
    _removed(part)
    try:
        part.mkdir(parents=True)
        (_from_torchvision if kind == "torchvision" else _from_hub)(called, part, say)
        part.replace(folder)
    except (OSError, RuntimeError, ValueError) as error:
        said = " ".join(str(error).split())  # torchvision's has lines
        raise OfflineError(
            f"The download of {name} broke off ({said}); run the same command again."
        ) from error
    finally:
        _removed(part)


def _removed(part: Path) -> None:
    shutil.rmtree(part, ignore_errors=True)


def _from_torchvision(name: str, folder: Path, say: Say) -> None:
    entry = torchvision_sets.known(name)
    _need_network(entry.address)
    _need_space(name, entry.megabytes, folder)
    say(f"{name}: about {entry.megabytes:,} MB from {entry.address}; Ctrl+C stops it.")
    torchvision_sets.fetch(name, folder)


def _from_hub(name: str, folder: Path, say: Say) -> None:
    _need_network(hub_sets.HUB)
    os.environ["HF_HUB_OFFLINE"] = "0"  # read once, when the hub's client is first imported
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        files = HfApi().dataset_info(name, files_metadata=True).siblings or []
        megabytes = sum(file.size or 0 for file in files) // 1_000_000
        _need_space(name, megabytes, folder)
        say(f"{name}: {megabytes:,} MB from {hub_sets.HUB}; Ctrl+C stops it.")
        snapshot_download(name, repo_type="dataset", local_dir=folder)
    except HfHubHTTPError as error:
        first = str(error).strip().splitlines()[0]
        raise InputError(f"The hub gives no data set called {name} ({first}).") from error


def _need_network(address: str) -> None:
    if not reachable(address):
        raise OfflineError(
            f"There is no way to {address} from here; {OFFLINE} work without a network."
        )


def _need_space(name: str, megabytes: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < 2 * megabytes:  # the archive and what is in it
        raise InputError(
            f"{name} takes about {2 * megabytes:,} MB unpacked and {free:,} MB are free; make "
            "space, or name another place with --cache-dir or REPLEARN_CACHE_DIR."
        )
