"""A timm network that ends in pooling and one linear layer, as an encoder."""

import functools
from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.encoders.base import Encoder, Picture, Pixels, Vectors
from replearn.encoders.engines import Engine, Runner, default_engine
from replearn.encoders.preprocessing import Preprocessing

if TYPE_CHECKING:
    import torch
    from torch import nn

    from replearn.encoders.tower import ImageTower


class TimmClassifier(Encoder):
    """Its image vectors are the pooled features; its outputs are logits.

    Args:
        preprocessing: how pictures are prepared.
        width: how many pooled features there are.
        engine: runs the network; None takes the process's own.
    """

    output_kind: Literal["logits", "embedding"] = "logits"

    def __init__(
        self, preprocessing: Preprocessing, width: int, engine: Engine | None = None
    ) -> None:
        self.preprocessing, self._width = preprocessing, width
        self._engine = engine or default_engine()

    @abstractmethod
    def build(self) -> "nn.Module":
        """Return the network with its weights."""

    @functools.cached_property
    def _network(self) -> "nn.Module":
        import torch

        # weights made inside somebody's inference mode could never be explained by gradients
        with torch.inference_mode(False):
            network = self.build()
        return network.eval().requires_grad_(False)

    @functools.cached_property
    def _run(self) -> Runner:
        def build() -> "nn.Module":
            from replearn.encoders.pooled_outputs import PooledAndLogits

            return PooledAndLogits(self._network)

        side = self.preprocessing.crop
        example = np.zeros((2, 3, side, side), np.float32)
        return self._engine.compile(build, example, frozenset({0}), f"{self._key}")

    @property
    def _key(self) -> str:
        plain = "".join(c if c.isalnum() else "-" for c in self.name)
        return f"{plain}-{self.fingerprint}"

    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Return (n, 3, side, side): resized, centre cropped, scaled."""
        return self.preprocessing(images)

    def enlarged(self, images: Sequence[Picture], factor: int) -> Pixels:
        """Return pixels at a multiple of the network's own side."""
        return self.preprocessing.enlarged(factor)(images)

    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the network's input as pictures again, (n, h, w, 3)."""
        return self.preprocessing.shown(pixels)

    def preview(self, image: Picture) -> Image.Image:
        """Return the centre crop that the network sees."""
        return self.preprocessing.cropped(image)

    def outputs(self, pixels: Pixels) -> Vectors:
        """Return logits, (n, classes)."""
        return np.ascontiguousarray(self._run(pixels)[:, self._width :])

    def pooled(self, pixels: Pixels) -> Vectors:
        """Return the pooled features as the classifier gets them, (n, width)."""
        return np.ascontiguousarray(self._run(pixels)[:, : self._width])

    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return the pooled features, L2-normalised, (n, width)."""
        pooled = self.pooled(pixels)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(lengths, 1e-12), np.float32)

    def tower(self) -> "ImageTower":
        """Return the network in torch, ending in logits."""
        from replearn.encoders.open_clip.towers import timm_tower

        return timm_tower(self._network, self._network.get_classifier())  # type: ignore[operator]

    def embedding_tower(self) -> "ImageTower":
        """Return the network in torch, ending in the pooled features."""
        import torch
        from torch import nn

        from replearn.encoders.open_clip.towers import timm_tower

        # a linear layer that changes nothing, so that a class activation map is exact here too
        same = nn.Linear(self._width, self._width, bias=False)
        with torch.no_grad():
            same.weight.copy_(torch.eye(self._width))
        return timm_tower(self._network, same.requires_grad_(False).to(self._device))

    @property
    def _device(self) -> "torch.device":
        return next(self._network.parameters()).device
