"""Pictures of the fine-tuning matrix: rendered once, manipulated once, kept in the cache folder."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.errors import ReplearnError
from replearn.core.progress import Progress, silent
from replearn.core.settings import from_environment
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.distortions.base import DEFINITIONS, to_values
from replearn.distortions.geirhos2018 import MANIPULATIONS, Manipulation

SIDE = 48  # pixels
LABEL = "solid"
CLASSES = FACTORS[LABEL]
TRAIN, TEST = 12_000, 1_000
DRAWS = 3  # of what is random, so that a network doesn't learn one noise by heart
BLOCK = 500

Pictures = npt.NDArray[np.uint8]  # (n, h, w, 3)


def dataset(split: str) -> Shapes:
    """Return the world's pictures, train or test."""
    return Shapes(split, size=TRAIN if split == "train" else TEST, label=LABEL, side=SIDE)


def labels(split: str) -> npt.NDArray[np.int64]:
    """Return (n,) the solids of a split."""
    data = dataset(split)
    return data.scenes(0, len(data)).labels(LABEL)


def manipulated(
    manipulation: Manipulation, split: str, progress: Progress = silent
) -> list[Pictures]:
    """Return the split's pictures, manipulated, once for each draw; mapped from the disk.

    Raises:
        ReplearnError: the disk has no room for them.
    """
    draws = DRAWS if manipulation.random and split == "train" else 1
    return [_kept(manipulation, split, draw, progress) for draw in range(draws)]


def _kept(manipulation: Manipulation, split: str, draw: int, progress: Progress) -> Pictures:
    data = dataset(split)
    origin = fingerprint.of_parts([DEFINITIONS, data.fingerprint(), repr(manipulation), str(draw)])
    path = from_environment().cache_dir / "matrix" / f"{origin[:24]}.npy"
    if not path.exists():
        try:
            _write(path, data, manipulation, draw, progress)
        except OSError as error:
            raise ReplearnError(
                f"The manipulated pictures can't be kept in {path.parent} ({error}); make room "
                "(about 2 GB), or name another folder by --cache-dir."
            ) from error
    kept: Pictures = np.load(path, mmap_mode="r")
    return kept


def _write(
    path: Path, data: Shapes, manipulation: Manipulation, draw: int, progress: Progress
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.npy")
    size = (len(data), SIDE, SIDE, 3)
    pictures = np.lib.format.open_memmap(partial, "w+", np.uint8, size)
    for start in range(0, len(data), BLOCK):
        progress(start, len(data), f"pictures with {manipulation.title}")
        rows = range(start, min(start + BLOCK, len(data)))
        clean = to_values([data[row].image for row in rows])
        seeds = [draw * len(data) + row for row in rows]
        pictures[rows.start : rows.stop] = manipulation.apply_values(clean, seeds) * 255 + 0.5
    pictures.flush()
    partial.replace(path)


def of_name(name: str) -> Manipulation:
    """Return the manipulation with a name of the published table."""
    return next(m for m in MANIPULATIONS if m.name == name)
