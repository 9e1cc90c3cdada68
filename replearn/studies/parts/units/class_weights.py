"""What a unit of the last layer adds to each class."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.errors import CapabilityError
from replearn.encoders.base import Encoder
from replearn.results.stamp import Floats
from replearn.results.unit import ClassWeight
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.answering.prompts import encode_prompts

if TYPE_CHECKING:
    from torch import nn


def class_weights(
    encoder: Encoder, layer: str, index: int, labels: Sequence[str]
) -> tuple[ClassWeight, ...]:
    """Return a unit's weight for each class, the highest first.

    Args:
        encoder: a network that ends in average pooling and one linear layer.
        layer: its last.
        index: of the unit.
        labels: what a model that reads text is asked; its output isn't scaled to length 1 first.

    Raises:
        CapabilityError: the network or the layer is another, or it has no classes.
    """
    linear = last_linear(encoder, layer)
    weights: Floats = linear.weight[:, index].detach().cpu().numpy()  # (k,)
    if "text" in encoder.card.capabilities:
        prompts = encode_prompts(encoder, labels, None)
        names, weights = prompts.labels, prompts.classifier(1).text_vectors @ weights
    else:
        names = encoder.class_names
    order = np.argsort(-weights, kind="stable")
    return tuple(ClassWeight(names[int(i)], float(weights[int(i)])) for i in order)


def last_linear(encoder: Encoder, layer: str) -> "nn.Linear":
    """Return the linear layer that reads a layer's units, pooled.

    Raises:
        CapabilityError: something else reads them.
    """
    linear = encoder.tower().linear
    if linear is None or layer != layers_worth_showing(encoder.name)[-1]:
        raise CapabilityError(
            "Only units of the last layer of a network that ends in average pooling and one "
            "linear layer have a weight for each class."
        )
    return linear
