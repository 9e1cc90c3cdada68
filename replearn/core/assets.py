"""Where the files that ship with the project lie."""

import os
from pathlib import Path


def assets_folder() -> Path:
    """Return the assets folder: `REPLEARN_ASSETS`, or that of the wheel, or of the checkout."""
    if override := os.environ.get("REPLEARN_ASSETS"):
        return Path(override)
    package = Path(__file__).resolve().parents[1]
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"


def asset_path(folder: str, *names: str) -> Path:
    """Return the path of a shipped file, e.g. `asset_path("photo-clip", "heads.safetensors")`."""
    return assets_folder().joinpath(folder, *names)
