"""Training pictures from a data set, held in memory."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.data.base import Dataset
from replearn.data.telling import left_out_of
from replearn.training.sources.batch import Batch
from replearn.training.sources.order import Balanced, Order, Shuffled, groups_of

LARGEST = 4 << 30  # bytes of pictures held in memory
PROBE_TEST = 1000


class DatasetSource:
    """The pictures of any data set, held in memory at one size, in a new order each time round.

    A fifth of the pictures (at most 1,000) is kept out of training, to measure on.

    Args:
        dataset: the pictures.
        side: to which they are cut, in pixels.
        seed: of the order.
        progress: told as they are opened.
        balance: a column of which every value is drawn equally often in every class; "" draws
            pictures as they are.

    Raises:
        InputError: there are too few pictures, or too many for memory; or no such column.
    """

    def __init__(
        self,
        dataset: Dataset,
        side: int,
        seed: int,
        progress: Progress = silent,
        balance: str = "",
    ) -> None:
        self.side, self._balance = side, balance
        self._values: list[str | None] = []
        self.class_names = dataset.class_names
        self.unreadable: tuple[str, ...] = left_out_of(dataset)
        self._pictures, self._labels, self._texts = self._loaded(dataset, progress)
        self._test, self._train = kept_out(len(self._labels))
        if len(self._train) < 2:
            raise InputError(
                f"{dataset.name} has {len(self._labels)} readable pictures: too few to train."
            )
        self.pictures: int | None = len(self._train)
        self._order: Order = Shuffled(self._train, seed)
        if balance:
            labels = self._labels.tolist()
            groups = groups_of(dataset.name, balance, self._values, labels)
            self._order = Balanced(self._train, groups, seed)

    def _loaded(
        self, dataset: Dataset, progress: Progress
    ) -> tuple[Tensor, Tensor, tuple[str, ...]]:
        """Return pictures, labels and captions of what can be opened; note the rest."""
        total, side = len(dataset), self.side
        if total * 3 * side * side > LARGEST:
            raise InputError(
                f"{total:,} pictures of {side} pixels don't fit in memory; take a smaller side."
            )

        def opened(index: int) -> tuple[np.ndarray, int, str, str | None] | str:
            try:
                sample = dataset[index]
            except InputError as error:
                return str(error)
            small = _square(sample.image, self.side)
            label = -1 if sample.label is None else sample.label
            pixels = np.asarray(small).transpose(2, 0, 1)
            return pixels, label, sample.caption, sample.meta.get(self._balance)

        pictures, labels, texts = [], [], []
        with ThreadPoolExecutor(2) as pool:
            for index, found in enumerate(pool.map(opened, range(len(dataset)))):
                progress(index, len(dataset), "pictures opened")
                if isinstance(found, str):
                    self.unreadable += (found,)
                    continue
                pictures.append(found[0])
                labels.append(found[1])
                texts.append(found[2])
                self._values.append(found[3])
        if not pictures:
            raise InputError(f"None of the pictures of {dataset.name} can be opened.")
        return torch.from_numpy(np.stack(pictures)), torch.tensor(labels), tuple(texts)

    def batch(self, rows: range) -> Batch:
        """Return samples of the stream of shuffled rounds."""
        count = len(self._train)
        orders = {turn: self._order.turn(turn) for turn in {i // count for i in rows}}
        return self._at(np.array([orders[i // count][i % count] for i in rows]))

    def probe(self, part: str, count: int) -> Batch:
        """Return fixed samples, of the training pictures (fit) or of those kept out (test)."""
        return self._at((self._train if part == "fit" else self._test)[:count])

    def _at(self, rows: np.ndarray) -> Batch:
        chosen = torch.from_numpy(rows)
        texts = tuple(self._texts[i] for i in rows)
        return Batch((self._pictures[chosen],), self._labels[chosen], texts)


def kept_out(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which of `count` pictures are kept out of training, and which are trained on."""
    order = generator(0, "probe").permutation(count)
    kept = min(PROBE_TEST, count // 5)
    return order[:kept], order[kept:]


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
        self.unreadable = first.unreadable + second.unreadable

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
