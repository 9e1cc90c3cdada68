"""The layers of a model by name, as the page offers them."""

import functools

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.encoders.registry import load_model


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


def units_of(model: str, layer: str) -> int:
    """Return how many units a layer of `layers_worth_showing` has."""
    return _widths(model, load_model(model).fingerprint)[layer]


@functools.lru_cache(maxsize=32)
def _widths(model: str, fingerprint: str) -> dict[str, int]:  # noqa: ARG001
    import torch

    from replearn.explainers.layers import layers

    encoder = load_model(model)
    side = encoder.preprocessing.crop
    found = layers(encoder.tower(), torch.zeros(1, 3, side, side))
    return {one.name: one.channels for one in found}
