"""Rendered scenes whose objects' pixels are known."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.vocabulary import SOLIDS
from replearn.studies.answering.class_questions import ClassQuestions

SIDE = 64
LEAST = 0.01  # share of the picture below which an object is hidden


@dataclass(frozen=True, eq=False)
class ObjectScene:
    """A picture with one named object.

    Attributes:
        image: of 64 pixels.
        index: the named object's solid.
        mask: (64, 64), how much of a pixel shows it, from 0 to 1.
        id: of the picture.
    """

    image: Image.Image
    index: int
    mask: npt.NDArray[np.float32]
    id: str


def knows_solids(classes: ClassQuestions) -> bool:
    """Say whether a model is asked for the solids of `shapes`."""
    return classes.names == tuple(SOLIDS)


def object_scenes(objects: int, count: int, seed: int) -> Iterator[ObjectScene]:
    """Yield scenes of the test split; of two objects the first and the second are named in turn.

    Scenes whose objects are of one solid, or whose named one is hidden, are left out.
    """
    from replearn.data.shapes.render import render_with_masks

    scenes = Shapes("test", seed, 10 * count, objects=objects).scenes(0, 3 * count)
    rendered = render_with_masks(scenes, SIDE)
    pictures = rendered.pictures.permute(0, 2, 3, 1).numpy()
    found = 0
    for row in range(len(scenes)):
        named = row % objects
        mask = rendered.masks[row, named].numpy().astype(np.float32)
        if len(set(scenes.solid[row])) < objects or mask.mean() < LEAST:
            continue
        image = Image.fromarray(np.ascontiguousarray(pictures[row]))
        yield ObjectScene(image, int(scenes.solid[row, named]), mask, f"test-{seed}-{row}")
        found += 1
        if found == count:
            return
