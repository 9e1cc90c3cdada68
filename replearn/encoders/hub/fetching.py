"""One file of the hub, fetched so that a download which was cut off goes on where it was.

The hub's own client begins anew after its process ended; here what has come lies beside the
cache's blobs until it is complete and its checksum is right. Then the client finds it there.
"""

import errno
import hashlib
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from replearn.core.errors import InputError, OfflineError
from replearn.encoders.hub.cache import cache_folder

CHUNK = 1 << 20  # bytes
TRIES = 3  # in a row in which nothing came
SECONDS = 20.0  # without a byte
PART = ".replearn-part"
Told = Callable[[int], None]  # bytes of the file that are here


@dataclass(frozen=True)
class HubFile:
    """A file of the hub before it is fetched.

    Attributes:
        repository: "OWNER/NAME".
        filename: inside it.
        size: in bytes; 0 where the hub doesn't say it.
    """

    repository: str
    filename: str
    size: int

    @property
    def blobs(self) -> Path:
        """The folder of the hub's cache where the repository's files lie by their checksum."""
        return cache_folder() / f"models--{self.repository.replace('/', '--')}" / "blobs"


def fetch(file: HubFile, told: Told) -> Path:
    """Bring a file into the hub's cache, or the rest of it.

    Raises:
        InputError: the disk is full, or there is no such file.
        OfflineError: the connection broke off, or what came is damaged.
    """
    from filelock import FileLock, Timeout
    from huggingface_hub import get_hf_file_metadata, get_token, hf_hub_download, hf_hub_url

    url = hf_hub_url(file.repository, file.filename)
    known = get_hf_file_metadata(url)
    etag, size = known.etag or "", known.size or file.size
    blob = file.blobs / etag
    if etag and not blob.is_file():
        file.blobs.mkdir(parents=True, exist_ok=True)
        part = blob.with_name(etag + PART)
        same_host = urlsplit(known.location).hostname == urlsplit(url).hostname
        token = get_token() if same_host else None  # which is for the hub alone
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            with FileLock(f"{part}.lock", timeout=0):
                _complete(known.location, headers, part, size, told)
                _check(part, etag, file.filename)
                part.replace(blob)
        except Timeout as error:
            raise OfflineError(f"{file.filename} is being downloaded already.") from error
        Path(f"{part}.lock").unlink(missing_ok=True)
    told(size)
    return Path(hf_hub_download(file.repository, file.filename))


def come_before(repository: str) -> int:
    """Return how many bytes are here of a download that was cut off."""
    blobs = HubFile(repository, "", 0).blobs
    return max((path.stat().st_size for path in blobs.glob(f"*{PART}")), default=0)


def _complete(url: str, headers: dict[str, str], part: Path, size: int, told: Told) -> None:
    left = TRIES
    while (here := _size(part)) < size or not part.exists():
        try:
            _append(url, headers, part, here, told)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise InputError(
                    f"The disk is full: {(size - _size(part)) / 1e6:,.0f} MB more are needed; "
                    "make space and go on, what is here is kept."
                ) from error
        came = _size(part) > here
        left = TRIES if came else left - 1
        if _size(part) < size:
            if not left:
                raise OfflineError(
                    f"The connection broke off after {_size(part) / 1e6:,.1f} of "
                    f"{size / 1e6:,.1f} MB; go on when there is a network, what is here is kept."
                )
            time.sleep(0 if came else 1)


def _append(url: str, headers: dict[str, str], part: Path, here: int, told: Told) -> None:
    asked = urllib.request.Request(
        url, headers={**headers, "Accept-Encoding": "identity", "Range": f"bytes={here}-"}
    )
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
        # a server that knows no ranges sends all of it
        mode, here = ("ab", here) if answer.status == 206 else ("wb", 0)
        with part.open(mode) as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                file.flush()
                here += len(chunk)
                told(here)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _check(part: Path, etag: str, name: str) -> None:
    """Compare with the hub's checksum: SHA-256 of large files, git's own of small ones."""
    with part.open("rb") as file:
        if len(etag) == 64:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        elif len(etag) == 40:
            git = hashlib.sha1(f"blob {_size(part)}\0".encode(), usedforsecurity=False)
            git.update(file.read())
            found = git.hexdigest()
        else:
            return
    if found != etag:
        part.unlink()
        raise OfflineError(
            f"{name} came damaged (its checksum is another than the hub's) and was removed; "
            "download it again."
        )
