"""Where training's pictures come from, by the name of the data."""

from replearn.core.errors import InputError
from replearn.core.progress import Progress
from replearn.data import load_dataset
from replearn.data.emoji import DESIGNERS
from replearn.training.batch import Source
from replearn.training.dataset_source import DatasetSource, PairedSource
from replearn.training.shapes_source import ShapesSource


def open_source(
    dataset: str, side: int, seed: int, pairs: bool, two_objects: float, progress: Progress
) -> Source:
    """Return the source for a data set's name.

    Raises:
        InputError: there is no such data set, or it can't give two pictures of one thing.
    """
    if dataset in {"shapes", "shapes-free"}:
        return ShapesSource(dataset, side, seed, "solid", pairs, two_objects)
    if pairs and dataset == "emoji":
        drawn = [
            DatasetSource(load_dataset("emoji", designer=designer), side, seed, progress)
            for designer in DESIGNERS
        ]
        return PairedSource(*drawn)
    if pairs:
        raise InputError(
            f"{dataset} has one picture of each thing; views=scene works with shapes and emoji."
        )
    return DatasetSource(load_dataset(dataset), side, seed, progress)
