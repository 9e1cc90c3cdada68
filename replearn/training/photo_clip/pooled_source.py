"""Captioned pictures as a locked trunk sees them: pooled features, computed once."""

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress
from replearn.data.base import Dataset, Listed
from replearn.encoders.imagenet import ImagenetEncoder
from replearn.store.encoded import encode_stream
from replearn.training.sources.dataset_source import DatasetSource

FEWEST = 20  # captioned pictures


class PooledSource(DatasetSource):
    """A data set's captions and pooled features (n, 1280), in the place of pictures.

    Raises:
        InputError: there are too few pictures with a caption.
    """

    def _loaded(
        self, dataset: Dataset, progress: Progress
    ) -> tuple[Tensor, Tensor, tuple[str, ...]]:
        if isinstance(dataset, Listed):  # refused before anything is computed
            entries = (dataset.entry(row) for row in range(len(dataset)))
            _must_be_enough(dataset, sum(bool(entry.caption.strip()) for entry in entries))
        encoder = ImagenetEncoder()
        told: dict[int, tuple[str, int, str]] = {}

        def opened(row: int) -> Image.Image:
            sample = dataset[row]
            label = -1 if sample.label is None else sample.label
            told[row] = (sample.caption.strip(), label, sample.id)
            return sample.image

        openers = (lambda row=row: opened(row) for row in range(len(dataset)))
        features, labels, texts = [], [], []
        for row, vector in enumerate(encode_stream(openers, encoder.preprocess, encoder.pooled)):
            progress(row, len(dataset), "pictures encoded")
            if vector is None:
                self.unreadable += (f"Picture {row} of {dataset.name} can't be opened.",)
                continue
            caption, label, called = told[row]
            if not caption:
                self.unreadable += (f"{called} has no caption.",)
                continue
            features.append(vector)
            labels.append(label)
            texts.append(caption)
        _must_be_enough(dataset, len(texts))
        return torch.from_numpy(np.stack(features)), torch.tensor(labels), tuple(texts)


def _must_be_enough(dataset: Dataset, captioned: int) -> None:
    if not captioned:
        raise InputError(
            f"{dataset.name} has no captions; lit learns from pictures with a caption each, for "
            "example a metadata.csv with the columns file_name and caption. Without captions, "
            "train simclr."
        )
    if captioned < FEWEST:
        raise InputError(
            f"{dataset.name} has {captioned} pictures with a caption; lit needs at least {FEWEST}."
        )
