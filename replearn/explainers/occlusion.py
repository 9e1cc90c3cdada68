"""Occlusion (Zeiler and Fergus 2014): cover a patch, see by how much the score falls."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.encoders.base import Encoder, Pixels
from replearn.explainers.base import Explainer, Maps, Score

BATCH = 16


@dataclass(frozen=True)
class Occlusion(Explainer):
    """Forward passes only, so that it works with every model.

    Attributes:
        patch: side of the covered square, as a share of the picture's side.
        steps: how many positions along each side; patches overlap where steps x patch > 1.
        fill: what covers, in the network's own scale; 0 is its mean grey.
    """

    name: ClassVar[str] = "occlusion"
    paper: ClassVar[str] = "https://arxiv.org/abs/1311.2901"
    needs_gradients: ClassVar[bool] = False

    patch: float = 1 / 7
    steps: int = 14
    fill: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.patch <= 1 or self.steps < 1:
            raise InputError("The patch must be a share between 0 and 1, with at least one step.")

    def explain(
        self, encoder: Encoder, pixels: Pixels, score: Score, progress: Progress = silent
    ) -> Maps:
        """Return how much the score falls, (n, steps, steps); negative where covering helps."""
        return np.stack([self._one(encoder, picture, score, progress) for picture in pixels])

    def _one(self, encoder: Encoder, picture: Pixels, score: Score, progress: Progress) -> Maps:
        height, width = picture.shape[1:]
        rows = self._spans(height)
        columns = self._spans(width)
        spots = [(row, column) for row in rows for column in columns]
        clean = self._scores(encoder, picture[None], score)[0]
        falls: list[float] = []
        for start in range(0, len(spots), BATCH):
            progress(start, len(spots), "patches covered")
            batch = np.repeat(picture[None], len(spots[start : start + BATCH]), axis=0)
            for covered, (row, column) in zip(batch, spots[start : start + BATCH], strict=True):
                covered[:, row, column] = self.fill
            falls += (clean - self._scores(encoder, batch, score)).tolist()
        progress(len(spots), len(spots), "patches covered")
        return np.array(falls, np.float32).reshape(len(rows), len(columns))

    def _spans(self, side: int) -> list[slice]:
        size = max(1, round(side * self.patch))
        centres = (np.arange(self.steps) + 0.5) * side / self.steps
        starts = np.clip((centres - size / 2).round().astype(int), 0, side - size)
        return [slice(start, start + size) for start in starts]

    @staticmethod
    def _scores(encoder: Encoder, pixels: Pixels, score: Score) -> Maps:
        found: Maps = score(torch.from_numpy(encoder.outputs(pixels))).numpy()
        return found
