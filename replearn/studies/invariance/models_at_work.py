"""A model at work on pictures: its embedding, and what its layers hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.encoders.base import Encoder, Pixels, Vectors
from replearn.results.invariance import EMBEDDING

if TYPE_CHECKING:
    from torch import Tensor

    from replearn.encoders.tower import ImageTower


@dataclass(frozen=True, eq=False)
class Look:
    """What of a model is compared.

    Attributes:
        encoder: the model.
        tower: its network in torch, where layers are asked for; else None.
        layers: whose feature maps are averaged over the picture, shallow to deep.
    """

    encoder: Encoder
    tower: "ImageTower | None" = None
    layers: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The layers, and the embedding last."""
        return (*self.layers, EMBEDDING)

    def vectors(self, pixels: Pixels) -> dict[str, Vectors]:
        """Return unit vectors, (n, d) each: every layer's pooled map, and the embedding.

        A pooled map says what is in the picture, wherever it is.

        Args:
            pixels: (n, 3, h, w) as the encoder's `preprocess` gives them.
        """
        found = {EMBEDDING: self.encoder.embed_pixels(pixels)}
        for name, seen in self.maps(pixels).items():
            from replearn.training.measures import unit_rows

            found[name] = unit_rows(seen.mean(dim=(2, 3)).cpu().numpy())
        return found

    def maps(self, pixels: Pixels) -> "dict[str, Tensor]":
        """Return the feature map of every layer, (n, c, h, w) each; none without layers."""
        if self.tower is None or not self.layers:
            return {}
        import torch

        from replearn.explainers.feature_maps import feature_maps

        return feature_maps(self.tower, self.layers, torch.from_numpy(pixels))


def look(encoder: Encoder, with_layers: Sequence[str] | None = ()) -> Look:
    """Return a look at a model's embedding and some layers; None takes all blocks."""
    if with_layers is not None and not with_layers:
        return Look(encoder)
    import torch

    from replearn.explainers.feature_maps import blocks

    tower = encoder.tower()
    grey = encoder.preprocess([Image.new("RGB", (64, 64), "grey")])
    names = blocks(tower, torch.from_numpy(grey)) if with_layers is None else tuple(with_layers)
    return Look(encoder, tower, names)


def chance_cosine(vectors: npt.NDArray[np.float32]) -> float:
    """Return the mean cosine of all pairs of different rows of unit vectors, (n, d)."""
    n = len(vectors)
    total = vectors.sum(0, dtype=np.float64)
    return float((total @ total - n) / (n * (n - 1)))
