"""Checksums of the weights that ship: recorded when they are built, checked when opened."""

import functools
import hashlib
from pathlib import Path

from replearn.core.assets import assets_folder
from replearn.core.errors import ModelError

FILE = "weights.sha256"  # in the assets folder, as `sha256sum` writes and checks it


def check_weights(folder: Path) -> None:
    """Compare the weights in a folder of the assets with what was recorded, once in a process.

    Six megabytes take some ten milliseconds. A user's own runs aren't looked at.

    Raises:
        ModelError: a file is another than the one that was shipped.
    """
    if folder.parent == assets_folder():
        _checked(folder, assets_folder() / FILE)


@functools.lru_cache(maxsize=64)
def _checked(folder: Path, recorded: Path) -> None:
    known = read_checksums(recorded)
    for path in sorted(folder.glob("*.safetensors")):
        name = f"{folder.name}/{path.name}"
        if known.get(name, found := _sha256(path)) != found:
            raise ModelError(
                f"{name} isn't what was shipped (its checksum is another); install replearn again."
            )


def record_weights(folder: Path) -> None:
    """Note the checksums of the weights in a folder of the assets, which were just built."""
    path = assets_folder() / FILE
    known = {
        name: checksum
        for name, checksum in read_checksums(path).items()
        if not name.startswith(f"{folder.name}/")
    }
    known |= {f"{folder.name}/{one.name}": _sha256(one) for one in folder.glob("*.safetensors")}
    lines = [f"{checksum}  {name}\n" for name, checksum in sorted(known.items())]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    _checked.cache_clear()


def read_checksums(path: Path) -> dict[str, str]:
    """Return what was recorded: a file's name, with its folder -> its SHA-256; {} without any."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
