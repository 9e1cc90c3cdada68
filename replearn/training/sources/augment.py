"""Random views of batches of pictures, every picture by numbers of its own."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Augmentation:
    """How much a view may differ from its picture (SimCLR's, Chen et al. 2020).

    Attributes:
        crop: least share of the area that a random crop keeps; 1 keeps the picture whole.
        flip: probability of a mirror image.
        colour: strength of brightness, contrast, saturation and hue, 0 to 1.
        grey: probability of losing all colour.
        blur: probability of a Gaussian blur.
    """

    crop: float = 0.3
    flip: float = 0.5
    colour: float = 0.5
    grey: float = 0.2
    blur: float = 0.0

    def __call__(self, pictures: Tensor, seed: int) -> Tensor:
        """Return a view of each picture, (n, 3, s, s), in [0, 1]; the seed fixes it.

        Args:
            pictures: (n, 3, s, s), uint8.
            seed: of all random numbers here.
        """
        import kornia.augmentation as K

        side = pictures.shape[-1]
        views: Tensor = pictures.float() / 255
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            if self.crop < 1:
                views = K.RandomResizedCrop((side, side), (self.crop, 1.0), (0.8, 1.25))(views)
            if self.flip:
                views = K.RandomHorizontalFlip(self.flip)(views)
            if self.colour or self.grey:
                views = recoloured(views, self.colour, self.grey)
            if self.blur:
                views = K.RandomGaussianBlur((5, 5), (0.1, 1.5), p=self.blur)(views)
        return views


_LUMA = (0.299, 0.587, 0.114)


def recoloured(pictures: Tensor, strength: float, grey: float) -> Tensor:
    """Change brightness, contrast, saturation and hue of each picture by one linear map of colours.

    Several times as fast as converting to hue and back: the hue is turned about the grey axis.

    Args:
        pictures: (n, 3, s, s), in [0, 1].
        strength: 0 to 1; at 1 each factor is drawn from 0.2 to 1.8 and hue turns up to 72 degrees.
        grey: probability that all colour goes.
    """
    count, device = len(pictures), pictures.device
    numbers = torch.rand(5, count, device=device)
    brightness, contrast, saturation = 1 + 0.8 * strength * (2 * numbers[:3] - 1)
    angle = 0.2 * strength * 2 * math.pi * (2 * numbers[3] - 1)
    saturation = torch.where(numbers[4] < grey, 0.0, saturation)
    luma = torch.tensor(_LUMA, device=device).expand(3, 3)  # each output is the grey value
    axis = torch.full((3, 3), 1 / 3, device=device)
    cross = torch.tensor(((0.0, -1.0, 1.0), (1.0, 0.0, -1.0), (-1.0, 1.0, 0.0)), device=device)
    cosine, sine = angle.cos()[:, None, None], angle.sin()[:, None, None]
    eye = torch.eye(3, device=device)
    turn = cosine * eye + (1 - cosine) * axis + sine * cross / math.sqrt(3)  # (n, 3, 3)
    kept = saturation[:, None, None]
    colours = (brightness * contrast)[:, None, None] * ((kept * eye + (1 - kept) * luma) @ turn)
    mean = (pictures.mean((2, 3)) @ luma[0]) * brightness * (1 - contrast)  # (n,)
    mixed = torch.einsum("nij,njhw->nihw", colours, pictures)
    found: Tensor = (mixed + mean[:, None, None, None]).clamp(0, 1)
    return found
