"""Every picture in a cell of its own, as near to its place on the map as all can be at once."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.projections.grid import snapped
from replearn.store.layouts import Layout, find_layout, keep_layout, layout_name

Floats = npt.NDArray[np.float32]


def picture_grid(coordinates: Floats, folder: Path | None = None) -> Floats:
    """Return the cell of each point of a map, (n, 2) whole numbers; y grows upwards, as on the map.

    Kept like a layout, in `folder` or in the cache: assigning 2,000 pictures takes seconds.

    Raises:
        InputError: the map isn't flat, or has more than 3,000 points.
    """
    name = layout_name(coordinates, "grid", {}, 0)
    kept = find_layout(name)
    if kept is None:
        cells = snapped(coordinates)
        kept = Layout(cells, {}, np.full(len(cells), np.nan, np.float32))
        keep_layout(kept, name, folder)
    return kept.coordinates
