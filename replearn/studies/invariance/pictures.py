"""Pictures to change: the subject, a rendered scene, or some of a data set with their labels."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.seeds import generator
from replearn.data.base import Dataset, Sample
from replearn.data.images import open_image, thumbnail
from replearn.data.shapes.dataset import Shapes
from replearn.distortions.base import to_values
from replearn.encoders.base import Picture
from replearn.studies.invariance.factors import SQUARE, Stack


@dataclass(frozen=True, eq=False)
class Tested:
    """Pictures of a data set.

    Attributes:
        stack: n of them.
        ids: (n,).
        labels: (n,), or None where one of them has none.
    """

    stack: Stack
    ids: tuple[str, ...]
    labels: npt.NDArray[np.int64] | None


def subject_stack(image: Picture) -> Stack:
    """Return one picture: its centre square, of at most `SQUARE` pixels.

    Raises:
        InputError: the picture can't be opened.
    """
    opened = open_image(image)
    return Stack(to_values([thumbnail(opened, min(SQUARE, *opened.size))]))


def scene_stack(row: int, seed: int = 7) -> Stack:
    """Return one test scene of `shapes`, rendered.

    Raises:
        InputError: the row is negative.
    """
    if not 0 <= row < 10_000:
        raise InputError(f"Scene {row} isn't there; choose one from 0 to 9,999.")
    data = Shapes("test", seed, row + 1)
    return Stack(to_values([data[row].image]), data.scenes(row, row + 1))


def some_pictures(data: Dataset, n: int, seed: int) -> Tested:
    """Return n pictures of a data set: the first of a rendered world, drawn at random of others.

    Pictures that can't be opened are left out.

    Raises:
        InputError: fewer than two pictures are asked for, or can be opened.
    """
    rows = rows_of(data, n, seed)
    samples = readable(data, rows)
    if len(samples) < 2:
        raise InputError(
            f"{len(samples)} pictures of {data.name} give no interval; take at least 2."
        )
    # one size for all; the median, that a single icon among photographs doesn't shrink them
    side = int(np.median([sample.image.width for sample in samples]))
    labels = [sample.label for sample in samples]
    known = bool(data.class_names) and all(label is not None for label in labels)
    scenes = data.scenes(0, len(rows)) if isinstance(data, Shapes) else None
    return Tested(
        Stack(to_values([thumbnail(sample.image, side) for sample in samples]), scenes),
        tuple(sample.id for sample in samples),
        np.array(labels, np.int64) if known else None,
    )


def rows_of(data: Dataset, n: int, seed: int) -> list[int]:
    """Return n rows: the first of a rendered world, drawn at random of any other data set."""
    if isinstance(data, Shapes) or n >= len(data):
        return list(range(max(0, min(n, len(data)))))
    drawn = generator(seed, "invariance").choice(len(data), n, replace=False)
    return sorted(drawn.tolist())


def others(data: Dataset, n: int, seed: int, most: int) -> tuple[Dataset, list[int]]:
    """Return at most `most` pictures to fit a probe on: none that `some_pictures` returns."""
    if isinstance(data, Shapes):
        world = data.world
        train = Shapes(
            "train",
            world.seed + 1,
            most,
            data.label,
            world.level,
            world.objects,
            data.side,
            world.texture_bias,
            world.background_bias,
        )
        return train, list(range(most))
    left = np.setdiff1d(np.arange(len(data)), rows_of(data, n, seed))
    if len(left) > most:
        left = np.sort(generator(seed, "probe").choice(left, most, replace=False))
    return data, left.tolist()


def readable(data: Dataset, rows: Sequence[int]) -> list[Sample]:
    """Return samples as centre squares of at most `SQUARE` pixels, but for what can't be opened."""
    found = []
    for row in rows:
        try:
            sample = data[row]
        except InputError:
            continue
        side = min(SQUARE, *sample.image.size)
        found.append(dataclasses.replace(sample, image=thumbnail(sample.image, side)))
    return found
