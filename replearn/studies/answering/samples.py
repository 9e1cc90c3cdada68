"""Some pictures of a data set, far apart, and how many of them are of one thing."""

from replearn.data.base import Dataset, Sample
from replearn.data.photo_crops import PhotoCrops
from replearn.data.shapes.dataset import Shapes


def samples_of(data: Dataset, rows: list[int]) -> list[Sample]:
    """Return samples by their rows."""
    if isinstance(data, Shapes):  # pictures far apart are rendered together
        return data.samples(rows)
    return [data[row] for row in rows]


def of_one_thing(data: Dataset) -> int:
    """Return how many pictures in a row were cut from one, and so are one independent sample."""
    return data.of_each if isinstance(data, PhotoCrops) else 1
