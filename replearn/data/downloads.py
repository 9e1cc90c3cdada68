"""Downloading a data set, only when the user asks; what Ctrl+C stops goes on where it was."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from replearn.core.errors import InputError, OfflineError
from replearn.core.kept_answers import forget_whole, kept_answers
from replearn.core.network import reachable
from replearn.core.settings import from_environment
from replearn.data import hub_sets, torchvision_sets
from replearn.data.places import KINDS, OFFLINE, PART, place

Say = Callable[[str], None]
Told = Callable[[int, int], None]  # bytes that are here, of about so many
# inside the folder of a download that isn't complete: the data set, and the web's answers
FILES, ANSWERS = "files", "answers"


def unheard(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def is_downloadable(name: str) -> bool:
    """Say whether a name is one of a data set that a download brings."""
    return name.partition(":")[0] in KINDS


def download_dataset(name: str, say: Say = print, told: Told = unheard) -> None:
    """Fetch `torchvision:NAME` or `hf:OWNER/NAME` into the cache folder.

    The size is said before; the progress is shown by torchvision or the hub's client on standard
    error. The data set counts as being here only once all of it is; what came of a download that
    was stopped or broke off is kept, and the next one goes on from there.

    Args:
        name: of the data set.
        say: gets a sentence before the download starts.
        told: is told how far a data set of torchvision's is.

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
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        if kind == "torchvision":
            _from_torchvision(called, part, say, told)
        else:
            _from_hub(called, part / FILES, say)
        (part / FILES).replace(folder)
    except (OSError, RuntimeError, ValueError) as error:
        said = " ".join(str(error).split())  # torchvision's has lines
        raise OfflineError(f"The download of {name} broke off ({said}); start it again.") from error
    _removed(part)


def _removed(part: Path) -> None:
    shutil.rmtree(part, ignore_errors=True)


def _from_torchvision(name: str, part: Path, say: Say, told: Told) -> None:
    entry = torchvision_sets.known(name)
    _need_network(entry.address)
    # its answers, the archives made of them, and what is in those
    _need_space(name, 3 * entry.megabytes - _here(part / ANSWERS), part.parent)
    say(f"{name}: about {entry.megabytes:,} MB from {entry.address}; Ctrl+C stops it.")
    about = entry.megabytes * 1_000_000
    answers, files = part / ANSWERS, part / FILES
    _removed(files)  # torchvision would take half an archive's pictures for all of them
    files.mkdir(parents=True)
    try:
        with kept_answers(answers, lambda done: told(done, max(done, about))):
            torchvision_sets.fetch(name, files)
    except BaseException as error:
        if isinstance(error, RuntimeError):  # torchvision's "not found or corrupted"
            forget_whole(answers)
        _removed(files)
        with contextlib.suppress(OSError):  # they stay where something came
            answers.rmdir()
            part.rmdir()
        raise


def _from_hub(name: str, files: Path, say: Say) -> None:
    _need_network(hub_sets.HUB)
    os.environ["HF_HUB_OFFLINE"] = "0"  # read once, when the hub's client is first imported
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        told = HfApi().dataset_info(name, files_metadata=True).siblings or []
        megabytes = sum(file.size or 0 for file in told) // 1_000_000
        _need_space(name, 2 * megabytes, files.parent.parent)
        say(f"{name}: {megabytes:,} MB from {hub_sets.HUB}; Ctrl+C stops it.")
        snapshot_download(name, repo_type="dataset", local_dir=files)  # goes on where it was
    except HfHubHTTPError as error:
        first = str(error).strip().splitlines()[0]
        raise InputError(f"The hub gives no data set called {name} ({first}).") from error


def _need_network(address: str) -> None:
    if not reachable(address):
        raise OfflineError(
            f"There is no way to {address} from here; {OFFLINE} work without a network."
        )


def _here(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*")) // 1_000_000


def _need_space(name: str, megabytes: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise InputError(
            f"{name} takes about {megabytes:,} MB until it is unpacked and {free:,} MB are free; "
            "make space, or name another place with --cache-dir or REPLEARN_CACHE_DIR."
        )
