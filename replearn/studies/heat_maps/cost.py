"""How long a heat map takes on this computer: the network's own passes are timed, once a model."""

import functools
import time

import numpy as np
from PIL import Image

from replearn.core.errors import CapabilityError
from replearn.encoders.registry import load_model
from replearn.explainers import load_explainer
from replearn.studies.heat_maps.explain import methods_of

BATCH = 16  # pictures, as the methods of many passes take them


def method_seconds(model: str) -> dict[str, float]:
    """Return about how long one map of each method takes, with the method's usual settings.

    Raises:
        ReplearnError: the model can't be opened.
    """
    return _measured(model, load_model(model).fingerprint)


@functools.lru_cache(maxsize=16)
def _measured(model: str, fingerprint: str) -> dict[str, float]:  # noqa: ARG001
    import torch

    encoder = load_model(model)
    pixels = encoder.preprocess([Image.new("RGB", (64, 64), "grey")])
    batch = np.repeat(pixels, BATCH, 0)
    encoder.outputs(batch)  # the engine compiles on its first batch
    start = time.perf_counter()
    encoder.outputs(batch)
    forward = (time.perf_counter() - start) / BATCH
    tower = encoder.tower()
    picture = torch.from_numpy(pixels).to(tower.device).requires_grad_()
    start = time.perf_counter()
    tower(picture).sum().backward()
    gradient = time.perf_counter() - start
    tower.zero_grad(set_to_none=True)
    found = {}
    for name in methods_of(model):
        try:
            passes = load_explainer(name).passes(tower, picture.detach())
        except CapabilityError:
            continue
        found[name] = passes.forward * forward + passes.gradient * gradient
    return found
