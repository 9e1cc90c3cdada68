"""What a network gives for pictures without augmentation: the same as once it is finished."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from replearn.training.recipes.method import Method

AT_ONCE = 256  # pictures


def pixels_of(pictures: Tensor) -> Tensor:
    """Return pictures (n, 3, s, s) of 0 to 1 as networks take them: -1 to 1."""
    return (pictures * 2 - 1).contiguous(memory_format=torch.channels_last)


class Frozen:
    """A method's network, asked without augmentation.

    Args:
        method: what is trained.
        scaled: turns pictures into what the network takes, on its device.
        device: where it lies.
        reduced: whether it computes in bfloat16.
    """

    def __init__(
        self, method: Method, scaled: Callable[[Tensor], Tensor], device: str, reduced: bool
    ) -> None:
        self._method, self._scaled = method, scaled
        self._device, self._reduced = device, reduced

    def features(self, pictures: Tensor) -> np.ndarray:
        """Return features of pictures (n, 3, s, s), uint8, as the finished model gives them."""
        return self._vectors(self._method.features, pictures)

    def projections(self, pictures: Tensor) -> np.ndarray:
        """Return what the loss compares of pictures (n, 3, s, s), uint8: unit vectors, (n, d)."""
        return self._vectors(self._method.project, pictures)

    def _vectors(self, network: Callable[[Tensor], Tensor], pictures: Tensor) -> np.ndarray:
        was = self._method.training
        self._method.eval()
        parts = []
        with torch.inference_mode(), torch.autocast(self._device, torch.bfloat16, self._reduced):
            for some in torch.split(pictures, AT_ONCE):
                parts.append(network(self._scaled(some)).float().cpu().numpy())
        self._method.train(was)
        return np.concatenate(parts)
