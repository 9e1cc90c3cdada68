"""RISE (Petsiuk et al. 2018): the mean of many random masks, each weighed by its score."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.seeds import generator
from replearn.encoders.base import Pixels
from replearn.encoders.tower import ImageTower
from replearn.explainers.base import Explained, GrowingExplainer, Maps, Passes, Score
from replearn.explainers.masked import masked_scores


@dataclass(frozen=True)
class Rise(GrowingExplainer):
    """Forward passes only, so that it works with every model.

    Attributes:
        masks: how many.
        cells: of a mask along a side, before it is enlarged and shifted.
        shown: probability that a cell is shown.
        seed: of the masks.
        batch: pictures a forward pass; memory grows with it, the map doesn't change.
    """

    masks: int = 1000
    cells: int = 7
    shown: float = 0.5
    seed: int = 0
    batch: int = 16

    name: ClassVar[str] = "rise"
    paper: ClassVar[str] = "https://arxiv.org/abs/1806.07421"
    signed: ClassVar[bool] = True
    needs_gradients: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not (1 <= self.masks <= 100_000 and 2 <= self.cells <= 64 and 0 < self.shown < 1):
            raise InputError("Ask for 1 to 100,000 masks of 2 to 64 cells, shown from 0 to 1.")

    def passes(self, tower: ImageTower, pixels: Tensor) -> Passes:  # noqa: ARG002
        """Return how often the network runs for one map."""
        return Passes(forward=self.masks)

    def grow(
        self, encoder: Explained, picture: Pixels, score: Score, progress: Progress = silent
    ) -> Iterator[Maps]:
        """Yield the expected score where a pixel is shown minus that where it isn't, (h, w)."""
        height, width = picture.shape[1:]
        shown, hidden = np.zeros((height, width)), np.zeros((height, width))
        seen = np.full((height, width), 1e-9)
        unseen = seen.copy()
        made: list[Maps] = []

        def kept() -> Iterator[Maps]:
            for some in self._batches((height, width)):
                made.append(some)
                yield some

        for scores in masked_scores(encoder, picture, kept(), score, progress, self.masks):
            some = made.pop()
            shown += np.einsum("bhw,b->hw", some, scores)
            hidden += np.einsum("bhw,b->hw", 1 - some, scores)
            seen += some.sum(0)
            unseen += (1 - some).sum(0)
            yield np.asarray(shown / seen - hidden / unseen, np.float32)

    def _batches(self, size: tuple[int, int]) -> Iterator[Maps]:
        for start in range(0, self.masks, self.batch):
            numbers = range(start, min(start + self.batch, self.masks))
            yield np.stack([self._mask(number, size) for number in numbers])

    def _mask(self, number: int, size: tuple[int, int]) -> Maps:
        """Return mask `number`, the same in whatever batch it comes."""
        random = generator(self.seed, "rise", number)
        coarse = (random.random((self.cells + 1, self.cells + 1)) < self.shown).astype(np.float32)
        step = [-(-side // self.cells) for side in size]
        full = [(self.cells + 1) * one for one in step]
        smooth = F.interpolate(torch.from_numpy(coarse)[None, None], full, mode="bilinear")[0, 0]
        down, right = (int(random.integers(one)) for one in step)
        found: Maps = smooth[down : down + size[0], right : right + size[1]].numpy()
        return found
