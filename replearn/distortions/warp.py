"""Moving pixels: each place of the result looks up a place of the picture."""

import numpy as np
import numpy.typing as npt

from replearn.distortions.base import Values

MID_GREY = 0.5


def warped(values: Values, back: npt.NDArray[np.float64], across: int = 1) -> Values:
    """Resample (n, h, w, 3) bilinearly; beyond the edge lies mid-grey.

    Args:
        values: pictures.
        back: (3, 3), from homogeneous (x, y) of the result to those of the picture, in pixels.
        across: look-ups in a row whose mean is a pixel; more than one where the width shrinks.
    """
    import cv2

    height, width = values.shape[1:3]
    finer = np.array([[1 / across, 0, (1 / across - 1) / 2], [0, 1, 0], [0, 0, 1]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    found = np.empty(values.shape, np.float32)
    for result, one in zip(found, values, strict=True):
        moved = cv2.warpPerspective(
            one,
            back @ finer,
            (width * across, height),
            flags=how,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(MID_GREY,) * 3,
        )
        cv2.resize(moved, (width, height), dst=result, interpolation=cv2.INTER_AREA)
    return found
