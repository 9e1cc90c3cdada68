"""`shapes-shifted:SHIFT`: test pictures of `shapes` with one thing that training never had."""

import dataclasses
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.random_table import uniform
from replearn.data.shapes.scenes import Scenes
from replearn.data.shapes.vocabulary import COLOURS, FACTORS, SOLIDS, UNSEEN

_STREAM = 60
Numbers = npt.NDArray[np.float64]  # (n, 3), from 0 to 1


def _new_textures(scenes: Scenes, numbers: Numbers) -> Scenes:
    return dataclasses.replace(scenes, texture=_unseen("texture", numbers[:, :1]))


def _new_backgrounds(scenes: Scenes, numbers: Numbers) -> Scenes:
    return dataclasses.replace(
        scenes, floor=_unseen("floor", numbers[:, 0]), backdrop=_unseen("backdrop", numbers[:, 1])
    )


def _new_light(scenes: Scenes, numbers: Numbers) -> Scenes:
    low = (6 + 10 * numbers[:, 2]).astype(np.float32)
    return dataclasses.replace(
        scenes, light_elevation=low, ambient=np.full(len(scenes), 0.06, np.float32)
    )


def _unseen(factor: str, numbers: Numbers) -> npt.NDArray[np.int64]:
    chosen = (numbers * len(UNSEEN[factor])).astype(np.int64)
    return np.asarray(len(FACTORS[factor]) + chosen, np.int64)


SHIFTS: dict[str, Callable[[Scenes, Numbers], Scenes]] = {
    "new-textures": _new_textures,
    "new-backgrounds": _new_backgrounds,
    "new-light": _new_light,
}


class ShapesShifted(Shapes):
    """The scenes of `shapes` test of the same seed, picture by picture, with one change.

    "new-textures": the solid, and nothing else, in one of four patterns that `shapes` hasn't.
    "new-backgrounds": one of four floors and one of four backdrops that `shapes` hasn't; the
    shadow falls as it did. "new-light": a lamp 6 to 16 degrees high (`shapes` has 40 to 70) and
    0.06 of ambient light (`shapes` has 0.42). All by the renderer.

    Args:
        shift: an entry of `SHIFTS`.
        seed: of the scenes.
        size: how many pictures.
        side: of the pictures, in pixels.

    Raises:
        InputError: there is no such shift, or a setting doesn't fit.
    """

    def __init__(self, shift: str, seed: int = 0, size: int = 1000, side: int = 64) -> None:
        if shift not in SHIFTS:
            raise InputError(
                f"There is no shapes-shifted:{shift}; choose one of {', '.join(SHIFTS)}."
                f"{nearest(shift, SHIFTS)}"
            )
        super().__init__("test", seed, size, side=side)
        self.name, self.shift = f"shapes-shifted:{shift}", shift

    def scenes_at(self, rows: npt.NDArray[np.int64]) -> Scenes:
        """Return the changed factors of some pictures."""
        numbers = uniform(self.world.seed, _STREAM, rows, 3)
        return SHIFTS[self.shift](super().scenes_at(rows), numbers)

    def told(self, scenes: Scenes, rows: npt.NDArray[np.int64]) -> list[str]:  # noqa: ARG002
        """Return a caption for each scene, of colour and solid alone."""
        things = zip(scenes.colour[:, 0], scenes.solid[:, 0], strict=True)
        words = [f"{COLOURS[colour]} {SOLIDS[solid]}" for colour, solid in things]
        return [f"{'an' if text[0] in 'aeiou' else 'a'} {text}" for text in words]

    def fingerprint(self) -> str:
        """Return a fingerprint of the world, the size and the shift."""
        return fingerprint.of_parts([super().fingerprint(), self.shift])
