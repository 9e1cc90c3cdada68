"""Occlusion (Zeiler and Fergus 2014): cover a patch, see by how much the score falls."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from torch import Tensor

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, GrowingExplainer, Maps, Passes, Score
from replearn.explainers.fills import FILLS, filled
from replearn.explainers.masked import scores_of


@dataclass(frozen=True)
class Occlusion(GrowingExplainer):
    """Forward passes only, so that it works with every model.

    Attributes:
        patch: side of the covered square, as a share of the picture's side.
        steps: how many positions along each side; patches overlap where steps x patch > 1.
        fill: what covers: an entry of `FILLS`.
        batch: pictures a forward pass; memory grows with it, the map doesn't change.
    """

    name: ClassVar[str] = "occlusion"
    paper: ClassVar[str] = "https://arxiv.org/abs/1311.2901"
    signed: ClassVar[bool] = True
    needs_gradients: ClassVar[bool] = False

    patch: float = 1 / 7
    steps: int = 14
    fill: str = "grey"
    batch: int = 16

    def __post_init__(self) -> None:
        if not 0 < self.patch <= 1 or not 1 <= self.steps <= 64:
            raise InputError("The patch is a share from 0 to 1, with 1 to 64 steps along a side.")
        if self.fill not in FILLS:
            raise InputError(f"The fill is {self.fill!r}; choose {', '.join(FILLS)}.")

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:  # noqa: ARG002
        """Return how often the network runs for one map."""
        return Passes(forward=self.steps**2 + 1)

    def grow(
        self, encoder: Explained, picture: Pixels, score: Score, progress: Progress = silent
    ) -> Iterator[Maps]:
        """Yield how much the score falls, (steps, steps); nan where nothing was covered yet."""
        spots = self.spots(picture)
        clean = scores_of(encoder, picture[None], score)[0]
        falls = np.full(len(spots), np.nan, np.float32)
        done = 0
        for some in batches(spots, self.batch):
            progress(done, len(spots), "patches covered")
            covered = np.stack([self.covered(picture, spot) for spot in some])
            falls[done : done + len(some)] = clean - scores_of(encoder, covered, score)
            done += len(some)
            yield falls.reshape(self.steps, self.steps).copy()
        progress(done, len(spots), "patches covered")

    def spots(self, picture: Pixels) -> list[tuple[slice, slice]]:
        """Return the patches' rows and columns, in the map's order."""
        rows, columns = (self._spans(side) for side in picture.shape[1:])
        return [(row, column) for row in rows for column in columns]

    def covered(self, picture: Pixels, spot: tuple[slice, slice]) -> Pixels:
        """Return the picture (3, h, w) with one patch covered."""
        found = picture.copy()
        found[:, spot[0], spot[1]] = filled(picture, self.fill)[:, spot[0], spot[1]]
        return found

    def _spans(self, side: int) -> list[slice]:
        size = max(1, round(side * self.patch))
        centres = (np.arange(self.steps) + 0.5) * side / self.steps
        starts = np.clip((centres - size / 2).round().astype(int), 0, side - size)
        return [slice(start, start + size) for start in starts]
