"""What stands where a picture is covered."""

import functools

import numpy as np

from replearn.encoders.base import Pixels

FILLS = ("grey", "blur", "mean")


def filled(picture: Pixels, fill: str) -> Pixels:
    """Return what a covered picture (3, h, w) shows.

    Args:
        picture: as the network gets it; 0 is its mean grey.
        fill: "grey"; "blur", the picture itself, blurred; "mean", the picture's mean colour.
    """
    if fill == "grey":
        return np.zeros_like(picture)
    if fill == "mean":
        return np.broadcast_to(picture.mean((1, 2), keepdims=True), picture.shape)
    return _blurred(picture.tobytes(), picture.shape)


@functools.lru_cache(maxsize=4)
def _blurred(content: bytes, shape: tuple[int, ...]) -> Pixels:
    import torch
    from kornia.filters import gaussian_blur2d

    picture = torch.frombuffer(bytearray(content), dtype=torch.float32).reshape(shape)
    sigma = shape[1] / 20
    size = 2 * int(2 * sigma) + 1
    soft = gaussian_blur2d(picture[None], (size, size), (sigma, sigma))[0]
    return np.asarray(soft.numpy(), np.float32)
