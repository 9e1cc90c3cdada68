"""The recorded runs that ship: the page's first run at two temperatures."""

import shutil
import tempfile
from pathlib import Path

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.store.arrays import write_arrays
from replearn.studies.training.recordings import FOLDER, SHIPPED
from replearn.training import configured
from replearn.training.live import MAPS_FILE

SETTINGS = {
    "dataset": "shapes-easy",
    "side": 32,
    "width": 8,
    "batch": 64,
    "epoch_pictures": 768,
    "epochs": 40,
}


def build_recordings(progress: Progress = silent) -> None:
    """Train them anew, two minutes each on two cores, and keep what is played."""
    for name in SHIPPED:
        recipe, _, temperature = name.partition("-")
        with tempfile.TemporaryDirectory() as place:
            run, kept = Path(place), asset_path(FOLDER) / name
            configured(recipe, {**SETTINGS, "temperature": float(temperature)}).fit(run, progress)
            kept.mkdir(parents=True, exist_ok=True)
            for file in ("rows.csv", "recipe.json"):
                shutil.copy(run / file, kept / file)
            with np.load(run / MAPS_FILE) as found:
                arrays = dict(found)
            arrays["maps"] = arrays["maps"].astype(np.float16)  # a thousandth, on a map
            write_arrays(kept / MAPS_FILE, arrays)
