"""Arrays as one compressed NPZ file, whole or not at all: as what is computed ships."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core.in_place import put_in_place


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write arrays by name; a file that was there stays until this one is whole.

    Raises:
        OSError: there is no room, or no permission.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)
