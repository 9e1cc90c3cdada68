"""The first layer's filters as pictures."""

import copy
import time
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats, Stamp
from replearn.results.unit import Filters

if TYPE_CHECKING:
    from torch import nn

MOST = 48
LARGE = 8  # pixels: larger filters overlap in what they do, and are shown by their main axes
SEED = 0


def filters(model: str = "imagenet") -> Filters:
    """Return the filters of a network's first convolution as pictures, untrained ones beside them.

    Small filters are shown one by one; a transformer's patch embedding by its principal components
    (Dosovitskiy et al. 2021, figure 7, https://arxiv.org/abs/2010.11929).

    Args:
        model: any network that begins with a convolution over colours.

    Raises:
        InputError: there is no such model.
        CapabilityError: the model has no such layer.
    """
    from torch import nn, random

    start = time.perf_counter()
    encoder = load_model(model)
    first = next(
        (
            one
            for one in encoder.tower().modules()
            if isinstance(one, nn.Conv2d) and one.in_channels == 3
        ),
        None,
    )
    if first is None:
        raise CapabilityError(
            f"{model} has no first layer of filters; imagenet and the shapes networks have."
        )
    fresh = copy.deepcopy(first)
    with random.fork_rng(devices=[]):
        random.manual_seed(SEED)
        fresh.reset_parameters()
    side = int(first.kernel_size[0])
    if side >= LARGE:
        pictures, share = _axes(_weights(first))
        untrained, _ = _axes(_weights(fresh))
        told = (
            f"the first {len(pictures)} principal components of {first.out_channels} filters of "
            f"{side} x {side} pixels; they hold {share:.0%} of their variance"
        )
    else:
        pictures, untrained = _weights(first)[:MOST], _weights(fresh)[:MOST]
        told = f"{len(pictures)} of {first.out_channels} filters of {side} x {side} pixels"
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(pictures),
        seed=SEED,
        settings={"filters": f"{side} x {side}", "untrained": "torch's own first weights"},
    )
    return Filters(_shown(pictures), _shown(untrained), told, stamp)


def _weights(convolution: "nn.Conv2d") -> Floats:
    """Return filters as (n, side, side, 3)."""
    found = convolution.weight.detach().cpu().numpy().transpose(0, 2, 3, 1)
    return np.asarray(found, np.float32)


def _axes(weights: Floats) -> tuple[Floats, float]:
    """Return the filters' principal components, (n, side, side, 3), and the variance they hold."""
    flat = weights.reshape(len(weights), -1)
    _, strengths, axes = np.linalg.svd(flat - flat.mean(0), full_matrices=False)
    kept = min(MOST, len(axes) - 1)
    share = float((strengths[:kept] ** 2).sum() / (strengths**2).sum())
    return axes[:kept].reshape(kept, *weights.shape[1:]), share


def _shown(weights: Floats) -> npt.NDArray[np.uint8]:
    largest = np.abs(weights).max((1, 2, 3), keepdims=True)
    scaled = 127.5 + 127.5 * weights / np.maximum(largest, 1e-12)
    return np.asarray(scaled.round(), np.uint8)
