"""Which pictures of a data set are asked for, and what they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data.base import Dataset, Entry, Listed, Sample
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.base import Encoder
from replearn.store.encoded import Vectors, encode_stream


@dataclass(frozen=True, eq=False)
class Labelled:
    """Some pictures of a data set with their labels, unopened.

    Attributes:
        data: the data set.
        rows: (n,), which of its samples.
        labels: (n,), what they are.
        ids: of the samples.
    """

    data: Dataset
    rows: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    ids: tuple[str, ...]

    def take(self, chosen: npt.NDArray[np.int64]) -> "Labelled":
        """Return some of them."""
        ids = tuple(self.ids[i] for i in chosen)
        return Labelled(self.data, self.rows[chosen], self.labels[chosen], ids)


def of_shapes(data: Shapes) -> Labelled:
    """Return all pictures of a rendered data set; none is rendered."""
    stem = f"{data.world.split}-{data.world.seed}"
    return Labelled(
        data,
        np.arange(data.size),
        data.scenes(0, data.size).labels(data.label),
        tuple(f"{stem}-{index}" for index in range(data.size)),
    )


def of_dataset(data: Dataset, classes: Sequence[str]) -> Labelled:
    """Return the labelled pictures of any data set, labels counted in `classes`.

    Raises:
        InputError: no picture has a label, or a class isn't in `classes`.
    """
    place = {name: i for i, name in enumerate(classes)}
    if isinstance(data, Shapes):
        found = of_shapes(data)
        counted = np.array([place[name] for name in data.class_names])
        return replace(found, labels=counted[found.labels])
    known = [
        (row, place[data.class_names[one.label]], one.id)
        for row, one in _listed(data)
        if one.label is not None
    ]
    if not known:
        raise InputError(
            f"None of the pictures of {data.name} has a label; put them in one folder per class."
        )
    rows, labels, ids = zip(*known, strict=True)
    return Labelled(data, np.array(rows), np.array(labels), tuple(ids))


def _listed(data: Dataset) -> Iterator[tuple[int, Entry | Sample]]:
    """Yield what is known of each picture; what can only be known from an opened one is opened."""
    for row in range(len(data)):
        if isinstance(data, Listed):
            yield row, data.entry(row)
            continue
        try:
            yield row, data[row]
        except InputError:
            continue


def encoded(
    encoder: Encoder, asked: Labelled, of_head: bool, progress: Progress = silent
) -> tuple[npt.NDArray[np.int64], Vectors]:
    """Return which of the pictures can be opened, (n,), and what the network makes of them.

    Args:
        encoder: the model.
        asked: the pictures.
        of_head: logits of its own classes, (n, k), else unit vectors, (n, d).
        progress: told as pictures are encoded.

    Raises:
        InputError: none of them can be opened.
    """
    run = encoder.outputs if of_head else encoder.embed_pixels
    openers = (lambda row=row: asked.data[int(row)].image for row in asked.rows)
    opened, found = [], []
    for i, vector in enumerate(encode_stream(openers, encoder.preprocess, run)):
        progress(i, len(asked.rows), f"pictures of {asked.data.name}, {encoder.name}")
        if vector is not None:
            opened.append(i)
            found.append(vector)
    if not found:
        raise InputError(f"None of the pictures of {asked.data.name} can be opened.")
    return np.array(opened), np.stack(found)
