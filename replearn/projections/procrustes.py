"""Turn one map until it lies on another (orthogonal Procrustes, Schönemann 1966)."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def aligned(points: Array, reference: Array) -> Array:
    """Shift, turn, mirror and scale points so that they lie as near to the reference as they can.

    Args:
        points: (n, 2 or 3).
        reference: (n, the same), row for row.

    Returns:
        (n, 2 or 3), float32; distances within the map keep their ratios.
    """
    from scipy.linalg import orthogonal_procrustes

    moved = points.astype(np.float64) - points.mean(0)
    centre = reference.astype(np.float64).mean(0)
    turn, strength = orthogonal_procrustes(moved, reference - centre)
    scale = strength / max(float((moved**2).sum()), 1e-12)
    found: Array = (moved @ turn * scale + centre).astype(np.float32)
    return found
