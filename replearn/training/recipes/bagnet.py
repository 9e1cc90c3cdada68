"""BagNet: what can be told from patches alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.supervised import Supervised

if TYPE_CHECKING:
    from torch import nn

    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class BagNet(Supervised):
    """Cross entropy on labels, for a network of small patches (Brendel and Bethge 2019).

    Command: python -m replearn train bagnet
    Takes about fifteen minutes on two cores; expect 0.99 of the solids of `shapes` (test).
    """

    kind = "small-bagnet"

    def network(self, source: "Source") -> "nn.Module":
        """Return the network, ending in a linear layer over the data set's classes."""
        from replearn.encoders.small.bagnet import SmallBagNet

        return SmallBagNet(self.width, max(1, len(source.class_names)))
