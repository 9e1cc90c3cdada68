"""Files that reach the page wherever they lie: copied to the app's own temporary folder."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def served_folder() -> Path:
    """Return the folder whose files the page may serve, each in a folder with a name of its own."""
    return Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio")


def served_file(key: str, name: str, write: Callable[[Path], object]) -> str:
    """Return the path of a file that the page may serve, written unless it is there already.

    Args:
        key: what the file's content hangs on.
        name: of the file, as a person sees it.
        write: writes the content to the path that it is given.
    """
    folder = served_folder() / hashlib.sha256(key.encode()).hexdigest()[:32]
    target = folder / name
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(".part", dir=folder)  # two visitors may write at once
        os.close(handle)
        write(Path(part))
        os.replace(part, target)
    return str(target)


def hand_over(path: str | Path) -> str:
    """Copy a file to where the page may serve it from, and return that path.

    A component's value that lies elsewhere (in a package, a data set, the cache) is refused.
    """
    source = Path(path)
    key = f"{source} {source.stat().st_mtime_ns}"
    return served_file(key, source.name, lambda part: shutil.copyfile(source, part))
