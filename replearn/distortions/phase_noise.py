"""Phase noise (Geirhos et al. 2018): frequencies keep their strength and are shifted at random."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.seeds import generator
from replearn.distortions.base import Distortion, Values


class PhaseNoise(Distortion):
    """Adds to each frequency's phase a draw from [-level, level]; one draw for the three colours.

    The amplitude spectrum stays as it is until values beyond black and white are cut.
    """

    name = "phase-noise"
    unit = "half width of the noise, in degrees"
    levels = (0.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0)
    highest = 180.0
    paper = "https://arxiv.org/abs/1808.08750"

    def distorted(self, values: Values, level: float, seeds: Sequence[int]) -> Values:
        """Shift the phases."""
        from scipy import fft

        height, width = values.shape[1:3]
        planes = values.transpose(0, 3, 1, 2)  # (n, 3, h, w)
        spectrum = fft.rfft2(planes)  # (n, 3, h, w // 2 + 1)
        draws = np.stack([self._phases(height, width, seed) for seed in seeds])
        spectrum *= np.exp(1j * np.radians(level, dtype=np.float32) * draws)[:, None]
        shifted = fft.irfft2(spectrum, s=(height, width))
        return np.ascontiguousarray(shifted.transpose(0, 2, 3, 1))

    def _phases(self, height: int, width: int, seed: int) -> npt.NDArray[np.float32]:
        """Return (h, w // 2 + 1) draws from [-1, 1], odd in frequency, as a real picture's are."""
        random = generator(seed, self.name)
        draws = 2 * random.random((height, width // 2 + 1), np.float32) - 1
        # these columns hold both a frequency and its negative
        for column in {0, width // 2} if width % 2 == 0 else {0}:
            line = draws[:, column]
            draws[:, column] = np.where(
                np.arange(height) < height / 2, line, -np.roll(line[::-1], 1)
            )
            draws[[0, height // 2] if height % 2 == 0 else [0], column] = 0
        return draws
