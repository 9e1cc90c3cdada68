"""A network opened for pictures that are made for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.encoders.base import Encoder
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.registry import load_model

if TYPE_CHECKING:
    from torch import Tensor

    from replearn.encoders.tower import ImageTower
    from replearn.visualisations.objectives import Objective


@dataclass(frozen=True, eq=False)
class OpenedNetwork:
    """A network with gradients, and what its pictures look like.

    Attributes:
        encoder: the model.
        tower: its network.
        side: of its input, in pixels.
        any_side: whether it takes pictures of other sides as they are.
    """

    encoder: Encoder
    tower: "ImageTower"
    side: int
    any_side: bool

    def normalise(self, pictures: "Tensor") -> "Tensor":
        """Turn pictures (n, 3, h, w), from 0 to 1, into what the network wants."""
        import torch
        from torch.nn import functional as F

        if not self.any_side and tuple(pictures.shape[2:]) != (self.side, self.side):
            pictures = F.interpolate(pictures, (self.side, self.side), mode="bilinear")
        steps = self.encoder.preprocessing
        mean, std = (
            torch.tensor(part, dtype=pictures.dtype, device=pictures.device)[:, None, None]
            for part in (steps.mean, steps.std)
        )
        return (pictures - mean) / std

    def climbed(self, objective: "Objective") -> "ImageTower":
        """Return the network as a climb asks it: its normalisations folded, where that may be."""
        from replearn.visualisations.folded import folded

        return folded(self.tower, objective.reads, self.side)

    def value(self, objective: "Objective", picture: "Tensor") -> float:
        """Return an objective's value for a picture (1, 3, h, w), from 0 to 1."""
        import torch

        from replearn.visualisations.objectives import seen_by

        with torch.inference_mode():
            pixels = self.normalise(picture.to(self.tower.device))
            return float(objective.value(seen_by(self.tower, pixels, objective.reads))[0])


def opened(model: str) -> OpenedNetwork:
    """Open a model by name.

    Raises:
        InputError: there is no such model.
        CapabilityError: it has no network that gradients go through.
    """
    encoder = load_model(model)
    tower = encoder.tower()
    # pooling takes any map; tokens and attention pooling are of one size
    return OpenedNetwork(encoder, tower, encoder.preprocessing.crop, tower.linear is not None)


def as_tensor(picture: Image.Image) -> "Tensor":
    """Return an RGB picture as (1, 3, h, w), from 0 to 1."""
    import torch

    values = np.asarray(picture, np.float32).transpose(2, 0, 1)[None] / 255
    return torch.from_numpy(np.ascontiguousarray(values))


def as_picture(values: "Tensor") -> Image.Image:
    """Return (3, h, w), from 0 to 1, as an RGB picture."""
    levels: npt.NDArray[np.uint8] = (
        (255 * values.detach().cpu().clamp(0, 1)).round().byte().permute(1, 2, 0).numpy()
    )
    return Image.fromarray(levels)


def with_margin(steps: Preprocessing, square: Image.Image) -> Image.Image:
    """Put what a network is to see into a picture that it sees exactly so when it opens it.

    A network that resizes a picture and then crops it would see another one in the square alone:
    with a margin about it nothing is resized.

    Args:
        steps: the network's.
        square: RGB, of the side of its input.
    """
    if steps.mode == "squash" or steps.resize == steps.crop:
        return square
    whole = square.resize((steps.resize, steps.resize), Image.Resampling.BICUBIC)
    margin = round((steps.resize - steps.crop) / 2)
    whole.paste(square, (margin, margin))
    return whole
