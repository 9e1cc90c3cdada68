"""What a network gets, as values from 0 to 1 that a distortion can change, and back."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from replearn.distortions.base import Values
from replearn.encoders.base import Encoder, Pixels


@dataclass(frozen=True, eq=False)
class NetworkInput:
    """Changes at the network's own size: nothing is resized or cropped afterwards.

    Attributes:
        black, white: (3, 1, 1), what these two become in the network's input.
    """

    black: Pixels
    white: Pixels

    def values(self, pixels: Pixels) -> Values:
        """Return (n, h, w, 3) from 0 to 1 of a network's input (n, 3, h, w)."""
        shares = (pixels - self.black) / (self.white - self.black)
        return np.ascontiguousarray(shares.transpose(0, 2, 3, 1), np.float32)

    def pixels(self, values: Values) -> Pixels:
        """Return a network's input (n, 3, h, w) of values (n, h, w, 3) from 0 to 1."""
        shares = values.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(shares * (self.white - self.black) + self.black, np.float32)


def network_input(encoder: Encoder) -> NetworkInput:
    """Find out how an encoder scales black and white."""
    plain = [Image.new("RGB", (64, 64), colour) for colour in ("black", "white")]
    black, white = encoder.preprocess(plain)[:, :, :1, :1]
    return NetworkInput(black, white)
