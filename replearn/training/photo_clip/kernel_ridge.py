"""Kernel ridge regression (Saunders et al. 1998) with weighted examples, in float64."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


def ridge_coefficients(
    kernel: Floats, targets: Floats, ridge: float, weights: Floats
) -> npt.NDArray[np.float32]:
    """Minimise sum_i weights_i |f(x_i) - y_i|^2 + ridge |f|^2; return coefficients (m, k).

    The prediction for a new input is its kernel row (m,) times them.

    Args:
        kernel: of the inputs with themselves, (m, m); a sum of kernels is a kernel.
        targets: (m, k).
        ridge: positive.
        weights: (m,), positive; how much each pair counts.
    """
    system = kernel.astype(np.float64)
    system[np.diag_indices_from(system)] += ridge / weights
    return np.linalg.solve(system, targets.astype(np.float64)).astype(np.float32)
