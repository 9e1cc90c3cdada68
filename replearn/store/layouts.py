"""Map coordinates, by table and projection: shipped, cached, or computed."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.settings import from_environment, writable_folder


@dataclass(frozen=True, eq=False)
class Layout:
    """Coordinates of one table's rows under one projection."""

    coordinates: npt.NDArray[np.float32]  # (n, 2 or 3)
    preservation: Mapping[str, float]  # figures of projections.quality


def layout_name(table: str, projection: str, seed: int) -> str:
    """Return the file name of a layout of a table (named by `table_name`)."""
    return f"{table.removesuffix('.npz')}-{projection}-{seed}.npz"


def find_layout(name: str) -> Layout | None:
    """Return a shipped or cached layout, or None."""
    for path in (asset_path("tables", name), from_environment().cache_dir / "tables" / name):
        if path.exists():
            with np.load(path, allow_pickle=False) as file:
                return Layout(file["coordinates"], json.loads(str(file["preservation"])))
    return None


def keep_layout(layout: Layout, name: str, folder: Path | None = None) -> None:
    """Write a layout to `folder` (default: the cache, where there is one)."""
    target = folder or writable_folder(from_environment().cache_dir / "tables")
    if target is None:
        return
    part = target / f"{name}.{os.getpid()}.part"
    with part.open("wb") as file:
        np.savez(
            file,
            coordinates=layout.coordinates.astype(np.float32),
            preservation=np.array(json.dumps(dict(layout.preservation))),
        )
    part.replace(target / name)
