"""Where training's pictures come from, by the name of the data."""

from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.core.progress import Progress
from replearn.data import Dataset, load_dataset
from replearn.data.emoji import DESIGNERS
from replearn.data.places import KINDS
from replearn.data.shapes.scenes import LEVELS, World
from replearn.data.subset import Subset
from replearn.training.sources.batch import Source
from replearn.training.sources.dataset_source import DatasetSource, PairedSource
from replearn.training.sources.kept_source import KeptSource
from replearn.training.sources.shapes_source import ShapesSource


@dataclass(frozen=True)
class Wanted:
    """What a recipe asks of its pictures.

    Attributes:
        side: in pixels.
        seed: of their order, or of the rendered ones themselves.
        pairs: two pictures of each thing.
        two_objects: share of scenes with two objects.
        texture_tied, background_tied: share of rendered pictures whose texture, or floor and
            backdrop, goes with the solid.
        scenes: how many rendered ones there are; 0 takes new ones for ever.
        most: at most so many pictures of a data set, spread evenly over it; None takes all.
    """

    side: int
    seed: int
    pairs: bool = False
    two_objects: float = 0.0
    texture_tied: float = 0.0
    background_tied: float = 0.0
    scenes: int = 0
    most: int | None = None


def open_source(dataset: str, wanted: Wanted, progress: Progress) -> Source:
    """Return the source for a data set's name.

    Raises:
        InputError: there is no such data set, or it can't give two pictures of one thing.
    """
    side, seed = wanted.side, wanted.seed
    if dataset in LEVELS:
        world = World(
            dataset,
            "train",
            seed,
            texture_bias=wanted.texture_tied,
            background_bias=wanted.background_tied,
        )
        endless = ShapesSource(world, side, pairs=wanted.pairs, two_objects=wanted.two_objects)
        return KeptSource(endless, wanted.scenes, seed) if wanted.scenes else endless
    if wanted.pairs and dataset == "emoji":
        drawn = [
            DatasetSource(
                _some(load_dataset("emoji", designer=designer), wanted.most), side, seed, progress
            )
            for designer in DESIGNERS
        ]
        return PairedSource(*drawn)
    if wanted.pairs:
        raise InputError(
            f"{dataset} has one picture of each thing; views=scene works with shapes and emoji."
        )
    options = {"split": "train"} if dataset.partition(":")[0] in KINDS else {}
    data = _some(load_dataset(dataset, **options), wanted.most)
    return DatasetSource(data, side, seed, progress)


def _some(data: Dataset, most: int | None) -> Dataset:
    if most is None or len(data) <= most:
        return data
    return Subset(data, range(0, len(data), len(data) // most)[:most])
