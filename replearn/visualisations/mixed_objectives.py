"""Objectives that are made of others, or of what another room computes."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from replearn.visualisations.objectives import Objective, Seen


@dataclass(frozen=True, eq=False)
class Computed(Objective):
    """A number that is computed elsewhere from what layers give: an attention head's share.

    Attributes:
        reads: the layers' names.
        compute: from what they give to numbers, (n,).
    """

    reads: tuple[str, ...]
    compute: Callable[[Seen], Tensor]

    def value(self, seen: Seen) -> Tensor:
        """Return the numbers, (n,)."""
        return self.compute(seen)


@dataclass(frozen=True, eq=False)
class Between(Objective):
    """Each picture of a batch has its own share of two objectives, from all of one to the other.

    Attributes:
        first, second: the objectives.
        shares: (n,), of the second; the rest is the first's.
    """

    first: Objective
    second: Objective
    shares: Tensor

    @property
    def reads(self) -> tuple[str, ...]:  # type: ignore[override]
        """All layers that the two look at."""
        return tuple(dict.fromkeys([*self.first.reads, *self.second.reads]))

    def value(self, seen: Seen) -> Tensor:
        """Return the weighted sums, (n,)."""
        first, second = self.first.value(seen), self.second.value(seen)
        return first + self.shares.to(first) * (second - first)
