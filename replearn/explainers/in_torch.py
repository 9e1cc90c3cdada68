"""A network that runs in torch alone: for sizes and weights that the engine wasn't made for."""

from dataclasses import dataclass

import numpy as np
import torch

from replearn.encoders.base import Pixels, Vectors
from replearn.encoders.tower import ImageTower


@dataclass(frozen=True, eq=False)
class InTorch:
    """What explainers need of an encoder, from its tower.

    Attributes:
        name: the model's.
        network: the tower.
    """

    name: str
    network: ImageTower

    def outputs(self, pixels: Pixels) -> Vectors:
        """Run the tower forward, (n, k)."""
        with torch.inference_mode():
            found = self.network(torch.from_numpy(pixels).to(self.network.device))
        return np.asarray(found.cpu().numpy(), np.float32)

    def tower(self) -> ImageTower:
        """Return the tower."""
        return self.network
