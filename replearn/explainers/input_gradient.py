"""The gradient at the pixels (Simonyan et al. 2014), smoothed by noise (Smilkov et al. 2017)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Passes, Score
from replearn.explainers.pixel_gradient import pixel_gradient


@dataclass(frozen=True)
class InputGradient(Explainer):
    """How much the score would change with each pixel: the largest of the three colours.

    Attributes:
        samples: noisy copies that are averaged (SmoothGrad); 1 with noise 0 is the bare gradient.
        noise: standard deviation, as a share of the picture's range.
        seed: of the noise.
    """

    samples: int = 16
    noise: float = 0.15
    seed: int = 0

    name: ClassVar[str] = "input-gradient"
    paper: ClassVar[str] = "https://arxiv.org/abs/1706.03825"
    needs_gradients: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not (1 <= self.samples <= 1000 and 0 <= self.noise <= 1):
            raise InputError("Ask for 1 to 1,000 samples with noise from 0 to 1.")

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:  # noqa: ARG002
        """Return how often the network runs for one map."""
        return Passes(gradient=self.samples)

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return magnitudes, (n, h, w)."""
        tower = encoder.tower()
        clean = torch.from_numpy(pixels).to(tower.device)
        spread = self.noise * (clean.amax((1, 2, 3), True) - clean.amin((1, 2, 3), True))
        total = torch.zeros_like(clean)
        for sample in range(self.samples):
            progress(sample, self.samples, "noisy copies")
            random = generator(self.seed, "smooth", sample)
            noise = torch.from_numpy(random.standard_normal(pixels.shape, np.float32)).to(clean)
            total += pixel_gradient(tower, clean + spread * noise, score)
        progress(self.samples, self.samples, "noisy copies")
        found: Maps = (total / self.samples).abs().amax(1).cpu().numpy()
        return found
