"""The augmented views of a batch, drawn anew in every step."""

import numpy as np
import torch
from torch import Tensor

from replearn.core.seeds import generator
from replearn.training import distributed
from replearn.training.frozen import pixels_of
from replearn.training.sources.augment import Augmentation


def batch_views(
    pictures: tuple[Tensor, ...],
    step: int,
    count: int,
    augmentation: Augmentation,
    seed: int,
    device: str,
) -> tuple[Tensor, ...]:
    """Return augmented views, (n, 3, s, s) each, scaled to [-1, 1], on the training device.

    Args:
        pictures: of each sample one or several, (n, 3, s, s), uint8.
        step: of the optimiser.
        count: of views; of more pictures than views each sample's is chosen at random.
        augmentation: how a view is made.
        seed: the run's.
        device: where the network lies.
    """
    if len(pictures) < count:
        pictures = (pictures[0],) * count
    if len(pictures) > count:
        pictures = (_one_of(pictures, generator(seed, step, distributed.rank(), "which")),)
    views = []
    for index, one in enumerate(pictures[:count]):
        drawn = generator(seed, "views", step, distributed.rank(), index).integers(1 << 62)
        views.append(pixels_of(augmentation(one.to(device), int(drawn))))
    return tuple(views)


def _one_of(pictures: tuple[Tensor, ...], random: np.random.Generator) -> Tensor:
    """Return one of each sample's pictures, chosen at random."""
    chosen = torch.from_numpy(random.integers(len(pictures), size=len(pictures[0])))
    return torch.stack(pictures)[chosen, torch.arange(len(chosen))]
