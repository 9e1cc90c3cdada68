"""How a layer responds to one picture: its strongest units, with their maps."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats
from replearn.studies.answering.layers import checked_layer


@dataclass(frozen=True, eq=False)
class Activations:
    """A layer's strongest units for one picture.

    Attributes:
        layer: its name.
        units: (k,), their numbers, the strongest first.
        maps: (k, rows, columns), raw values.
        picture: (side, side, 3), what the network saw.
    """

    layer: str
    units: tuple[int, ...]
    maps: Floats
    picture: npt.NDArray[np.uint8]


def activations(image: Picture, model: str, layer: str = "", k: int = 12) -> Activations:
    """Return the maps of the units that respond most to a picture.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        model: any model with layers that lie over the picture.
        layer: left out, the last.
        k: how many.

    Raises:
        InputError: the picture can't be opened, or there is no such layer.
    """
    import torch

    from replearn.explainers.feature_maps import feature_maps

    layer, encoder = checked_layer(model, layer), load_model(model)
    pixels = torch.from_numpy(encoder.preprocess([image]))
    maps = feature_maps(encoder.tower(), [layer], pixels)[layer][0].cpu().numpy()  # (c, h, w)
    order = np.argsort(-maps.max((1, 2)), kind="stable")[:k]
    picture = np.asarray(encoder.preview(image))
    return Activations(layer, tuple(int(i) for i in order), maps[order], picture)
