"""Map coordinates, by vectors, projection and settings: shipped, cached, or computed."""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.in_place import put_in_place
from replearn.core.settings import from_environment, writable_folder

log = logging.getLogger(__name__)
FOLDER = "layouts"


@dataclass(frozen=True, eq=False)
class Layout:
    """Coordinates of some vectors under one projection.

    Attributes:
        coordinates: (n, 2 or 3).
        preservation: figures of `projections.quality`.
        misplaced: (n,) how badly each point is placed; nan where it wasn't measured.
    """

    coordinates: npt.NDArray[np.float32]
    preservation: Mapping[str, float]
    misplaced: npt.NDArray[np.float32]


def layout_name(
    vectors: npt.NDArray[np.float32], projection: str, settings: Mapping[str, Any], seed: int
) -> str:
    """Return the file name of a layout: another vector, setting or seed gives another."""
    # unit vectors as float16, as tables are kept: what was computed and what was read back share
    # their map; numbers on another scale would fall together
    kept = vectors.astype(np.float16) if np.abs(vectors).max(initial=0) <= 1.001 else vectors
    key = fingerprint.of_parts(
        [
            kept.tobytes(),
            json.dumps(dict(settings), sort_keys=True),
            str(seed),
        ]
    )
    return f"{projection}-{len(vectors)}-{key[:20]}.npz"


def find_layout(name: str) -> Layout | None:
    """Return a shipped or cached layout, or None."""
    for path in (asset_path(FOLDER, name), from_environment().cache_dir / FOLDER / name):
        if path.exists():
            try:
                return _read(path)
            except DAMAGED as error:
                log.warning("%s can't be read (%s); the map is computed anew.", path, error)
    return None


def _read(path: Path) -> Layout:
    with np.load(path, allow_pickle=False) as file:
        return Layout(
            file["coordinates"],
            json.loads(str(file["preservation"])),
            file["misplaced"].astype(np.float32),
        )


def keep_layout(layout: Layout, name: str, folder: Path | None = None) -> None:
    """Write a layout to `folder` (default: the cache, where there is one)."""
    target = folder or writable_folder(from_environment().cache_dir / FOLDER)
    if target is None:
        return
    part = target / f"{name}.{os.getpid()}.part"
    try:
        with part.open("wb") as file:
            np.savez(
                file,
                coordinates=layout.coordinates.astype(np.float32),
                preservation=np.array(json.dumps(dict(layout.preservation))),
                misplaced=layout.misplaced.astype(np.float16),
            )
        put_in_place(part, target / name)
    except OSError as error:
        part.unlink(missing_ok=True)
        log.warning("The map isn't kept on disk (%s); it is computed anew next time.", error)
