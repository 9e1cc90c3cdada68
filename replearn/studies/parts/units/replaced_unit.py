"""A model's outputs with and without one unit: the whole network is run twice."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from replearn.core.progress import Progress, batches, silent
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder
from replearn.encoders.tower import POOLED
from replearn.encoders.watched import watched
from replearn.results.stamp import Floats
from replearn.studies.answering.kept_responses import Responses
from replearn.studies.answering.responses import BATCH
from replearn.studies.answering.samples import samples_of


def outputs_with_and_without(
    encoder: Encoder,
    layer: str,
    index: int,
    data: Dataset,
    found: Responses,
    progress: Progress = silent,
) -> tuple[Floats, Floats]:
    """Return outputs (n, k) as they are, and with a unit's mean in every place.

    Args:
        encoder: the model.
        layer: one of `layers_worth_showing`.
        index: of the unit.
        data: whose pictures at `found.rows` are shown.
        found: the layer's responses to them.
        progress: told as pictures are shown.
    """
    grid = encoder.tower().tokens
    mean = float(found.means[:, index].mean())
    firsts: list[Tensor] = []  # what class and register tokens have there

    def note(output: Tensor) -> None:
        if grid is not None and grid.fits(output):
            firsts.append(output[:, : grid.prefix, index].clone())

    def replaced(output: Tensor) -> Tensor:
        changed = output.clone()
        if output.ndim == 4:
            changed[:, index] = mean
            return changed
        assert grid is not None  # what isn't a map is a transformer's tokens
        changed[:, grid.prefix :, index] = mean
        changed[:, : grid.prefix, index] = torch.cat(firsts).mean(0)
        return changed

    whole = _outputs(encoder, layer, data, found, note, progress)
    return whole, _outputs(encoder, layer, data, found, replaced, progress)


def _outputs(
    encoder: Encoder,
    layer: str,
    data: Dataset,
    found: Responses,
    change: Callable[[Tensor], Tensor | None],
    progress: Progress,
) -> Floats:
    tower = encoder.tower()
    module = tower.trunk if layer == POOLED else tower.trunk.get_submodule(layer)
    given: list[Floats] = []
    with torch.inference_mode(), watched(module, change):
        for batch in batches(found.rows, BATCH):
            progress(len(given) * BATCH, len(found.rows), "pictures asked about")
            images = [one.image for one in samples_of(data, batch)]
            pixels = torch.from_numpy(encoder.preprocess(images)).to(tower.device)
            given.append(tower(pixels).cpu().numpy())
    return np.concatenate(given)
