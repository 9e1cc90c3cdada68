"""How strongly every unit of a layer responds to every picture of a data set."""

import functools

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.registry import nearest
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats
from replearn.studies.parts.kept_responses import Responses, shipped_responses

MOST = 1000  # pictures, spread evenly over a larger data set
BATCH = 32
KEPT = 6


_kept: dict[tuple[str, str, str], tuple[tuple[str, str], Responses]] = {}


def layers_worth_showing(model: str) -> tuple[str, ...]:
    """Return the layers of a model that have maps, shallow to deep.

    Raises:
        InputError: there is no such model.
    """
    return _layers(model, load_model(model).fingerprint)


@functools.lru_cache(maxsize=32)  # a forward pass each, and a click on a unit asks several times
def _layers(model: str, fingerprint: str) -> tuple[str, ...]:  # noqa: ARG001
    import torch

    from replearn.explainers.feature_maps import blocks

    encoder = load_model(model)
    side = encoder.preprocessing.crop
    return blocks(encoder.tower(), torch.zeros(1, 3, side, side))


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


def checked_layer(model: str, layer: str) -> str:
    """Return a layer's name; nothing means the last.

    Raises:
        InputError: there is no such layer.
    """
    valid = layers_worth_showing(model)
    if not valid:
        raise InputError(f"{model} has no layer whose output lies over the picture.")
    if not layer:
        return valid[-1]
    if layer not in valid:
        raise InputError(
            f"{model} has no layer {layer!r}; there are {', '.join(valid)}.{nearest(layer, valid)}"
        )
    return layer


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
    import torch

    from replearn.explainers.feature_maps import feature_maps

    tower = encoder.tower()
    rows = tuple(int(row) for row in np.linspace(0, len(data) - 1, min(MOST, len(data))).round())
    highest: list[Floats] = []
    means: list[Floats] = []
    cells: list[npt.NDArray[np.int32]] = []
    shape = (1, 1)
    for batch in batches(rows, BATCH):
        progress(len(highest) * BATCH, len(rows), "pictures shown to the layer")
        pixels = torch.from_numpy(encoder.preprocess([data[row].image for row in batch]))
        maps = feature_maps(tower, [layer], pixels)[layer]  # (n, c, h, w)
        shape = (int(maps.shape[2]), int(maps.shape[3]))
        best = maps.flatten(2).max(2)
        highest.append(best.values.cpu().numpy())
        means.append(maps.mean((2, 3)).cpu().numpy())
        cells.append(best.indices.cpu().numpy().astype(np.int32))
    return Responses(
        np.concatenate(highest), np.concatenate(means), np.concatenate(cells), shape, rows
    )
