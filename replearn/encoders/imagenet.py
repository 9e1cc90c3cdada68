"""`imagenet`: EfficientNet-Lite0, a supervised classifier of ImageNet's 1,000 classes."""

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image

from replearn.core import fingerprint
from replearn.data.labels import imagenet_names
from replearn.encoders.base import Encoder, ModelCard, Picture, Pixels, Vectors
from replearn.encoders.engines import Engine, Runner, default_engine
from replearn.encoders.preprocessing import Preprocessing

if TYPE_CHECKING:
    from torch import nn

    from replearn.encoders.tower import ImageTower

# The mean and std the weights were trained with: with ImageNet's own they lose six points.
LITE0_PREPROCESSING = Preprocessing(crop=224, resize=256, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))

CARD = ModelCard(
    summary="EfficientNet-Lite0: a small supervised network; it knows 1,000 classes and no text",
    trained_on="ImageNet-1k, with labels (1.28 million photographs)",
    licence="Apache-2.0",
    image_parameters=4_652_008,
    text_parameters=0,
    capabilities=("image", "logits", "feature_map"),
    published="ImageNet top-1 about 75 % (the authors of the weights)",
    paper="https://arxiv.org/abs/1905.11946",
)


class ImagenetEncoder(Encoder):
    """EfficientNet-Lite0 through timm, weights from their own package.

    Its image vectors are the pooled features (1,280 numbers); its outputs are logits.
    """

    name = "imagenet"
    card = CARD
    output_kind: Literal["logits", "embedding"] = "logits"

    def __init__(self, engine: Engine | None = None) -> None:
        from replearn.encoders.efficientnet_lite0 import weights_path

        self._engine = engine or default_engine()
        self.fingerprint = fingerprint.of_parts(
            [fingerprint.of_file(weights_path()), repr(LITE0_PREPROCESSING)]
        )

    @functools.cached_property
    def _network(self) -> "nn.Module":
        import timm
        import torch

        from replearn.encoders.efficientnet_lite0 import load_state_dict

        # weights made inside somebody's inference mode could never be explained by gradients
        with torch.inference_mode(False):
            network: nn.Module = timm.create_model("tf_efficientnet_lite0", pretrained=False)
            network.load_state_dict(load_state_dict())
        return network.eval().requires_grad_(False)

    @functools.cached_property
    def _run(self) -> Runner:
        def build() -> "nn.Module":
            from replearn.encoders.pooled_outputs import PooledAndLogits

            return PooledAndLogits(self._network)

        example = np.zeros((2, 3, 224, 224), np.float32)
        key = f"imagenet-{self.fingerprint}"
        return self._engine.compile(build, example, frozenset({0}), key)

    @property
    def class_names(self) -> tuple[str, ...]:
        """ImageNet's 1,000 names, in the order of the logits."""
        return imagenet_names()

    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Return (n, 3, 224, 224): shorter side to 256, centre crop, scaled to [-1, 1]."""
        return LITE0_PREPROCESSING(images)

    def preview(self, image: Picture) -> Image.Image:
        """Return the centre crop that the network sees."""
        return LITE0_PREPROCESSING.cropped(image)

    def outputs(self, pixels: Pixels) -> Vectors:
        """Return logits, (n, 1000)."""
        return np.ascontiguousarray(self._run(pixels)[:, 1280:])

    def pooled(self, pixels: Pixels) -> Vectors:
        """Return the pooled features as the classifier gets them, (n, 1280)."""
        return np.ascontiguousarray(self._run(pixels)[:, :1280])

    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return the pooled features, L2-normalised, (n, 1280)."""
        pooled = self.pooled(pixels)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / lengths, np.float32)

    def tower(self) -> "ImageTower":
        """Return the network in torch, ending in logits."""
        from replearn.encoders.open_clip_towers import timm_tower

        return timm_tower(self._network, self._network.get_classifier())  # type: ignore[operator]
