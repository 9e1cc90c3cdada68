"""Responses of a layer's units to a data set, as they ship: compact, named by data and weights."""

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.fingerprint import of_parts
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.results.stamp import Floats
from replearn.store.arrays import write_arrays

FOLDER = "responses"
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Responses:
    """The highest response of each unit to each picture, and where it is.

    Attributes:
        highest: (n, units).
        means: (n, units), over the cells; they order pictures that saturate a unit alike.
        cells: (n, units), row * columns + column of the cell that responds most.
        shape: rows and columns of the layer.
        rows: (n,), of the data set.
    """

    highest: Floats
    means: Floats
    cells: npt.NDArray[np.int32]
    shape: tuple[int, int]
    rows: tuple[int, ...]


def responses_path(encoder: Encoder, layer: str, data: Dataset) -> Path:
    """Return where a layer's responses ship, whether or not they do.

    The name changes with the data and the weights, so that what belongs to others is never read;
    models with the same trunk share one.
    """
    key = of_parts([data.fingerprint(), encoder.trunk_fingerprint, layer])
    return asset_path(FOLDER, f"{data.name}-{key[:16]}.npz")


def write_responses(found: Responses, path: Path) -> None:
    """Write responses as float16, which keeps three digits of each, and cells as uint16.

    Raises:
        OSError: there is no room, or no permission.
    """
    arrays = {
        "highest": found.highest.astype(np.float16),
        "means": found.means.astype(np.float16),
        "cells": found.cells.astype(np.uint16),
        "shape": np.array(found.shape),
        "rows": np.array(found.rows),
    }
    write_arrays(path, arrays)


def shipped_responses(encoder: Encoder, layer: str, data: Dataset) -> Responses | None:
    """Return what ships of a layer, or None; of two equal responses the mean decides, as ever."""
    path = responses_path(encoder, layer, data)
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            rows, columns = file["shape"].tolist()
            return Responses(
                file["highest"].astype(np.float32),
                file["means"].astype(np.float32),
                file["cells"].astype(np.int32),
                (rows, columns),
                tuple(file["rows"].tolist()),
            )
    except DAMAGED as error:
        log.warning("%s can't be read (%s); the responses are computed anew.", path, error)
        return None
