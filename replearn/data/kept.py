"""A data set whose pictures stay in memory once they were opened."""

from functools import lru_cache

from replearn.data.base import Dataset, Sample


class Kept:
    """The same samples, each opened, or rendered, no more than once.

    Args:
        data: small enough for memory.
    """

    def __init__(self, data: Dataset) -> None:
        self.name, self.class_names = data.name, data.class_names
        self._data = data
        self._opened = lru_cache(maxsize=None)(data.__getitem__)

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`, or take it from memory."""
        return self._opened(index)

    def fingerprint(self) -> str:
        """Return the data set's fingerprint."""
        return self._data.fingerprint()
