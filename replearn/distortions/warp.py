"""Moving pixels: each place of the result looks up a place of the picture."""

import numpy as np
import numpy.typing as npt

from replearn.distortions.base import Values

MID_GREY = 0.5


def warped(values: Values, back: npt.NDArray[np.float64]) -> Values:
    """Resample (n, h, w, 3) bilinearly; beyond the edge lies mid-grey.

    Args:
        values: pictures.
        back: (3, 3), from homogeneous (x, y) of the result to those of the picture, in pixels.
    """
    import cv2

    height, width = values.shape[1:3]
    grey = (MID_GREY,) * 3
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = [
        cv2.warpPerspective(
            one, back, (width, height), flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=grey
        )
        for one in values
    ]
    return np.asarray(np.stack(moved), np.float32)
