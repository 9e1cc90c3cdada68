"""Pictures of a data set, without those that can't be opened."""

from collections.abc import Iterable, Iterator

from replearn.core.errors import InputError
from replearn.data.base import Dataset, Sample


def readable(dataset: Dataset, rows: Iterable[int]) -> Iterator[Sample]:
    """Yield samples, one open picture at a time; those that can't be opened are left out."""
    for row in rows:
        try:
            sample = dataset[row]
        except InputError:
            continue
        yield sample
