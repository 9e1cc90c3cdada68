"""Where does a picture go on the embedding map when it is distorted?"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.projections import load_projection
from replearn.projections.pca import components, projected
from replearn.results.map import EmbeddingMap
from replearn.store.table import is_kept
from replearn.studies.map.embed import embed
from replearn.studies.map.embedding_map import MapChoice
from replearn.studies.map.project import project

Floats = npt.NDArray[np.float32]
KEPT_OPEN = 4
_open: "OrderedDict[tuple[MapChoice, str, str], PathMap]" = OrderedDict()
_lock = Lock()
_making = Lock()  # one map at a time; sliders over maps that are there don't wait for it


@dataclass(frozen=True, eq=False)
class PathMap:
    """A map that stays as it is while new vectors are placed on it.

    Attributes:
        found: the map.
        place: vectors (m, d) to points (m, 2).
    """

    found: EmbeddingMap
    place: Callable[[Floats], Floats]


def is_quick(dataset: str, model: str) -> bool:
    """Say whether the data set's vectors ship or were computed before, so that a map is cheap."""
    return is_kept(load_dataset(dataset), load_model(model))


def path_map(choice: MapChoice, progress: Progress = silent) -> PathMap:
    """Return a data set's map; its vectors are computed where they aren't kept.

    Raises:
        InputError: as `embedding_map`.
    """
    key = (choice, load_dataset(choice.dataset).fingerprint(), load_model(choice.model).fingerprint)
    with _making:
        with _lock:
            if key in _open:
                _open.move_to_end(key)
                return _open[key]
        made = _made(choice, progress)
        with _lock:
            _open[key] = made
            while len(_open) > KEPT_OPEN:
                _open.popitem(last=False)
        return made


def last_map(choice: MapChoice) -> PathMap:
    """Return what `path_map` gave last, without looking at the data again: a slider asks often."""
    with _lock:
        for (asked, _, _), found in reversed(_open.items()):
            if asked == choice:
                return found
    return path_map(choice)


def _made(choice: MapChoice, progress: Progress) -> PathMap:
    table = embed(choice.dataset, choice.model, progress)
    settings = choice.settings()
    found = project(table, choice.projection, choice.seed, progress, **settings)
    drawn = table.search.take(found.rows)
    method = load_projection(choice.projection, **settings)
    if choice.projection == "pca":  # fitted once: a slider asks for a point many times
        model = components(drawn, found.coordinates.shape[1])
        return PathMap(found, lambda vectors: projected(model, vectors))
    return PathMap(found, lambda vectors: method.place(vectors, drawn, found.coordinates))
