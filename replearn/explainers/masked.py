"""Scores of one picture under many masks, a batch at a time."""

from collections.abc import Iterable, Iterator

import numpy as np
import torch

from replearn.core.progress import Progress
from replearn.encoders.base import Pixels
from replearn.explainers.base import Explained, Maps, Score


def scores_of(encoder: Explained, pixels: Pixels, score: Score) -> Maps:
    """Return the scores (n,) of a batch, from the engine."""
    found: Maps = score(torch.from_numpy(encoder.outputs(pixels))).numpy()
    return found


def masked_scores(
    encoder: Explained,
    picture: Pixels,
    masks: Iterable[Maps],
    score: Score,
    progress: Progress,
    total: int,
) -> Iterator[Maps]:
    """Yield the scores (b,) of each batch of masks (b, h, w), which the picture is multiplied by.

    Args:
        encoder: the model.
        picture: (3, h, w); 0 is the network's mean grey.
        masks: batches of values from 0 (covered) to 1.
        score: what is explained.
        progress: told before each batch.
        total: how many masks there will be.
    """
    done = 0
    for some in masks:
        progress(done, total, "masks")
        yield scores_of(encoder, np.ascontiguousarray(picture[None] * some[:, None]), score)
        done += len(some)
    progress(total, total, "masks")
