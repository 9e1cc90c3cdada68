"""Where the files that ship with the project lie."""

import os
from pathlib import Path


def assets_folder() -> Path:
    """Return the assets folder: `REPLEARN_ASSETS`, or `assets/` beside the package."""
    override = os.environ.get("REPLEARN_ASSETS")
    return Path(override) if override else Path(__file__).resolve().parents[2] / "assets"


def asset_path(folder: str, *names: str) -> Path:
    """Return the path of a shipped file, e.g. `asset_path("photo-clip", "heads.safetensors")`."""
    return assets_folder().joinpath(folder, *names)
