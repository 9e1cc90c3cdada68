"""Captions of scenes, from a small grammar with paraphrases."""

import numpy as np
import numpy.typing as npt

from replearn.data.shapes.random_table import uniform
from replearn.data.shapes.scenes import Scenes
from replearn.data.shapes.vocabulary import COLOURS, LIGHTS

SOLID_WORDS = (
    ("sphere", "ball"),
    ("cube",),
    ("cylinder",),
    ("cone",),
    ("torus", "ring"),
    ("capsule", "pill"),
    ("pyramid",),
    ("octahedron",),
)
# before the colour, or behind the solid
TEXTURE_WORDS = (
    (("plain", ""), ("", "")),
    (("striped", ""), ("", "with stripes")),
    (("checked", ""), ("", "with checks")),
    (("dotted", ""), ("", "with dots")),
    (("grainy", ""), ("speckled", "")),
    (("marble", ""), ("marbled", "")),
)
SIZE_WORDS = (("small", "little"), ("large", "big"))
FLOOR_WORDS = (
    ("on a wooden floor", "on wood"),
    ("on a tiled floor", "on tiles"),
    ("on a sandy floor", "on sand"),
    ("on a grassy floor", "on grass"),
)
BACKDROP_WORDS = (
    ("before a grey wall", "in front of a grey wall"),
    ("before a blue sky", "under a blue sky"),
    ("before a sunset", "at sunset"),
    ("before a brick wall", "in front of a brick wall"),
)
OPENINGS = ("", "", "", "a photo of ", "a picture of ", "this is ")
# how often a caption mentions what it may leave out
MENTIONED = {"colour": 0.8, "size": 0.35, "texture": 0.5, "floor": 0.3, "backdrop": 0.3}
LIGHT_MENTIONED = 0.15
_STREAM = 40
_COLUMNS = 16


def captions(scenes: Scenes, rows: npt.NDArray[np.int64], seed: int, telling: int = 0) -> list[str]:
    """Return a caption per scene; the solid is always named, the rest at random.

    Args:
        scenes: n scenes of one or two objects.
        rows: (n,), their addresses, so that a scene keeps its caption.
        seed: of the world.
        telling: another number tells the same scenes in other words.

    Example:
        "a small red striped torus on a wooden floor, lit from the left"
    """
    numbers = uniform(seed, _STREAM + telling, rows, 2 * _COLUMNS)
    return [_caption(scenes, i, numbers[i]) for i in range(len(scenes))]


def phrases() -> tuple[str, ...]:
    """Return what captions are put together from: every word that one can hold is in a phrase."""
    choices = (*SOLID_WORDS, *SIZE_WORDS, *FLOOR_WORDS, *BACKDROP_WORDS)
    found = [phrase for words in choices for phrase in words]
    found += [phrase for forms in TEXTURE_WORDS for form in forms for phrase in form]
    sides = [side if side == "behind" else f"the {side}" for side in LIGHTS]
    found += [f", lit from {side}" for side in sides]
    found += [*OPENINGS, *COLOURS, "a", "an", "left of", "right of"]
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def _caption(scenes: Scenes, i: int, numbers: npt.NDArray[np.float64]) -> str:
    first = _thing(scenes, i, 0, numbers)
    if scenes.solid.shape[1] == 2:
        first = _related(scenes, i, first, numbers)
    parts = [OPENINGS[int(numbers[10] * len(OPENINGS))] + first]
    if numbers[11] < MENTIONED["floor"]:
        parts.append(_pick(FLOOR_WORDS[scenes.floor[i]], numbers[12]))
    if numbers[13] < MENTIONED["backdrop"]:
        parts.append(_pick(BACKDROP_WORDS[scenes.backdrop[i]], numbers[14]))
    text = " ".join(parts)
    if numbers[15] < LIGHT_MENTIONED:
        side = LIGHTS[scenes.take(np.array([i])).labels("light")[0]]
        text += f", lit from {side if side == 'behind' else f'the {side}'}"
    return text


def _related(scenes: Scenes, i: int, first: str, numbers: npt.NDArray[np.float64]) -> str:
    second = _thing(scenes, i, 1, numbers[_COLUMNS:])
    leftmost = scenes.x[i, 0] < scenes.x[i, 1]
    if numbers[_COLUMNS + 10] < 0.5:
        return f"{first} {'left' if leftmost else 'right'} of {second}"
    return f"{second} {'right' if leftmost else 'left'} of {first}"


def _thing(scenes: Scenes, i: int, j: int, numbers: npt.NDArray[np.float64]) -> str:
    words = []
    if numbers[0] < MENTIONED["size"]:
        words.append(_pick(SIZE_WORDS[scenes.large[i, j]], numbers[1]))
    before, behind = "", ""
    if numbers[2] < MENTIONED["texture"]:
        forms = TEXTURE_WORDS[scenes.texture[i, j]]
        before, behind = forms[int(numbers[3] * len(forms))]
    # two objects are told apart by their colours
    if numbers[4] < MENTIONED["colour"] or scenes.solid.shape[1] == 2:
        words.append(COLOURS[scenes.colour[i, j]])
    if before:
        words.append(before)
    words.append(_pick(SOLID_WORDS[scenes.solid[i, j]], numbers[5]))
    if behind:
        words.append(behind)
    article = "an" if words[0][0] in "aeiou" else "a"
    return " ".join([article, *words])


def _pick(words: tuple[str, ...], number: float) -> str:
    return words[int(number * len(words))]
