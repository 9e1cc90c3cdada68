"""Scenes of the world of shapes: all factors of a picture, drawn by address."""

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.data.shapes.random_table import uniform
from replearn.data.shapes.vocabulary import BACKDROPS, COLOURS, FLOORS, SOLIDS, TEXTURES

SPLITS = ("train", "test", "held-out")
LEVELS = ("shapes", "shapes-free", "shapes-easy")
HELD_OUT_SHARE = 0.2
_OBJECT_COLUMNS = 12
_SCENE_COLUMNS = 10

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """Which pictures there are: picture i of a world is a pure function of the world and i.

    Attributes:
        level: "shapes" (large, within 20 degrees of upright), "shapes-free" (any pose and size) or
            "shapes-easy" (one plain object upright before one backdrop, lit from the front).
        split: "train", "test", or "held-out": the fifth of the (solid, colour, texture) triples
            that never occurs in the others.
        seed: another seed gives other pictures of the same kind.
        objects: 1, or 2 for scenes with a relation.
        texture_bias: share of pictures whose texture is tied to the solid; negative: share whose
            texture is the one tied to another solid (cue conflict).
        background_bias: share of pictures whose floor and backdrop are tied to the solid.
    """

    level: str = "shapes"
    split: str = "train"
    seed: int = 0
    objects: int = 1
    texture_bias: float = 0.0
    background_bias: float = 0.0

    def __post_init__(self) -> None:
        for kind, value, valid in (("level", self.level, LEVELS), ("split", self.split, SPLITS)):
            if value not in valid:
                raise InputError(
                    f"There is no {kind} {value!r} of shapes; choose one of {', '.join(valid)}."
                    f"{nearest(value, valid)}"
                )
        if self.objects not in {1, 2}:
            raise InputError(f"A scene has 1 or 2 objects, not {self.objects}.")
        if self.level == "shapes-easy" and (self.texture_bias or self.background_bias):
            raise InputError(
                "shapes-easy has one texture and one backdrop; take shapes for a bias."
            )
        if self.seed < 0:
            raise InputError(f"The seed is {self.seed}; it must be 0 or more.")
        if not (-1 <= self.texture_bias <= 1 and 0 <= self.background_bias <= 1):
            raise InputError("texture_bias goes from -1 to 1 and background_bias from 0 to 1.")


