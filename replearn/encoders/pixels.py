"""The picture itself as a vector: the baseline that every network has to beat."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core import fingerprint
from replearn.encoders.base import Encoder, ModelCard, Picture, Pixels, Vectors
from replearn.encoders.preprocessing import Preprocessing

if TYPE_CHECKING:
    from replearn.encoders.tower import ImageTower

SIDE = 64
CARD = ModelCard(
    summary="No network: the pixels themselves, 64 x 64 about mid-grey, to compare with",
    trained_on="nothing",
    licence="Apache-2.0",
    image_parameters=0,
    text_parameters=0,
    capabilities=("image",),
)


class Pixels64(Encoder):
    """Its vector is the picture at 64 x 64 x 3, from -1 to 1, read row by row."""

    output_kind: Literal["logits", "embedding"] = "embedding"

    def __init__(self) -> None:
        half = (0.5, 0.5, 0.5)
        self.preprocessing = Preprocessing(SIDE, SIDE, half, half)
        self.name, self.card = "pixels", CARD
        self.fingerprint = fingerprint.of_parts([repr(self.preprocessing)])

    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Return (n, 3, 64, 64): resized, centre cropped, scaled."""
        return self.preprocessing(images)

    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the pixels as pictures again, (n, 64, 64, 3)."""
        return self.preprocessing.shown(pixels)

    def preview(self, image: Picture) -> Image.Image:
        """Return the centre crop."""
        return self.preprocessing.cropped(image)

    def outputs(self, pixels: Pixels) -> Vectors:
        """Return the pixels in a row, (n, 12288)."""
        return pixels.reshape(len(pixels), -1)

    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return the pixels in a row, L2-normalised, (n, 12288)."""
        flat = self.outputs(pixels)
        lengths = np.linalg.norm(flat, axis=1, keepdims=True)
        return np.asarray(flat / np.maximum(lengths, 1e-12), np.float32)

    def tower(self) -> "ImageTower":
        """Return what changes nothing but the shape, in torch."""
        from torch import nn

        from replearn.encoders.tower import ImageTower

        return ImageTower(nn.Identity(), nn.Flatten(), spatial=False, linear=None)
