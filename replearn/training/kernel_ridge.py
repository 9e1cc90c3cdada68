"""Kernel ridge regression with a Gaussian kernel (Saunders et al. 1998), in float64."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
ROWS = 4096  # kernel rows held at once


@dataclass(frozen=True, eq=False)
class KernelRidge:
    """A fitted regression from vectors (n, d) to vectors (n, k).

    Attributes:
        anchors: the training inputs, (m, d).
        coefficients: (m, k).
        width: the kernel is exp(-|x - y|^2 / (2 width^2)).
    """

    anchors: Floats
    coefficients: Floats
    width: float

    def __call__(self, inputs: Floats) -> npt.NDArray[np.float32]:
        """Return predictions (n, k) for inputs (n, d)."""
        parts = [
            gaussian_kernel(inputs[at : at + ROWS], self.anchors, self.width) @ self.coefficients
            for at in range(0, len(inputs), ROWS)
        ]
        return np.concatenate(parts).astype(np.float32)


def gaussian_kernel(left: Floats, right: Floats, width: float) -> Floats:
    """Return exp(-|x - y|^2 / (2 width^2)) for all pairs, (n, m)."""
    left, right = left.astype(np.float64), right.astype(np.float64)
    squares = (left**2).sum(1)[:, None] + (right**2).sum(1)[None] - 2 * left @ right.T
    return np.asarray(np.exp(-np.maximum(squares, 0) / (2 * width**2)))


def fit_kernel_ridge(
    inputs: Floats, targets: Floats, width: float, ridge: float, weights: Floats
) -> KernelRidge:
    """Minimise sum_i weights_i |f(x_i) - y_i|^2 + ridge |f|^2.

    Args:
        inputs: (m, d).
        targets: (m, k).
        width: of the kernel, positive.
        ridge: positive.
        weights: (m,), positive; how much each pair counts.
    """
    kernel = gaussian_kernel(inputs, inputs, width)
    kernel[np.diag_indices_from(kernel)] += ridge / weights
    return KernelRidge(inputs, np.linalg.solve(kernel, targets.astype(np.float64)), width)
