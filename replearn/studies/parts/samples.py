"""Some pictures of a data set, far apart."""

from replearn.data.base import Dataset, Sample
from replearn.data.shapes.dataset import Shapes


def samples_of(data: Dataset, rows: list[int]) -> list[Sample]:
    """Return samples by their rows."""
    if isinstance(data, Shapes):  # pictures far apart are rendered together
        return data.samples(rows)
    return [data[row] for row in rows]
