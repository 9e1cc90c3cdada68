"""Overlaps of a layer's units with the masks of `shapes`, as they ship."""

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.fingerprint import of_parts
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.results.stamp import Floats
from replearn.store.arrays import write_arrays

FOLDER = "dissections"
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Dissection:
    """How well each unit of a layer covers each thing in the pictures.

    Attributes:
        concepts: (factor, value) of each thing.
        iou: (units, things), intersection over union, summed over the pictures.
        half_width: (units, things), of its 95 % interval.
        n: pictures.
    """

    concepts: tuple[tuple[str, str], ...]
    iou: Floats
    half_width: Floats
    n: int


def dissection_path(encoder: Encoder, layer: str, data: Dataset) -> Path:
    """Return where a layer's overlaps ship, whether or not they do; as `responses_path`."""
    key = of_parts([data.fingerprint(), encoder.trunk_fingerprint, layer])
    return asset_path(FOLDER, f"{data.name}-{key[:16]}.npz")


def write_dissection(found: Dissection, path: Path) -> None:
    """Write overlaps as float16, which keeps three digits of each.

    Raises:
        OSError: there is no room, or no permission.
    """
    arrays = {
        "concepts": np.array(found.concepts),
        "iou": found.iou.astype(np.float16),
        "half_width": found.half_width.astype(np.float16),
        "n": np.array(found.n),
    }
    write_arrays(path, arrays)


def shipped_dissection(encoder: Encoder, layer: str, data: Dataset) -> Dissection | None:
    """Return what ships of a layer, or None."""
    path = dissection_path(encoder, layer, data)
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return Dissection(
                tuple((str(factor), str(value)) for factor, value in file["concepts"]),
                file["iou"].astype(np.float32),
                file["half_width"].astype(np.float32),
                int(file["n"]),
            )
    except DAMAGED as error:
        log.warning("%s can't be read (%s); the overlaps are computed anew.", path, error)
        return None
