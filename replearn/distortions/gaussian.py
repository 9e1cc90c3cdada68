"""The Gaussian window of the filters."""

import numpy as np

from replearn.distortions.base import Values

REACH = 4  # standard deviations after which the window is cut


def gaussian_blur(values: Values, sigma: float, outside: float) -> Values:
    """Blur (n, h, w, 3) by a standard deviation in pixels; beyond the edge lies one grey."""
    import cv2

    side = (2 * int(REACH * sigma + 0.5) + 1,) * 2
    # the library's constant border is nought: so the grey is taken off and put back
    blurred = [
        cv2.GaussianBlur(one - np.float32(outside), side, sigma, borderType=cv2.BORDER_CONSTANT)
        for one in values
    ]
    return np.asarray(np.stack(blurred) + np.float32(outside), np.float32)
