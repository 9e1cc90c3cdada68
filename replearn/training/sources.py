"""Where training's pictures come from: endless rendered ones, or the pictures of a data set."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.emoji import DESIGNERS
from replearn.data.shapes import FACTORS, Scenes, World, draw
from replearn.data.shapes.captions import captions

LARGEST = 4 << 30  # bytes of pictures held in memory
PROBE_FIT, PROBE_TEST = 2000, 1000


@dataclass(frozen=True, eq=False)
class Batch:
    """Pictures with what is known of them.

    Attributes:
        pictures: two (or one) pictures of each sample, (n, 3, s, s), uint8.
        labels: (n,); -1 where there is none.
        texts: a caption each.
    """

    pictures: tuple[Tensor, ...]
    labels: Tensor
    texts: tuple[str, ...]


class Source(Protocol):
    """Batches by address: the same numbers give the same batch, before and after a restart."""

    side: int
    class_names: tuple[str, ...]
    pictures: int | None  # None where they never end

    def batch(self, rows: range) -> Batch:
        """Return the samples at positions `rows` of the endless stream."""
        ...

    def probe(self, part: str, count: int) -> Batch:
        """Return fixed samples to measure on: part "fit" or "test"; never trained on if "test"."""
        ...


class ShapesSource:
    """Fresh pictures of the world of shapes, for ever.

    Args:
        level: "shapes" or "shapes-free".
        side: of the pictures, in pixels.
        seed: of the training pictures.
        label: the factor that the labels are about.
        pairs: whether a sample is two renderings of one object: from another camera, under another
            light and before another background.
        objects: share of scenes with two objects.
    """

    pictures: int | None = None

    def __init__(
        self,
        level: str,
        side: int,
        seed: int,
        label: str = "solid",
        pairs: bool = False,
        two_objects: float = 0.0,
    ) -> None:
        self.side, self.label, self._pairs = side, label, pairs
        self._world = World(level, "train", seed)
        self._two = two_objects
        self.class_names = FACTORS[label]

    def batch(self, rows: range) -> Batch:
        """Render the scenes at `rows`."""
        addresses = np.arange(rows.start, rows.stop)
        two = round(len(rows) * self._two)
        parts = [
            self._rendered(replace(self._world, objects=k), at)
            for k, at in ((1, addresses[two:]), (2, addresses[:two]))
            if len(at)
        ]
        return _joined(parts)

    def probe(self, part: str, count: int) -> Batch:
        """Render scenes of another seed (fit) or of the test split."""
        seed = self._world.seed + (1_000_003 if part == "fit" else 0)
        split = "train" if part == "fit" else "test"
        world = World(self._world.level, split, seed)
        return self._rendered(world, np.arange(count), pairs=False)

    def _rendered(self, world: World, rows: np.ndarray, pairs: bool | None = None) -> Batch:
        from replearn.data.shapes.render import render

        scenes = draw(world, rows)
        pictures = [render(scenes, self.side)]
        if self._pairs if pairs is None else pairs:
            pictures.append(render(seen_otherwise(scenes, world, rows), self.side))
        labels = torch.from_numpy(scenes.labels(self.label).copy())
        return Batch(tuple(pictures), labels, tuple(captions(scenes, rows, world.seed)))


def seen_otherwise(scenes: Scenes, world: World, rows: np.ndarray) -> Scenes:
    """Return the same objects in other scenes: another camera, light, background and place."""
    other = draw(replace(world, seed=world.seed + 7_000_003), rows)
    kept = ("solid", "colour", "texture", "large", "radius", "phase")
    return replace(other, **{name: getattr(scenes, name) for name in kept})


def _joined(parts: Sequence[Batch]) -> Batch:
    if len(parts) == 1:
        return parts[0]
    return Batch(
        tuple(torch.cat(views) for views in zip(*(p.pictures for p in parts), strict=True)),
        torch.cat([part.labels for part in parts]),
        tuple(text for part in parts for text in part.texts),
    )


class DatasetSource:
    """The pictures of any data set, held in memory at one size, in a new order each time round.

    A fifth of the pictures (at most 1,000) is kept out of training, to measure on.

    Raises:
        InputError: there are too few pictures, or too many for memory.
    """

    def __init__(self, dataset: Dataset, side: int, seed: int, progress: Progress = silent) -> None:
        self.side, self._seed = side, seed
        self.class_names = dataset.class_names
        total = len(dataset)
        if total * 3 * side * side > LARGEST:
            raise InputError(
                f"{total:,} pictures of {side} pixels don't fit in memory; take a smaller side."
            )
        self.unreadable: list[str] = []
        self._pictures, self._labels, self._texts = self._loaded(dataset, progress)
        order = generator(0, "probe").permutation(len(self._labels))
        kept = min(PROBE_TEST, len(order) // 5)
        if len(order) - kept < 2:
            raise InputError(
                f"{dataset.name} has {len(order)} readable pictures: too few to train."
            )
        self._test, self._train = order[:kept], order[kept:]
        self.pictures: int | None = len(self._train)

    def _loaded(
        self, dataset: Dataset, progress: Progress
    ) -> tuple[Tensor, Tensor, tuple[str, ...]]:
        def opened(index: int) -> tuple[np.ndarray, int, str] | str:
            try:
                sample = dataset[index]
            except InputError as error:
                return str(error)
            small = _square(sample.image, self.side)
            label = -1 if sample.label is None else sample.label
            return np.asarray(small).transpose(2, 0, 1), label, sample.caption

        pictures, labels, texts = [], [], []
        with ThreadPoolExecutor(2) as pool:
            for index, found in enumerate(pool.map(opened, range(len(dataset)))):
                progress(index, len(dataset), "pictures opened")
                if isinstance(found, str):
                    self.unreadable.append(found)
                    continue
                pictures.append(found[0])
                labels.append(found[1])
                texts.append(found[2])
        if not pictures:
            raise InputError(f"None of the pictures of {dataset.name} can be opened.")
        return torch.from_numpy(np.stack(pictures)), torch.tensor(labels), tuple(texts)

    def batch(self, rows: range) -> Batch:
        """Return samples of the stream of shuffled rounds."""
        count = len(self._train)
        turns = {r: generator(self._seed, "order", r) for r in {i // count for i in rows}}
        orders = {turn: random.permutation(self._train) for turn, random in turns.items()}
        return self._at(np.array([orders[i // count][i % count] for i in rows]))

    def probe(self, part: str, count: int) -> Batch:
        """Return fixed samples, of the training pictures (fit) or of those kept out (test)."""
        return self._at((self._train if part == "fit" else self._test)[:count])

    def _at(self, rows: np.ndarray) -> Batch:
        chosen = torch.from_numpy(rows)
        texts = tuple(self._texts[i] for i in rows)
        return Batch((self._pictures[chosen],), self._labels[chosen], texts)


class PairedSource:
    """Two pictures of each thing: two data sets with the same ids in the same order.

    Args:
        first: gives the first picture, the label and the text.
        second: gives the second picture.
    """

    def __init__(self, first: DatasetSource, second: DatasetSource) -> None:
        self._first, self._second = first, second
        self.side, self.class_names = first.side, first.class_names
        self.pictures = first.pictures

    def batch(self, rows: range) -> Batch:
        """Return the samples at `rows`, two pictures each."""
        return self._both(self._first.batch(rows), self._second.batch(rows))

    def probe(self, part: str, count: int) -> Batch:
        """Return fixed samples, two pictures each."""
        return self._both(self._first.probe(part, count), self._second.probe(part, count))

    @staticmethod
    def _both(first: Batch, second: Batch) -> Batch:
        return Batch((*first.pictures, *second.pictures), first.labels, first.texts)


def _square(image: Image.Image, side: int) -> Image.Image:
    from PIL import ImageOps

    return ImageOps.fit(image, (side, side), Image.Resampling.BICUBIC)


def open_source(
    dataset: str, side: int, seed: int, pairs: bool, two_objects: float, progress: Progress
) -> Source:
    """Return the source for a data set's name.

    Raises:
        InputError: there is no such data set, or it can't give two pictures of one thing.
    """
    if dataset in {"shapes", "shapes-free"}:
        return ShapesSource(dataset, side, seed, "solid", pairs, two_objects)
    if pairs and dataset == "emoji":
        drawn = [
            DatasetSource(load_dataset("emoji", designer=designer), side, seed, progress)
            for designer in DESIGNERS
        ]
        return PairedSource(*drawn)
    if pairs:
        raise InputError(
            f"{dataset} has one picture of each thing; views=scene works with shapes and emoji."
        )
    return DatasetSource(load_dataset(dataset), side, seed, progress)
