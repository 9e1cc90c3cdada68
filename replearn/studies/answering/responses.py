"""How strongly every unit of a layer responds to every picture of a data set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats
from replearn.studies.answering.kept_responses import Responses, responses_path, shipped_responses
from replearn.studies.answering.layers import checked_layer

if TYPE_CHECKING:
    from torch import Tensor

MOST = 1000  # pictures, spread evenly over a larger data set
BATCH = 32
KEPT = 6


_kept: dict[tuple[str, str, str], tuple[tuple[str, str], Responses]] = {}


def responses(model: str, layer: str, dataset: str, progress: Progress = silent) -> Responses:
    """Return a layer's responses to a data set, or to a thousand pictures of it; kept in memory.

    What ships is read.

    Raises:
        InputError: there is no such model, layer or data set.
    """
    encoder, data = load_model(model), load_dataset(dataset)
    key, state = (model, layer, dataset), (encoder.fingerprint, data.fingerprint())
    known = _kept.get(key)
    if known is None or known[0] != state:
        layer = checked_layer(model, layer)
        found = shipped_responses(encoder, layer, data)
        known = (state, found or computed_responses(encoder, layer, data, progress))
        _kept[key] = known
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    return known[1]


def is_known(model: str, layer: str, dataset: str) -> bool:
    """Say whether a layer's responses ship, or are kept in memory."""
    encoder, data = load_model(model), load_dataset(dataset)
    known = _kept.get((model, layer, dataset))
    if known is not None and known[0] == (encoder.fingerprint, data.fingerprint()):
        return True
    return responses_path(encoder, layer, data).exists()


def checked_unit(found: Responses, model: str, layer: str, index: int) -> int:
    """Return how many units a layer has.

    Raises:
        InputError: it has no unit of that number.
    """
    count = int(found.highest.shape[1])
    if not 0 <= index < count:
        raise InputError(f"{layer} of {model} has units 0 to {count - 1}; there is no {index}.")
    return count


def computed_responses(
    encoder: Encoder, layer: str, data: Dataset, progress: Progress = silent
) -> Responses:
    """Show a data set, or a thousand pictures spread evenly over it, to one layer.

    Args:
        encoder: the model.
        layer: one of `layers_worth_showing`.
        data: n pictures.
        progress: told as pictures are shown.
    """
    rows = tuple(int(row) for row in np.linspace(0, len(data) - 1, min(MOST, len(data))).round())
    highest: list[Floats] = []
    means: list[Floats] = []
    cells: list[npt.NDArray[np.int32]] = []
    shape = (1, 1)
    for batch in batches(rows, BATCH):
        progress(len(highest) * BATCH, len(rows), "pictures shown to the layer")
        maps = layer_maps(encoder, layer, data, batch)
        shape = (int(maps.shape[2]), int(maps.shape[3]))
        best = maps.flatten(2).max(2)
        highest.append(best.values.cpu().numpy())
        means.append(maps.mean((2, 3)).cpu().numpy())
        cells.append(best.indices.cpu().numpy().astype(np.int32))
    return Responses(
        np.concatenate(highest), np.concatenate(means), np.concatenate(cells), shape, rows
    )


def layer_maps(encoder: Encoder, layer: str, data: Dataset, rows: Sequence[int]) -> "Tensor":
    """Return a layer's responses to some pictures of a data set, (n, units, rows, columns)."""
    import torch

    from replearn.explainers.feature_maps import feature_maps

    pixels = torch.from_numpy(encoder.preprocess([data[row].image for row in rows]))
    return feature_maps(encoder.tower(), [layer], pixels)[layer]
