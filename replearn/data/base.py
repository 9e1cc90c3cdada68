"""What every data set of the project can do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from PIL import Image


@dataclass(frozen=True)
class Sample:
    """One picture with what is known about it."""

    image: Image.Image  # RGB
    label: int | None  # index into the data set's class_names; None where nothing is known
    caption: str
    id: str  # stable across runs; unique within the data set
    meta: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Dataset(Protocol):
    """A sized, indexable collection; pictures are opened when asked for, never all at once."""

    name: str
    class_names: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of samples."""
        ...

    def __getitem__(self, index: int) -> Sample:
        """Open sample `index`; an index outside the data set raises IndexError."""
        ...

    def fingerprint(self) -> str:
        """Return a short text that changes when any picture or label changes."""
        ...


def samples(dataset: Dataset) -> Iterator[Sample]:
    """Yield the samples in order, one open picture at a time."""
    for index in range(len(dataset)):
        yield dataset[index]
