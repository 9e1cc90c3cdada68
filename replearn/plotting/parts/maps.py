"""One part's share of the score, over the picture."""

from typing import Any

import numpy as np

from replearn.plotting.heat_value import heat_value
from replearn.plotting.parts.bars import part_name
from replearn.results.heat_map import HeatMap
from replearn.results.parts import Contributions, Part

OPACITY = 0.65


def part_map(found: Contributions, part: Part) -> HeatMap:
    """Return a head's or channel's map, signed."""
    values = np.asarray(found.maps[part], np.float32)
    name = part_name(part)
    share = float(found.scores(found.main)[part])
    target = f"{found.target}, by {name}"
    return HeatMap(values, found.picture, share, target, "parts", name, True, True, found.stamp)


def part_view(found: Contributions, part: Part) -> dict[str, Any]:
    """Return what the page's viewer of heat maps draws."""
    return heat_value(part_map(found, part), OPACITY)
