"""Integrated gradients (Sundararajan et al. 2017): gradients along the way from a grey picture."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, Explainer, Maps, Passes, Score
from replearn.explainers.masked import scores_of
from replearn.explainers.pixel_gradient import pixel_gradient
from replearn.results.trust import Completeness


@dataclass(frozen=True)
class IntegratedGradients(Explainer):
    """The map's sum is the score minus the grey picture's score, the better the more steps.

    Attributes:
        steps: points along the way (Gauss-Legendre).
    """

    steps: int = 32

    name: ClassVar[str] = "integrated-gradients"
    paper: ClassVar[str] = "https://arxiv.org/abs/1703.01365"
    signed: ClassVar[bool] = True
    needs_gradients: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not 1 <= self.steps <= 1000:
            raise InputError("Ask for 1 to 1,000 steps.")

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:  # noqa: ARG002
        """Return how often the network runs for one map."""
        return Passes(gradient=self.steps)

    def explain(
        self, encoder: Explained, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return signed contributions of each pixel, (n, h, w)."""
        tower = encoder.tower()
        whole = torch.from_numpy(pixels).to(tower.device)  # the baseline is 0, the mean grey
        points, weights = np.polynomial.legendre.leggauss(self.steps)
        total = torch.zeros_like(whole)
        for step, (point, weight) in enumerate(zip(points, weights, strict=True)):
            progress(step, self.steps, "steps")
            share = (float(point) + 1) / 2
            total += float(weight) / 2 * pixel_gradient(tower, share * whole, score)
        progress(self.steps, self.steps, "steps")
        found: Maps = (whole * total).sum(1).cpu().numpy()
        return found

    def completeness(
        self, encoder: Explained, pixels: Pixels, score: Score, values: Maps
    ) -> Completeness:
        """Compare the map's sum with the score less that of the grey picture."""
        clean, grey = scores_of(encoder, np.concatenate([pixels, np.zeros_like(pixels)]), score)
        return Completeness(
            "the map's sum is the score less the grey picture's; more steps come nearer",
            float(values.sum()),
            float(clean - grey),
        )
