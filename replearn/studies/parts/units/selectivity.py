"""What of `shapes` a unit tells apart, beside the best unit of an untrained network."""

import numpy as np
import numpy.typing as npt

from replearn.core.auc import auc, aucs_of_each
from replearn.core.progress import Progress, silent
from replearn.data.base import Dataset
from replearn.data.shapes import FACTORS
from replearn.results.unit import Selectivity
from replearn.studies.answering.kept_responses import Responses
from replearn.studies.answering.layers import checked_layer, layers_worth_showing
from replearn.studies.answering.responses import responses

UNTRAINED = "shapes-untrained"


def selectivity_of(
    layer: str, data: Dataset, found: Responses, index: int, progress: Progress = silent
) -> tuple[Selectivity, ...]:
    """Return how well a unit tells each value of each factor, best first; only on `shapes`.

    Args:
        layer: the unit's.
        data: what was shown to it.
        found: the layer's responses.
        index: of the unit.
        progress: told as pictures are shown to the untrained network.
    """
    if not data.name.startswith("shapes") or not hasattr(data, "scenes"):
        return ()
    asked, wanted = [], []
    for factor, values in FACTORS.items():
        labels = factor_of(data, found, factor)
        for number, value in enumerate(values):
            shown = labels == number
            if shown.any() and not shown.all():
                asked.append((factor, value))
                wanted.append(shown)
    beside = responses(UNTRAINED, untrained_layer(layer), data.name, progress)
    best = aucs_of_each(beside.highest, np.array(wanted)).max(1)
    rows = [
        Selectivity(factor, value, auc(found.highest[:, index], shown), float(area))
        for (factor, value), shown, area in zip(asked, wanted, best, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: -row.area.value))


def factor_of(data: Dataset, found: Responses, factor: str) -> npt.NDArray[np.int64]:
    """Return a factor's values of the pictures that were shown, (n,)."""
    scenes = data.scenes(0, len(data))  # type: ignore[attr-defined]
    return np.asarray(scenes.labels(factor)[list(found.rows)])


def untrained_layer(layer: str) -> str:
    """Return the same layer of the untrained network where it has one, else its last."""
    there = layer if layer in layers_worth_showing(UNTRAINED) else ""
    return checked_layer(UNTRAINED, there)
