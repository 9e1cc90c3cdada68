"""Pictures that fool it: a change too small to see, or noise that it is sure of."""

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.results.dreams import Fooled
from replearn.results.stamp import Stamp
from replearn.studies.answering.opened_network import (
    OpenedNetwork,
    as_picture,
    as_tensor,
    opened,
    with_margin,
)
from replearn.studies.dreams.choices import Choices, choices
from replearn.studies.dreams.undo import undone

if TYPE_CHECKING:
    from torch import Tensor

ANYTHING = 255.0  # grey levels: no bound
MOST_STEPS = 1000
STRONGEST = 100.0  # how far the change is magnified at most


@dataclass(frozen=True)
class FoolChoice:
    """How far a picture may be changed.

    Attributes:
        epsilon: the largest change of any value, in grey levels of 255; at least 1, for a file
            keeps whole ones.
        steps: at most.
        enough: the probability at which it ends.
        seed: of the noise, where there is no picture.

    Raises:
        InputError: a number is out of range.
    """

    epsilon: float = 4.0
    steps: int = 100
    enough: float = 0.99
    seed: int = 0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.epsilon) and 1 <= self.epsilon <= ANYTHING):
            raise InputError(
                f"The change is at most 1 to 255 grey levels, not {self.epsilon}; below 1 it "
                "would be lost when the picture is saved."
            )
        if not 1 <= self.steps <= MOST_STEPS:
            raise InputError(f"Choose 1 to {MOST_STEPS:,} steps, not {self.steps}.")
        if not 0 < self.enough < 1:
            raise InputError(f"The probability to reach lies between 0 and 1, not {self.enough}.")


def fool(
    image: Picture | None,
    target: str,
    model: str = "imagenet",
    epsilon: float = 4.0,
    *,
    question: Question | None = None,
    choice: FoolChoice | None = None,
    progress: Progress = silent,
) -> Fooled:
    """Change a picture until a network says what we want.

    Projected gradient descent (Madry et al. 2018, https://arxiv.org/abs/1706.06083); from noise
    with epsilon 255: Nguyen et al. 2015 (https://arxiv.org/abs/1412.1897).

    Args:
        image: a PIL picture, a path, or an array or tensor; None begins with noise.
        target: the class, or the label, that it should say.
        model: the network.
        epsilon: the largest change of any value, in grey levels of 255.
        question: labels and templates, for a model that reads text.
        choice: steps, probability and seed; its `epsilon` counts where it is given.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, there is no such class, or a number is out of
            range.
        CapabilityError: the model has neither classes nor reads text.

    Example:
        >>> found = fool("cat.jpg", "toaster", "imagenet", epsilon=2)
        >>> found.probability, found.grey_levels, found.undone
    """
    from replearn.visualisations.fooling import FoolingSettings, fooling

    start = time.perf_counter()
    asked = choice or FoolChoice(epsilon)
    network = opened(model)
    wanted = choices(network.encoder, target, question)
    original = _begun(network, image, asked.seed)
    begun = as_tensor(network.encoder.preview(original))
    # a step an eighth of the way, but never less than what a file keeps of it in the end
    settings = FoolingSettings(
        asked.epsilon,
        max(0.25, min(1.0, asked.epsilon / 8)),
        asked.steps,
        math.log(asked.enough),
    )
    steps = fooling(
        network.tower, wanted.log_probability, begun, settings, network.normalise, progress
    )
    first = next(steps)
    last = deque(steps, maxlen=1)
    ended = last[0] if last else first
    image_after = with_margin(network.encoder.preprocessing, as_picture(ended.picture[0]))
    change = (ended.picture - begun)[0]
    strength = min(STRONGEST, 0.5 / max(float(change.abs().max()), 1 / 510))
    stamp = Stamp(
        network.encoder.name,
        network.encoder.fingerprint,
        time.perf_counter() - start,
        seed=asked.seed if image is None else None,
        settings={
            "target": wanted.names[wanted.wanted],
            "epsilon": f"{asked.epsilon:g} of 255",
            "from": "noise" if image is None else "the picture",
        },
    )
    return Fooled(
        image=image_after,
        original=with_margin(network.encoder.preprocessing, as_picture(begun[0])),
        changes=as_picture(0.5 + strength * change),
        magnified=strength,
        target=wanted.names[wanted.wanted],
        before=math.exp(first.value),
        probability=math.exp(ended.value),
        first=answer_to(network, wanted, begun),
        grey_levels=float(change.abs().max() * 255),
        mean_levels=float(change.abs().mean() * 255),
        done=ended.done,
        reached=ended.value >= math.log(asked.enough),
        undone=undone(image_after, target, network.encoder, question),
        stamp=stamp,
    )


def _begun(network: OpenedNetwork, image: Picture | None, seed: int) -> Image.Image:
    if image is not None:
        return open_image(image)
    side = network.encoder.preprocessing.resize
    draws = np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)
    return Image.fromarray(draws)


def answer_to(network: OpenedNetwork, known: Choices, picture: "Tensor") -> str:
    """Return what a network says of a picture (1, 3, h, w), from 0 to 1."""
    import torch

    with torch.inference_mode():
        pixels = network.normalise(picture.to(network.tower.device))
        return known.names[known.turned_to(network.tower(pixels)).wanted]
