"""What a recipe gets from its data: batches by address."""

from dataclasses import dataclass
from typing import Protocol

from torch import Tensor


@dataclass(frozen=True, eq=False)
class Batch:
    """Pictures with what is known of them.

    Attributes:
        pictures: two (or one) pictures of each sample, (n, 3, s, s), uint8.
        labels: (n,); -1 where there is none.
        texts: a caption each.
    """

    pictures: tuple[Tensor, ...]
    labels: Tensor
    texts: tuple[str, ...]


class Source(Protocol):
    """Batches by address: the same numbers give the same batch, before and after a restart."""

    side: int
    class_names: tuple[str, ...]
    pictures: int | None  # None where they never end
    unreadable: tuple[str, ...]  # a sentence for each picture that is left out

    def batch(self, rows: range) -> Batch:
        """Return the samples at positions `rows` of the endless stream."""
        ...

    def probe(self, part: str, count: int) -> Batch:
        """Return fixed samples to measure on: part "fit" or "test"; never trained on if "test"."""
        ...
