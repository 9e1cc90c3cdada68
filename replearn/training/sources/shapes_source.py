"""Training pictures from the rendered world: endless and fresh."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from replearn.data.shapes import FACTORS, Scenes, World, draw
from replearn.data.shapes.captions import captions
from replearn.training.sources.batch import Batch


class ShapesSource:
    """Fresh pictures of the world of shapes, for ever.

    Args:
        world: of the training pictures.
        side: of the pictures, in pixels.
        label: the factor that the labels are about.
        pairs: whether a sample is two renderings of one object: from another camera, under another
            light and before another background.
        two_objects: share of scenes with two objects.
    """

    pictures: int | None = None
    unreadable: tuple[str, ...] = ()

    def __init__(
        self,
        world: World,
        side: int,
        label: str = "solid",
        pairs: bool = False,
        two_objects: float = 0.0,
    ) -> None:
        self.side, self.label, self._pairs = side, label, pairs
        self._world = world
        self._two = two_objects
        self.class_names = FACTORS[label]

    def batch(self, rows: range) -> Batch:
        """Render the scenes at `rows`."""
        addresses = np.arange(rows.start, rows.stop)
        two = round(len(rows) * self._two)
        parts = [
            self._rendered(replace(self._world, objects=k), at)
            for k, at in ((1, addresses[two:]), (2, addresses[:two]))
            if len(at)
        ]
        return _joined(parts)

    def probe(self, part: str, count: int) -> Batch:
        """Render scenes of another seed (fit) or of the test split."""
        seed = self._world.seed + (1_000_003 if part == "fit" else 0)
        split = "train" if part == "fit" else "test"
        world = replace(self._world, split=split, seed=seed)
        return self._rendered(world, np.arange(count), pairs=False)

    def _rendered(self, world: World, rows: np.ndarray, pairs: bool | None = None) -> Batch:
        from replearn.data.shapes.render import render

        scenes = draw(world, rows)
        pictures = [render(scenes, self.side)]
        if self._pairs if pairs is None else pairs:
            pictures.append(render(seen_otherwise(scenes, world, rows), self.side))
        labels = torch.from_numpy(scenes.labels(self.label).copy())
        return Batch(tuple(pictures), labels, tuple(captions(scenes, rows, world.seed)))


def seen_otherwise(scenes: Scenes, world: World, rows: np.ndarray) -> Scenes:
    """Return the same objects in other scenes: another camera, light, background and place."""
    other = draw(replace(world, seed=world.seed + 7_000_003), rows)
    kept = ("solid", "colour", "texture", "large", "radius", "phase")
    return replace(other, **{name: getattr(scenes, name) for name in kept})


def _joined(parts: Sequence[Batch]) -> Batch:
    if len(parts) == 1:
        return parts[0]
    return Batch(
        tuple(torch.cat(views) for views in zip(*(p.pictures for p in parts), strict=True)),
        torch.cat([part.labels for part in parts]),
        tuple(text for part in parts for text in part.texts),
    )
