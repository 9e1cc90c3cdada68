"""What pictures of a data set have in common, as it ships: else a first picture waits for it."""

import functools
import logging
from pathlib import Path

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.store.arrays import write_arrays
from replearn.visualisations.natural import NaturalStatistics, natural_statistics

log = logging.getLogger(__name__)
OF_PICTURES = 60  # how many are measured: their mean spectrum hardly moves any more
SHIPPED = ("imagenet", "shapes-supervised", "emoji-clip")  # others see pictures as these do


@functools.lru_cache(maxsize=8)
def statistics(model: str) -> NaturalStatistics:
    """Return what the pictures that suit a model have in common, at the side of its input.

    What ships is read.
    """
    data, encoder = load_dataset(usual_dataset(model)), load_model(model)
    path = statistics_path(data, encoder)
    if not path.is_file():
        return measured(data, encoder)
    try:
        with np.load(path, allow_pickle=False) as file:
            return NaturalStatistics(file["mean"], file["colours"], file["magnitudes"])
    except DAMAGED as error:
        log.warning("%s can't be read (%s); the statistics are measured anew.", path, error)
        return measured(data, encoder)


def statistics_path(data: Dataset, encoder: Encoder) -> Path:
    """Return where a data set's statistics ship; models that see pictures alike share one."""
    steps = encoder.preprocessing
    seen = f"{steps.crop} {steps.resize} {steps.interpolation} {steps.mode}"
    key = of_parts([data.fingerprint(), seen, str(OF_PICTURES)])
    return asset_path("dreams", "statistics", f"{data.name}-{key[:16]}.npz")


def build_statistics(progress: Progress = silent) -> None:
    """Measure all that ship and write them to the assets: some seconds."""
    for old in asset_path("dreams", "statistics").glob("*.npz"):
        old.unlink()
    for number, name in enumerate(SHIPPED):
        progress(number, len(SHIPPED), "data sets measured")
        data, encoder = load_dataset(usual_dataset(name)), load_model(name)
        found, path = measured(data, encoder), statistics_path(data, encoder)
        write_arrays(
            path,
            {"mean": found.mean, "colours": found.colours, "magnitudes": found.magnitudes},
        )


def measured(data: Dataset, encoder: Encoder) -> NaturalStatistics:
    """Return what sixty pictures of a data set have in common, as a model sees them."""
    rows = np.linspace(0, len(data) - 1, min(OF_PICTURES, len(data))).astype(int)
    pictures = [np.asarray(encoder.preview(data[int(row)].image)) for row in rows]
    return natural_statistics(np.stack(pictures))
