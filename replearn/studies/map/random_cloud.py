"""What can a layout invent? t-SNE of a cloud that has no structure at all."""

from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.projections import load_projection
from replearn.results.map import EmbeddingMap
from replearn.store.layouts import FOLDER, keep_layout, layout_name
from replearn.studies.map.project import computed, project

POINTS, WIDTH, SEED = 500, 10, 0
METHOD = "tsne"
SETTINGS: dict[str, Any] = {"perplexity": 2, "metric": "euclidean"}


def random_cloud(progress: Progress = silent) -> EmbeddingMap:
    """Lay out 500 independent normal vectors of 10 numbers by t-SNE at a perplexity of 2.

    The clumps that appear mean nothing (Wattenberg et al. 2016, https://doi.org/10.23915/distill.00002).
    """
    return project(_cloud(), METHOD, SEED, progress, **SETTINGS)


def keep_random_cloud(progress: Progress = silent) -> None:
    """Compute that map and write it to `assets/`."""
    folder = asset_path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    method = load_projection(METHOD, **SETTINGS)
    layout = computed(_cloud(), method, SEED, progress)
    keep_layout(layout, layout_name(_cloud(), METHOD, method.settings, SEED), folder)


def _cloud() -> npt.NDArray[np.float32]:
    # whole numbers from the generator's bits: the same on every machine, so that the map is found
    bits = np.random.default_rng(SEED).integers(-100, 101, (12, POINTS, WIDTH))
    cloud: npt.NDArray[np.float32] = (bits.sum(0) / 200).astype(np.float32)
    return cloud
