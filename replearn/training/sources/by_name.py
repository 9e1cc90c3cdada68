"""Where training's pictures come from, by the name of the data."""

from dataclasses import dataclass
from typing import Any

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
        balance: a column of which every value is drawn equally often in every class.
    """

    side: int
    seed: int
    pairs: bool = False
    two_objects: float = 0.0
    texture_tied: float = 0.0
    background_tied: float = 0.0
    scenes: int = 0
    most: int | None = None
    balance: str = ""


def open_source(dataset: str, wanted: Wanted, progress: Progress) -> Source:
    """Return the source for a data set's name.

    Raises:
        InputError: there is no such data set, or it can't give two pictures of one thing, or be
            drawn evenly by a column.
    """
    side, seed = wanted.side, wanted.seed
    if wanted.balance and (dataset in LEVELS or wanted.pairs):
        raise InputError(
            f"balance={wanted.balance} can't be had: {dataset} is rendered with every factor "
            "evenly; shapes-tied:0.8 isn't."
            if dataset in LEVELS
            else "balance draws single pictures; choose views=augment with it."
        )
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
    return DatasetSource(opened(dataset, wanted.most), side, seed, progress, wanted.balance)


def opened(dataset: str, most: int | None, **options: Any) -> Dataset:
    """Return the part of a data set that is trained on, spread evenly over it.

    Args:
        dataset: its name.
        most: at most so many pictures; None takes all.
        options: of the data set, such as the seed of rendered ones.
    """
    if dataset.partition(":")[0] in KINDS or dataset in LEVELS:
        options["split"] = "train"
    return _some(load_dataset(dataset, **options), most)


def _some(data: Dataset, most: int | None) -> Dataset:
    if most is None or len(data) <= most:
        return data
    return Subset(data, range(0, len(data), len(data) // most)[:most])
