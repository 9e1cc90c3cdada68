"""How long pictures take to make on this computer: a few real steps are timed, once a model."""

import functools
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from PIL import Image

from replearn.encoders.registry import load_model
from replearn.studies.answering.layers import layers_worth_showing
from replearn.studies.dreams.dream import DeepDreamChoice, dream_growing
from replearn.studies.dreams.dream_choice import DreamChoice
from replearn.studies.dreams.invert import invert
from replearn.studies.dreams.visualise import visualise_growing

TIMED = 3  # steps
SHRINKS = 1.4**2  # the area of an octave over that of the one below it


def drawing_seconds(model: str, choice: DreamChoice) -> float:
    """Return about how long the ascent to a unit, a class or a text takes.

    Raises:
        ReplearnError: the model can't be opened, or has no gradient.
    """
    one = _of_drawing(
        model, load_model(model).fingerprint, choice.helps, choice.count, choice.prior
    )
    return choice.steps * one


def dreaming_seconds(model: str, layer: str, choice: DeepDreamChoice) -> float:
    """Return about how long it takes to dream a picture of the largest size on.

    Raises:
        ReplearnError: the model can't be opened, or there is no such layer.
    """
    one = _of_dreaming(model, load_model(model).fingerprint, layer)
    return choice.steps * one * sum(SHRINKS**-number for number in range(choice.octaves))


def inverting_seconds(model: str, layers: int, steps: int) -> float:
    """Return about how long a search for two pictures takes, in each of some layers.

    Raises:
        ReplearnError: the model can't be opened, or has no layers that lie over the picture.
    """
    return layers * steps * _of_inverting(model, load_model(model).fingerprint)


@functools.lru_cache(maxsize=64)
def _of_drawing(
    model: str,
    fingerprint: str,  # noqa: ARG001
    helps: tuple[str, ...],
    count: int,
    prior: str,
) -> float:
    choice = DreamChoice(helps, steps=2 * TIMED + 2, count=count, prior=prior)
    # a unit, for every network has some; the last picture, which is judged, isn't waited for
    return _each(visualise_growing(model=model, unit=0, choice=choice, every=1 + TIMED))


@functools.lru_cache(maxsize=64)
def _of_dreaming(model: str, fingerprint: str, layer: str) -> float:  # noqa: ARG001
    choice = DeepDreamChoice(octaves=1, steps=2 * TIMED + 2)
    grey = Image.new("RGB", (choice.largest, choice.largest * 3 // 4), "grey")
    return _each(dream_growing(grey, model, layer, choice=choice, every=1 + TIMED))


@functools.lru_cache(maxsize=16)
def _of_inverting(model: str, fingerprint: str) -> float:  # noqa: ARG001
    grey = Image.new("RGB", (64, 64), "grey")
    last = layers_worth_showing(model)[-1]
    seconds = [_timed(model, last, grey, steps) for steps in (1, 1 + TIMED)]
    return max(0.0, seconds[1] - seconds[0]) / TIMED


def _timed(model: str, layer: str, picture: Image.Image, steps: int) -> float:
    start = time.perf_counter()
    invert(picture, model, layer, steps=steps)
    return time.perf_counter() - start


def _each(growing: Iterator[Any]) -> float:
    """Return the seconds of a step: of those between the first picture and the second."""
    shown = islice(growing, 2)
    next(shown)
    start = time.perf_counter()
    next(shown)
    return (time.perf_counter() - start) / TIMED
