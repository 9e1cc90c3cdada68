"""A heat map as a file: a picture, or its raw values with where they come from."""

import io
import json
from pathlib import Path

import numpy as np

from replearn.core.errors import InputError
from replearn.results.heat_map import HeatMap
from replearn.results.stamp import stamp_dict


def stated(found: HeatMap) -> dict[str, object]:
    """Return target, score, method, layer and stamp as plain data."""
    return {
        "target": found.target,
        "score": found.score,
        "method": found.method,
        "layer": found.layer,
        **stamp_dict(found.stamp),
    }


def npz_bytes(found: HeatMap) -> bytes:
    """Return an NPZ file: `values` raw at native size, `full` at the picture's, `picture`, `stamp`.

    The stamp is JSON text.
    """
    raw = io.BytesIO()
    np.savez_compressed(
        raw,
        values=found.values,
        full=found.full,
        picture=found.picture,
        stamp=np.array(json.dumps(stated(found))),
    )
    return raw.getvalue()


def write_heat_map(found: HeatMap, path: Path) -> None:
    """Write a `.npz` with the raw values, or else the overlay as a picture.

    Raises:
        InputError: the file can't be written, or its ending isn't a picture's.
    """
    try:
        if path.suffix == ".npz":
            path.write_bytes(npz_bytes(found))
        else:
            found.overlay().save(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} can't be written ({error}); use a name like map.png.") from error
