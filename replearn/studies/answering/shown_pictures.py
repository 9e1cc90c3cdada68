"""Labelled pictures of a data set, opened once, as every distortion of a sweep starts from them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.seeds import generator
from replearn.data.base import Dataset
from replearn.store.encoded import DECODERS
from replearn.studies.answering.working_size import working_size

OPENED_AT_ONCE = 32


@dataclass(frozen=True, eq=False)
class ShownPictures:
    """Pictures at their working size.

    Attributes:
        ids: n.
        labels: n class names.
        values: n arrays (h, w, 3), uint8; sizes may differ.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[npt.NDArray[np.uint8], ...]

    def __len__(self) -> int:
        return len(self.ids)


def drawn_rows(data: Dataset, most: int | None, seed: int) -> list[int]:
    """Return the rows of at most `most` pictures, drawn at random; None takes all."""
    if most is None or most >= len(data):
        return list(range(len(data)))
    chosen = generator(seed, "pictures").permutation(len(data))[:most]
    return sorted(map(int, chosen))


def open_pictures(data: Dataset, rows: Sequence[int], progress: Progress = silent) -> ShownPictures:
    """Open the labelled ones among some rows; those without a label or damaged are left out."""

    def opened(row: int) -> tuple[str, str, npt.NDArray[np.uint8]] | None:
        try:
            sample = data[row]
        except InputError:
            return None
        if sample.label is None:
            return None
        return sample.id, data.class_names[sample.label], np.asarray(working_size(sample.image))

    found: list[tuple[str, str, npt.NDArray[np.uint8]]] = []
    with ThreadPoolExecutor(DECODERS) as pool:
        for batch in batches(rows, OPENED_AT_ONCE):
            progress(len(found), len(rows), "pictures opened")
            found += [one for one in pool.map(opened, batch) if one is not None]
    ids, labels, values = zip(*found, strict=True) if found else ((), (), ())
    return ShownPictures(ids, labels, values)
