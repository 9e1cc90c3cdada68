"""Find files that ship inside installed packages, without importing these packages."""

import importlib.util
from pathlib import Path


def package_file(package: str, inside: str) -> Path | None:
    """Return the path of `inside` in a top-level package; None when one of them isn't there."""
    spec = importlib.util.find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / inside
        if path.exists():
            return path
    return None
