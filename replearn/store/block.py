"""Some rows of a table on their way from the network to where they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from replearn.core.fingerprint import of_parts
from replearn.data.base import Dataset, Entry, Listed, Sample


@dataclass(frozen=True)
class Words:
    """What is known of a row beside its vector."""

    id: str
    label: int  # -1 where nothing is known
    caption: str
    group: str
    meta: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Block:
    """Rows that are kept together or not at all.

    Attributes:
        keys: one per row: the picture in this state, under one model.
        words: one per row.
        vectors: (m, d), L2-normalised.
        thumbnails: one JPEG per row.
        unreadable: keys of pictures that couldn't be opened.
    """

    keys: Sequence[str]
    words: Sequence[Words]
    vectors: npt.NDArray[np.float32]
    thumbnails: Sequence[bytes]
    unreadable: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Catalogue:
    """The rows that a table should have.

    Attributes:
        place: names the data; the same before and after a change of a data set that is `Listed`.
        keys: one per picture, in the data set's order.
        words: one per picture where they are known unopened, else None.
    """

    place: str
    keys: tuple[str, ...]
    words: tuple[Words, ...] | None


def catalogue_of(dataset: Dataset) -> Catalogue:
    """List the rows of a data set without opening a picture."""
    count = len(dataset)
    if not isinstance(dataset, Listed):
        place = f"{dataset.name}:{dataset.fingerprint()}"
        return Catalogue(place, tuple(str(position) for position in range(count)), None)
    entries = [dataset.entry(position) for position in range(count)]
    return Catalogue(
        dataset.place,
        tuple(of_parts([entry.id, entry.state]) for entry in entries),
        tuple(words_of(entry, dataset.class_names) for entry in entries),
    )


def words_of(known: Entry | Sample, class_names: Sequence[str]) -> Words:
    """Return what is known of a row."""
    label = known.label
    group = "" if label is None else class_names[label]
    return Words(known.id, -1 if label is None else label, known.caption, group, known.meta)
