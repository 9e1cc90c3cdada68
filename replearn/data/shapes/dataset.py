"""The world of shapes as a data set of samples."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.base import Sample
from replearn.data.shapes.captions import captions
from replearn.data.shapes.scenes import Scenes, World, draw
from replearn.data.shapes.vocabulary import FACTORS, NAMES

RENDERER = "1"  # raised when the same scene gives other pixels
Rendered = tuple[npt.NDArray[np.uint8], Scenes, list[str]]
_BLOCK = 64  # pictures rendered at a time, for one alone costs almost as much


class Shapes:
    """Rendered pictures with all their factors; picture i depends on the world and i alone.

    Args:
        split: "train", "test" or "held-out" (combinations that never occur in the others).
        seed: another seed gives other pictures.
        size: how many pictures.
        label: an entry of `FACTORS`; what `Sample.label` and `class_names` are about.
        level: "shapes", "shapes-free" or "shapes-easy".
        objects: 1, or 2 for scenes with a relation.
        side: of the pictures, in pixels.
        texture_bias: see `World`.
        background_bias: see `World`.

    Raises:
        InputError: a setting that doesn't exist; the message names the nearest that does.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        split: str = "test",
        seed: int = 0,
        size: int = 1000,
        label: str = "solid",
        level: str = "shapes",
        objects: int = 1,
        side: int = 64,
        texture_bias: float = 0.0,
        background_bias: float = 0.0,
    ) -> None:
        if label not in FACTORS:
            raise InputError(
                f"shapes has no factor {label!r}; choose one of {', '.join(FACTORS)}."
                f"{nearest(label, FACTORS)}"
            )
        if not 1 <= size <= 10_000_000:
            raise InputError(f"The size is {size}; ask for 1 to 10,000,000 pictures.")
        if not 8 <= side <= 1024:
            raise InputError(f"The side is {side} pixels; choose 8 to 1024.")
        self.world = World(level, split, seed, objects, texture_bias, background_bias)
        self.name = level
        self.label, self.size, self.side = label, size, side
        self.class_names: tuple[str, ...] = FACTORS[label]
        self._block = lru_cache(maxsize=8)(self._rendered_block)

    def __len__(self) -> int:
        return self.size

    def scenes(self, start: int, stop: int) -> Scenes:
        """Return the factors of pictures start to stop."""
        return self.scenes_at(np.arange(start, stop))

    def scenes_at(self, rows: npt.NDArray[np.int64]) -> Scenes:
        """Return the factors of some pictures, in the order of `rows`."""
        return draw(self.world, rows)

    def __getitem__(self, index: int) -> Sample:
        """Render sample `index`."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self._sample(index, self._block(index // _BLOCK), index % _BLOCK)

    def samples(self, rows: Sequence[int]) -> list[Sample]:
        """Render some samples together: far apart, each would cost a whole block."""
        rendered = self._rendered(np.array(rows, np.int64))
        return [self._sample(index, rendered, place) for place, index in enumerate(rows)]

    def _sample(self, index: int, rendered: Rendered, place: int) -> Sample:
        pictures, scenes, texts = rendered
        one = scenes.take(np.array([place]))
        meta = {name: values[one.labels(name)[0]] for name, values in NAMES.items()}
        return Sample(
            image=Image.fromarray(pictures[place]),
            label=int(one.labels(self.label)[0]),
            caption=texts[place],
            id=f"{self.world.split}-{self.world.seed}-{index}",
            meta=meta,
        )

    def _rendered_block(self, block: int) -> Rendered:
        return self._rendered(np.arange(block * _BLOCK, min((block + 1) * _BLOCK, self.size)))

    def _rendered(self, rows: npt.NDArray[np.int64]) -> Rendered:
        from replearn.data.shapes.render import render

        scenes = self.scenes_at(rows)
        pictures = render(scenes, self.side).permute(0, 2, 3, 1).contiguous().numpy()
        return pictures, scenes, self.told(scenes, rows)

    def told(self, scenes: Scenes, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return a caption for each of the scenes at `rows`."""
        return captions(scenes, rows, self.world.seed)

    def fingerprint(self) -> str:
        """Return a fingerprint of the world, the label, the size and the renderer."""
        parts = [RENDERER, repr(self.world), self.label, str(self.size), str(self.side)]
        return fingerprint.of_parts(parts)


class ShapesFree(Shapes):
    """`shapes-free`: any pose, small or large, strong shadows."""

    def __init__(
        self,
        split: str = "test",
        seed: int = 0,
        size: int = 1000,
        label: str = "solid",
        objects: int = 1,
        side: int = 64,
        texture_bias: float = 0.0,
        background_bias: float = 0.0,
    ) -> None:
        super().__init__(
            split, seed, size, label, "shapes-free", objects, side, texture_bias, background_bias
        )


class ShapesEasy(Shapes):
    """`shapes-easy`: one plain upright solid before one backdrop, learnt within a minute."""

    def __init__(
        self,
        split: str = "test",
        seed: int = 0,
        size: int = 1000,
        label: str = "solid",
        side: int = 64,
    ) -> None:
        super().__init__(split, seed, size, label, "shapes-easy", 1, side)
