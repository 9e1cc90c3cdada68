"""Colour maps that are perceptually even, read in grey print and by the colour-blind."""

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError

Floats = npt.NDArray[np.float32]

# Each at nine even steps: viridis and cividis (van der Walt and Smith 2015; Nuñez et al. 2018)
# for what has one sign; blue to white to orange for what has two.
COLOUR_MAPS = {
    "viridis": (
        (68, 1, 84),
        (71, 44, 122),
        (59, 81, 139),
        (44, 113, 142),
        (33, 144, 141),
        (39, 173, 129),
        (92, 200, 99),
        (170, 220, 50),
        (253, 231, 37),
    ),
    "cividis": (
        (0, 32, 77),
        (0, 48, 110),
        (55, 69, 108),
        (85, 91, 109),
        (112, 113, 115),
        (139, 137, 120),
        (168, 160, 117),
        (203, 186, 105),
        (255, 234, 70),
    ),
    "blue to orange": (
        (5, 48, 97),
        (33, 102, 172),
        (103, 155, 205),
        (178, 207, 229),
        (247, 247, 247),
        (253, 205, 160),
        (240, 150, 80),
        (200, 95, 20),
        (127, 59, 8),
    ),
}
TWO_SIDED = frozenset({"blue to orange"})


def coloured(share: Floats, name: str) -> tuple[Floats, Floats]:
    """Return colours (h, w, 3) from 0 to 255, and the strength (h, w) of what they show, 0 to 1.

    Args:
        share: (h, w), from -1 to 1; a one-sided map shows negative values as 0.
        name: an entry of `COLOUR_MAPS`.

    Raises:
        InputError: there is no such colour map.
    """
    if name not in COLOUR_MAPS:
        raise InputError(
            f"There is no colour map {name!r}; choose one of {', '.join(COLOUR_MAPS)}."
        )
    steps = np.array(COLOUR_MAPS[name], np.float32)
    two_sided = name in TWO_SIDED
    place = (share + 1) / 2 if two_sided else np.clip(share, 0, 1)
    position = np.clip(place, 0, 1) * (len(steps) - 1)
    lower = np.minimum(position.astype(int), len(steps) - 2)
    part = (position - lower)[..., None]
    mixed = (1 - part) * steps[lower] + part * steps[lower + 1]
    strength = np.abs(share) if two_sided else np.clip(share, 0, 1)
    return np.asarray(mixed, np.float32), np.asarray(strength, np.float32)