@dataclass(frozen=True, eq=False)
class Scenes:
    """The factors of n scenes of k objects; lengths in units of the world, angles in degrees.

    Attributes:
        solid, colour, texture: (n, k), indices into the vocabulary.
        large: (n, k), 0 small and 1 large.
        radius: (n, k), of the object's unit sphere; the camera sees about 3.4 across.
        x, z: (n, k), where the object stands: to the right, and towards the camera.
        yaw, tilt, tilt_towards: (n, k), turn about the upright axis, then lean by `tilt` towards
            the direction `tilt_towards`.
        phase: (n, k), of the texture.
        floor, backdrop: (n,).
        floor_turn: (n,), of the floor's pattern.
        light_azimuth: (n,), 0 from the right, 90 from the front, 180 from the left.
        light_elevation, brightness: (n,).
        ambient: (n,), share of light that makes no shadow.
        camera_elevation, camera_distance, roll: (n,).
    """

    solid: Ints
    colour: Ints
    texture: Ints
    large: Ints
    radius: Floats
    x: Floats
    z: Floats
    yaw: Floats
    tilt: Floats
    tilt_towards: Floats
    phase: Floats
    floor: Ints
    backdrop: Ints
    floor_turn: Floats
    light_azimuth: Floats
    light_elevation: Floats
    brightness: Floats
    ambient: Floats
    camera_elevation: Floats
    camera_distance: Floats
    roll: Floats

    def __len__(self) -> int:
        return len(self.floor)

    def take(self, rows: npt.NDArray[np.int64] | slice) -> "Scenes":
        """Return some of the scenes, in the order of `rows`."""
        return Scenes(
            **{field.name: getattr(self, field.name)[rows] for field in dataclasses.fields(self)}
        )

    def vary(self, factor: str, values: npt.ArrayLike) -> "Scenes":
        """Return one scene per value: the first scene with one factor changed, the rest held.

        Args:
            factor: a field of this class; a factor of the object changes the first object.
            values: what it becomes, (m,).

        Raises:
            InputError: there is no such factor.

        Example:
            >>> turned = draw(World(), np.array([0])).vary("yaw", [0, 45, 90])
        """
        names = [field.name for field in dataclasses.fields(self)]
        if factor not in names:
            raise InputError(
                f"There is no factor {factor!r}; choose one of {', '.join(names)}."
                f"{nearest(factor, names)}"
            )
        wanted = np.asarray(values)
        held = self.take(np.zeros(len(wanted), np.int64))
        changed = getattr(held, factor).copy()
        if changed.ndim == 2:
            changed[:, 0] = wanted
        else:
            changed[:] = wanted
        return dataclasses.replace(held, **{factor: changed})

    def labels(self, factor: str) -> Ints:
        """Return a factor of `FACTORS` as class indices, (n,); of the first object."""
        if factor == "size":
            return self.large[:, 0]
        if factor == "light":
            # quarters about left, front, right and behind
            turned = (180 - self.light_azimuth + 45) % 360
            return (turned // 90).astype(np.int64)
        if factor == "position":
            third = 0.13
            return np.digitize(self.x[:, 0], [-third, third]).astype(np.int64)
        values: Ints = getattr(self, factor)
        return values[:, 0] if values.ndim == 2 else values


@lru_cache(maxsize=1)
def held_out_triples() -> npt.NDArray[np.bool_]:
    """Say which (solid, colour, texture) never occur in train and test, (8, 8, 6), 20 %."""
    shape = (len(SOLIDS), len(COLOURS), len(TEXTURES))
    ranks = uniform(20, 0, np.arange(int(np.prod(shape))), 1)[:, 0]
    return (ranks < np.quantile(ranks, HELD_OUT_SHARE)).reshape(shape)


def draw(world: World, rows: npt.NDArray[np.int64]) -> Scenes:
    """Return the scenes at `rows`: the same whatever else is drawn with them."""
    count, k = len(rows), world.objects
    stream = SPLITS.index(world.split) + 3 * LEVELS.index(world.level)
    columns = _SCENE_COLUMNS + _OBJECT_COLUMNS * k
    numbers = uniform(world.seed, stream, np.asarray(rows, np.int64), columns)
    of_scene = numbers[:, :_SCENE_COLUMNS].T  # (columns, n)
    of_object = numbers[:, _SCENE_COLUMNS:].reshape(count, k, _OBJECT_COLUMNS)
    of_object = of_object.transpose(2, 0, 1)  # (columns, n, k)
    solid, colour, texture = _combinations(world, of_object)
    free = world.level == "shapes-free"
    large = (of_object[4] >= 0.5).astype(np.int64)
    if k == 1:
        radius = np.where(large, 1.08, 0.8) + 0.14 * (of_object[5] - 0.5)
        x, z = 0.9 * (of_object[6] - 0.5), 0.7 * (of_object[7] - 0.5)
    else:
        radius = np.where(large, 0.72, 0.54) + 0.06 * (of_object[5] - 0.5)
        side = np.where(of_scene[9] < 0.5, 1.0, -1.0)[:, None] * np.array([-1.0, 1.0])
        x = side * (0.76 + 0.14 * of_object[6])
        z = 0.9 * (of_object[7] - 0.5)
    if free:
        small_to_large = np.where(large, 0.62, 0.3) + 0.32 * of_object[5]
        radius = small_to_large if k == 1 else radius
        x = 2.2 * (of_object[6] - 0.5) if k == 1 else x
    lean = of_object[9]
    # equal areas of the sphere of directions where every pose is as likely as any other
    tilt = np.degrees(np.arccos(1 - 2 * lean)) if free else 20 * np.sqrt(lean)
    floor = (of_scene[0] * len(FLOORS)).astype(np.int64)
    backdrop = (of_scene[1] * len(BACKDROPS)).astype(np.int64)
    tied = of_scene[8] < world.background_bias
    floor = np.where(tied, solid[:, 0] % len(FLOORS), floor)
    backdrop = np.where(tied, solid[:, 0] // 2, backdrop)
    single = np.float32
    scenes = Scenes(
        solid=solid,
        colour=colour,
        texture=texture,
        large=large,
        radius=radius.astype(single),
        x=x.astype(single),
        z=z.astype(single),
        yaw=(360 * of_object[8]).astype(single),
        tilt=tilt.astype(single),
        tilt_towards=(360 * of_object[10]).astype(single),
        phase=of_object[11].astype(single),
        floor=floor,
        backdrop=backdrop,
        floor_turn=(90 * of_scene[2]).astype(single),
        light_azimuth=(360 * of_scene[3]).astype(single),
        light_elevation=((20 if free else 40) + 30 * of_scene[4]).astype(single),
        brightness=((0.55 if free else 0.85) + (0.6 if free else 0.3) * of_scene[5]).astype(single),
        ambient=np.full(count, 0.2 if free else 0.42, single),
        camera_elevation=((8 + 34 * of_scene[6]) if free else (16 + 14 * of_scene[6])).astype(
            single
        ),
        camera_distance=(4.0 + 0.4 * of_scene[7]).astype(single),
        roll=np.zeros(count, single),
    )
    return _eased(scenes) if world.level == "shapes-easy" else scenes


def _eased(scenes: Scenes) -> Scenes:
    """Return the scenes with all that hides the solid held still or kept small."""
    return dataclasses.replace(
        scenes,
        x=(scenes.x / 3).astype(np.float32),
        z=(scenes.z / 3).astype(np.float32),
        yaw=(scenes.yaw / 8).astype(np.float32),
        tilt=np.zeros_like(scenes.tilt),
        floor=np.full_like(scenes.floor, FLOORS.index("sandy")),
        backdrop=np.full_like(scenes.backdrop, BACKDROPS.index("grey wall")),
        light_azimuth=(60 + scenes.light_azimuth / 6).astype(np.float32),
    )


def _combinations(world: World, of_object: npt.NDArray[np.float64]) -> tuple[Ints, Ints, Ints]:
    """Return solids, colours and textures, (n, k), within the split's triples."""
    held_out = held_out_triples()
    allowed = held_out if world.split == "held-out" else ~held_out
    possible = np.asarray(allowed.any(axis=1))  # (solids, textures): some colour is allowed
    triples = np.argwhere(allowed)  # (triples, 3), in the solids' order
    # the solid first, so that every solid is as frequent as any other
    solid = (of_object[0] * len(SOLIDS)).astype(np.int64)
    first = np.searchsorted(triples[:, 0], np.arange(len(SOLIDS) + 1))
    start, stop = first[solid], first[solid + 1]
    chosen = triples[start + (of_object[1] * (stop - start)).astype(np.int64)]  # (n, k, 3)
    colour, texture = chosen[..., 1], chosen[..., 2]
    if world.level == "shapes-easy":
        tied, wanted = np.ones_like(solid, bool), np.full_like(solid, TEXTURES.index("plain"))
    else:
        tied = of_object[3] < abs(world.texture_bias)
        last = len(TEXTURES) - 1
        other = 0 if world.texture_bias >= 0 else 1 + (of_object[2] * last).astype(int)
        wanted = (solid + other) % len(TEXTURES)
    # a few (solid, texture) have no colour in the held-out split: these keep their own texture
    texture = np.where(tied & possible[solid, wanted], wanted, texture)
    if solid.shape[1] == 2:  # a caption must tell the two apart
        same = (solid[:, 0] == solid[:, 1]) & (colour[:, 0] == colour[:, 1])
        colour[same, 1] = (colour[same, 1] + 1) % len(COLOURS)
    for _ in COLOURS:  # a tied texture or another colour may have left the split
        outside = ~allowed[solid, colour, texture]
        colour = np.where(outside, (colour + 1) % len(COLOURS), colour)
    return solid, colour, texture
