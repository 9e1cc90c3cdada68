"""Recorded runs as the page plays them: see ui/static/recording.js."""

import base64
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import proportion
from replearn.plotting.figures import PALETTE
from replearn.results.training import Recording

STEP = 1 / 100  # of a place on the map: one byte each, from -1.27 to 1.27
COSINE_STEP = 1 / 127


def recording_value(found: list[Recording]) -> dict[str, Any]:
    """Return the value of the page's component: what every run's rounds look like."""
    losses = np.concatenate([one.losses for one in found])
    return {
        "runs": [_run(one) for one in found],
        "colours": list(PALETTE),
        "loss_range": [float(np.nanmin(losses)), float(np.nanmax(losses))]
        if np.isfinite(losses).any()
        else [0.0, 1.0],
        "step": STEP,
        "cosine_step": COSINE_STEP,
    }


def _run(found: Recording) -> dict[str, Any]:
    # classes by their place among those that are there: their colour
    present, places = np.unique(found.labels, return_inverse=True)
    names = [found.names[one] if 0 <= one < len(found.names) else f"class {one}" for one in present]
    return {
        "title": found.title,
        "rounds": found.rounds.round(2).tolist(),
        "losses": _plain(found.losses),
        "knn": _plain(found.knn),
        "accuracies": [_accuracy(one, found.tested) for one in found.knn],
        "classes": [name[:24] for name in names],
        "places": places.tolist(),
        "points": _bytes(found.maps / STEP),  # (k, points, 2)
        "compared": places[found.compared].tolist(),
        "cosines": _bytes(found.cosines / COSINE_STEP),  # (k, m, m)
    }


def _accuracy(share: float, tested: int) -> str:
    """Return it with its interval and n; nothing where there were no labels."""
    known = np.isfinite(share) and tested > 0
    return str(proportion(round(share * tested), tested)) if known else ""


def _plain(values: npt.NDArray[np.float64]) -> list[float | None]:
    """Return numbers as JSON has them: what isn't one is null."""
    return [round(float(one), 4) if np.isfinite(one) else None for one in values]


def _bytes(values: npt.NDArray[np.float64]) -> str:
    whole = np.clip(np.rint(values), -127, 127).astype(np.int8)
    return base64.b64encode(whole.tobytes()).decode()
