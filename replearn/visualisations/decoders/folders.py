"""Decoders on disk: those that ship, and a user's own runs."""

import json
from pathlib import Path

from replearn.core.assets import asset_path
from replearn.core.visitors.run_owners import is_seen
from replearn.encoders.lab import RUN, run_folder, runs_folder

WEIGHTS, CONFIG = "decoder.safetensors", "decoder.json"
# folders under assets/, by the model that each inverts
SHIPPED_DECODERS = {
    "shapes-supervised": "shapes-supervised-decoder",
    "shapes-clip": "shapes-clip-decoder",
}


def decoder_folder(name: str) -> Path:
    """Return the folder of a decoder that ships, or of a run.

    Raises:
        InputError: the run is another visitor's.
    """
    if name.startswith(RUN):
        return run_folder(name)
    return asset_path(Path(name).name)


def decoders_of(model: str) -> tuple[str, ...]:
    """Return the decoders that invert a model: what ships, then runs, newest first."""
    ships = SHIPPED_DECODERS.get(model)
    found = [ships] if ships and (asset_path(ships) / CONFIG).is_file() else []
    own = sorted(runs_folder().glob(f"*/{CONFIG}"), key=lambda path: -path.stat().st_mtime)
    own = [path for path in own if is_seen(path.parent)]
    found += [f"{RUN}{path.parent.name}" for path in own if _inverts(path) == model]
    return tuple(found)


def _inverts(path: Path) -> str:
    """Return the model that a decoder inverts; nothing where the file can't be read."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["model"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
