"""From pictures to the network's input, without torch: resize, crop, scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.data.images import MAX_PIXELS, open_image
from replearn.encoders.base import Picture, Pixels

_RESAMPLING = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
}


@dataclass(frozen=True)
class Preprocessing:
    """How a network wants its pictures; gives what torchvision's PIL transforms give.

    Attributes:
        crop: side of the network's square input, in pixels.
        resize: what the shorter side becomes before the crop, in pixels.
        mean: per channel, on a scale from 0 to 1.
        std: per channel, on a scale from 0 to 1.
        interpolation: "bicubic" or "bilinear".
        mode: "shortest" keeps the aspect ratio and crops the centre; "squash" stretches the
            whole picture to the square.
    """

    crop: int
    resize: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    interpolation: Literal["bicubic", "bilinear"] = "bicubic"
    mode: Literal["shortest", "squash"] = "shortest"

    def cropped(self, picture: Picture) -> Image.Image:
        """Return the square part of the picture that the network sees, RGB, crop x crop."""
        image = picture if _is_ready(picture) else open_image(picture)
        resample = _RESAMPLING[self.interpolation]
        if self.mode == "squash":
            return image.resize((self.crop, self.crop), resample)
        width, height = image.size
        scale = min(width, height)
        # a very long picture is cut before it is enlarged: 1 x 5,000 would become 256 x 1,280,000
        limit = max(4 * scale, 8)
        if max(width, height) > limit:
            left, top = max(0, (width - limit) // 2), max(0, (height - limit) // 2)
            image = image.crop((left, top, min(width, left + limit), min(height, top + limit)))
            width, height = image.size
        if width <= height:
            size = (self.resize, int(self.resize * height / width))
        else:
            size = (int(self.resize * width / height), self.resize)
        image = image.resize(size, resample)
        left = round((size[0] - self.crop) / 2)
        top = round((size[1] - self.crop) / 2)
        return image.crop((left, top, left + self.crop, top + self.crop))

    def enlarged(self, factor: int) -> "Preprocessing":
        """Return the same at a multiple of the size."""
        return replace(self, crop=factor * self.crop, resize=factor * self.resize)

    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the network's input (n, 3, h, w) as pictures again, (n, h, w, 3)."""
        mean, std = (np.asarray(part, np.float32)[:, None, None] for part in (self.mean, self.std))
        values = 255 * (pixels * std + mean)
        return values.round().clip(0, 255).astype(np.uint8).transpose(0, 2, 3, 1)

    def __call__(self, images: Sequence[Picture]) -> Pixels:
        """Return pixels of shape (n, 3, crop, crop), float32, C-contiguous."""
        mean = np.asarray(self.mean, np.float32)[:, None, None] * 255
        scale = 1 / (np.asarray(self.std, np.float32)[:, None, None] * 255)
        pixels = np.empty((len(images), 3, self.crop, self.crop), np.float32)
        for row, picture in enumerate(images):
            square = np.asarray(self.cropped(picture)).transpose(2, 0, 1)  # (3, h, w)
            # in place, without a copy of the picture in float32: seven times as fast
            np.subtract(square, mean, out=pixels[row], dtype=np.float32)
            pixels[row] *= scale
        return pixels


def _is_ready(picture: Picture) -> TypeGuard[Image.Image]:
    """Say whether a picture is as `open_image` leaves it, so that it needn't be copied again."""
    return (
        isinstance(picture, Image.Image)
        and type(picture) is Image.Image  # a file's own class may turn or blend it yet
        and picture.mode == "RGB"
        and not picture.info
        and 0 < picture.width * picture.height <= MAX_PIXELS
    )
