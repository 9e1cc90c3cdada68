"""Short names for contents: two things with the same fingerprint are the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from PIL import Image


def of_parts(parts: Iterable[str | bytes]) -> str:
    """Return a fingerprint (32 hex digits) of an ordered list of texts and bytes."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def of_image(image: Image.Image) -> str:
    """Return the fingerprint of a picture's pixels."""
    return of_parts([image.mode, repr(image.size), image.tobytes()])


def of_file(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def of_folder(folder: Path) -> str:
    """Return a fingerprint of the names, sizes and times of change of all files in a folder."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            name = path.relative_to(folder).as_posix()
            parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return of_parts(parts)
