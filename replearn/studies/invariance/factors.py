"""What is changed: a picture by a distortion, or a rendered scene by turning its lamp or object."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.distortions import load_distortion
from replearn.distortions.base import Values

if TYPE_CHECKING:
    from replearn.data.shapes.scenes import Scenes

SQUARE = 256  # pixels; larger pictures are reduced to it first


@dataclass(frozen=True, eq=False)
class Stack:
    """n square pictures of one size.

    Attributes:
        values: (n, side, side, 3), from 0 to 1.
        scenes: what they were rendered from, or None.
    """

    values: Values
    scenes: "Scenes | None" = None

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: slice) -> "Stack":
        """Return some of the pictures."""
        return Stack(self.values[rows], None if self.scenes is None else self.scenes.take(rows))


@dataclass(frozen=True)
class Factor:
    """A factor of variation and the levels it is measured at.

    Attributes:
        name: its entry in `FACTORS`.
        unit: of a level.
        levels: ascending; what a curve is drawn over.
        identity: the level at which a picture is untouched.
        by_ratio: whether equal steps are equal ratios, as for sizes.
    """

    name: str
    unit: str
    levels: tuple[float, ...]
    identity: float = 0.0
    by_ratio: bool = False

    needs_scene = False

    def at(self, stack: Stack, level: float) -> Values:
        """Return the pictures at a level, (n, side, side, 3), from 0 to 1.

        Raises:
            InputError: the level is out of range, or the pictures weren't rendered here.
        """
        if level == self.identity:
            return stack.values
        seeds = range(len(stack))  # none of these distortions draws at random
        return load_distortion(self.name).apply_values(stack.values, level, seeds)

    def positions(self, levels: tuple[float, ...]) -> tuple[float, ...]:
        """Return where levels stand on the axis that an area is taken over."""
        return tuple(np.log2(levels).tolist()) if self.by_ratio else levels


@dataclass(frozen=True)
class SceneFactor(Factor):
    """A change of what stands before the camera, drawn by the renderer of `shapes`.

    Networks trained on `shapes` have seen every light direction and every turn on the spot, but
    nothing that leans by more than 20 degrees.

    Attributes:
        field: of `Scenes`, in degrees, to which the level is added.
    """

    field: str = ""

    needs_scene = True

    def at(self, stack: Stack, level: float) -> Values:
        """Render the scenes anew."""
        from replearn.data.shapes.render import render

        if stack.scenes is None:
            raise InputError(
                f"{self.name.capitalize()} can be turned only where the scene is known: choose "
                "the data set shapes, or a rendered scene."
            )
        if level == self.identity:
            return stack.values
        turned = getattr(stack.scenes, self.field) + np.float32(level)
        scenes = dataclasses.replace(stack.scenes, **{self.field: turned})
        pictures = render(scenes, stack.values.shape[1]).permute(0, 2, 3, 1).numpy()
        return np.asarray(pictures / np.float32(255), np.float32)


_SHARES = tuple(step / 64 for step in (0, 1, 2, 3, 4, 6, 8, 12, 16))
_TURN = (0.0, 15.0, 30.0, 45.0, 60.0, 90.0, 120.0, 150.0, 180.0)
FACTORS: dict[str, Factor] = {
    factor.name: factor
    for factor in (
        Factor("translation", "share of the width, to the right", _SHARES),
        Factor(
            "scale",
            "times the size",
            (0.4, 0.5, 0.63, 0.8, 1.0, 1.25, 1.6, 2.0),
            identity=1.0,
            by_ratio=True,
        ),
        Factor("rotation", "degrees, in the picture's plane", _TURN),
        Factor(
            "brightness",
            "times the light",
            (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0),
            identity=1.0,
            by_ratio=True,
        ),
        SceneFactor(
            "light direction", "degrees that the lamp is moved round", _TURN, field="light_azimuth"
        ),
        SceneFactor(
            "3-D pose", "degrees that the object turns where it stands", _TURN, field="yaw"
        ),
        SceneFactor(
            "3-D lean",
            "degrees that the object leans over",
            (0, 10, 20, 30, 40, 50, 60, 75, 90),
            field="tilt",
        ),
        Factor(
            "perspective", "degrees out of the picture's plane", (0, 10, 20, 30, 40, 50, 60, 70)
        ),
        Factor("translation-wrap", "share of the width, to the right", _SHARES),
    )
}
TABLE = tuple(name for name in FACTORS if name != "translation-wrap")


def factor_named(name: str) -> Factor:
    """Return a factor.

    Raises:
        InputError: there is none of this name.
    """
    if name not in FACTORS:
        raise InputError(
            f"There is no factor {name!r}; choose one of {', '.join(FACTORS)}."
            f"{nearest(name, FACTORS)}"
        )
    return FACTORS[name]


def checked_levels(factor: Factor, levels: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return levels in ascending order, the untouched one among them.

    Raises:
        InputError: fewer than two, or one is out of range.
    """
    if levels is None:
        return tuple(map(float, factor.levels))
    if not factor.needs_scene:
        for level in levels:
            load_distortion(factor.name).check(level)
    elif not all(np.isfinite(levels)):
        raise InputError(f"The levels of {factor.name} are degrees; give numbers.")
    found = tuple(sorted({*map(float, levels), factor.identity}))
    if len(found) < 2:
        raise InputError(
            f"A curve needs two levels; give one besides {factor.identity:g}, which leaves the "
            "picture as it is."
        )
    return found
