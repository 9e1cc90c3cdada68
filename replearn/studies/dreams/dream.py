"""DeepDream: the subject, changed until a layer sees more of what it sees already."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.results.dreams import DeepDreamed
from replearn.results.stamp import Stamp
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.opened_network import as_picture, as_tensor, opened
from replearn.studies.dreams.targets import check_unit

if TYPE_CHECKING:
    from torch import Tensor

LARGEST = 640  # longer side in pixels: a larger picture is reduced first
MOST_OCTAVES, MOST_STEPS = 8, 100
ANY_TILE = 448  # side in pixels of what a network that takes any is shown at a time


@dataclass(frozen=True)
class DeepDreamChoice:
    """How a picture is dreamt on.

    Attributes:
        octaves: sizes, from small to large.
        steps: at each.
        strength: the mean change of a step, in grey levels of 255.
        seed: of the shifts of tiles.
        largest: longer side in pixels of what comes out.

    Raises:
        InputError: a number is out of range.
    """

    octaves: int = 4
    steps: int = 8
    strength: float = 3.0
    seed: int = 0
    largest: int = LARGEST

    def __post_init__(self) -> None:
        for number, least, most, what in (
            (self.octaves, 1, MOST_OCTAVES, "octaves"),
            (self.steps, 1, MOST_STEPS, "steps"),
            (self.strength, 0.1, 50, "grey levels a step"),
            (self.largest, 64, 2048, "pixels"),
        ):
            if not least <= number <= most:  # nan is neither
                raise InputError(f"Choose {least} to {most:,} {what}, not {number}.")


def dream(
    image: Picture,
    model: str = "imagenet",
    layer: str = "",
    *,
    unit: int | None = None,
    choice: DeepDreamChoice | None = None,
    progress: Progress = silent,
) -> DeepDreamed:
    """Dream a picture on (Mordvintsev, Olah and Tyka 2015, Inceptionism).

    Args:
        image: a PIL picture, a path, or an array or tensor; of any size.
        model: the network.
        layer: whose responses rise; left out, one in the middle.
        unit: one unit of it alone.
        choice: octaves, steps, strength, seed, size.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, or there is no such model, layer or unit.

    Example:
        >>> dream("clouds.jpg", "imagenet").image.save("dream.png")
    """
    growing = dream_growing(image, model, layer, unit=unit, choice=choice, progress=progress)
    return deque(growing, maxlen=1)[0]


def dream_growing(
    image: Picture,
    model: str = "imagenet",
    layer: str = "",
    *,
    unit: int | None = None,
    choice: DeepDreamChoice | None = None,
    every: int = 4,
    progress: Progress = silent,
) -> Iterator[DeepDreamed]:
    """Yield the picture after every few steps.

    Args:
        image, model, layer, unit, choice, progress: as `dream` has them.
        every: steps between two pictures; the first comes after one.
    """
    import torch

    from replearn.visualisations.deep_dream import (
        DreamSettings,
        deep_dream,
        octave_sizes,
        tiled_value,
    )
    from replearn.visualisations.objectives import LayerEnergy

    start = time.perf_counter()
    asked, network = choice or DeepDreamChoice(), opened(model)
    place = checked_layer(model, layer or middle_layer(model))
    if unit is not None:
        check_unit(model, place, unit)
    picture = reduced(open_image(image), asked.largest)
    smallest = 75 if network.any_side else min(network.side, *picture.size)
    tile = ANY_TILE if network.any_side else network.side
    settings = DreamSettings(
        asked.octaves, 1.4, asked.steps, asked.strength / 255, smallest=smallest, tile=tile
    )
    objective, told = LayerEnergy(place, unit), f"energy of {place}"
    told = told if unit is None else f"energy of unit {unit} of {place}"
    begun = as_tensor(picture)

    def value(pictures: "Tensor") -> float:
        return tiled_value(network.tower, objective, pictures, tile, network.normalise)

    before = value(begun)
    generator = torch.Generator().manual_seed(asked.seed)
    total = asked.steps * len(octave_sizes(picture.height, picture.width, settings))
    tower = network.climbed(objective)
    grown = deep_dream(tower, objective, begun, settings, network.normalise, generator, progress)
    for done, changed in enumerate(grown, 1):
        if done != 1 and done % every and done != total:
            continue
        stamp = Stamp(
            network.encoder.name,
            network.encoder.fingerprint,
            time.perf_counter() - start,
            seed=asked.seed,
            settings={
                "target": told,
                "octaves": asked.octaves,
                "steps": asked.steps,
                "strength": asked.strength,
            },
        )
        after = value(changed) if done == total else float("nan")
        yield DeepDreamed(as_picture(changed[0]), picture, told, before, after, done, total, stamp)


def middle_layer(model: str) -> str:
    """Return the layer that is dreamt of where none is named: neither edges nor whole things."""
    from replearn.studies.answering.layers import layers_worth_showing

    valid = layers_worth_showing(model)
    return valid[(2 * len(valid)) // 3] if valid else ""


def reduced(picture: Image.Image, largest: int) -> Image.Image:
    """Return a picture whose longer side has at most so many pixels, and whose shorter has some.

    Raises:
        InputError: it would be too narrow to be looked at.
    """
    factor = min(1.0, largest / max(picture.size))
    size = round(picture.width * factor), round(picture.height * factor)
    if min(size) < 16:
        raise InputError(
            f"A picture of {picture.width} x {picture.height} is too narrow to be dreamt on; "
            "crop it to a shape that is nearer to a square."
        )
    return picture if factor == 1 else picture.resize(size, Image.Resampling.LANCZOS)
