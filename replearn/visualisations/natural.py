"""What pictures of a data set have in common: their colours, and how much of each frequency."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class NaturalStatistics:
    """Of pictures on a scale from 0 to 1.

    Attributes:
        mean: (3,), the mean colour.
        colours: (3, 3), the symmetric root of the colours' covariance: it makes independent
            channels of unit variance into colours as pictures have them.
        magnitudes: (3, side, side // 2 + 1), the mean magnitude of each frequency in those
            channels, as `rfft2(..., norm="ortho")` gives it.
    """

    mean: Floats
    colours: Floats
    magnitudes: Floats

    @property
    def side(self) -> int:
        """The pictures' side in pixels."""
        return int(self.magnitudes.shape[1])


def natural_statistics(pictures: npt.NDArray[np.uint8]) -> NaturalStatistics:
    """Measure pictures.

    Args:
        pictures: (n, side, side, 3), at least two.
    """
    values = pictures.astype(np.float64) / 255
    mean = values.mean((0, 1, 2))
    centred = values - mean
    covariance = np.einsum("nhwc,nhwd->cd", centred, centred) / centred[..., 0].size
    shares, axes = np.linalg.eigh(covariance)
    root = np.sqrt(np.maximum(shares, 1e-6))  # pictures without colour have no second axis
    inverse = (axes / root) @ axes.T
    channels = np.einsum("nhwc,cd->ndhw", centred, inverse)
    magnitudes = np.abs(np.fft.rfft2(channels, norm="ortho")).mean(0)
    return NaturalStatistics(
        mean.astype(np.float32),
        ((axes * root) @ axes.T).astype(np.float32),
        magnitudes.astype(np.float32),
    )
