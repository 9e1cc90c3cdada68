"""Some rows of a data set, as a data set."""

from collections.abc import Sequence

from replearn.core import fingerprint
from replearn.data.base import Dataset, Sample


class Subset:
    """The rows of a data set in a given order; ids and labels stay what they were.

    Args:
        data: the whole.
        rows: which of its samples.
    """

    def __init__(self, data: Dataset, rows: Sequence[int]) -> None:
        self.name, self.class_names = data.name, data.class_names
        self._data, self._rows = data, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`."""
        return self._data[self._rows[index]]

    def fingerprint(self) -> str:
        """Return a fingerprint of the whole and of the rows."""
        return fingerprint.of_parts([self._data.fingerprint(), repr(list(self._rows))])
