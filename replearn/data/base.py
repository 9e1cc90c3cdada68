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


@dataclass(frozen=True)
class Entry:
    """What is known of a picture before it is opened."""

    id: str
    label: int | None
    caption: str
    meta: Mapping[str, str]
    state: str  # changes when the picture does, and only then


@runtime_checkable
class Listed(Protocol):
    """A data set that may change where it lies, and tells which pictures did without opening any.

    Data sets without this are what their fingerprint says: another fingerprint is another one.
    """

    place: str  # stays the same when the pictures change

    def entry(self, index: int) -> Entry:
        """Describe sample `index` without opening it."""
        ...


def samples(dataset: Dataset) -> Iterator[Sample]:
    """Yield the samples in order, one open picture at a time."""
    for index in range(len(dataset)):
        yield dataset[index]
