"""SimSiam (Chen and He 2021, https://arxiv.org/abs/2011.10566)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.resnet_recipe import ResnetRecipe

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class SimSiam(ResnetRecipe):
    """One view predicts the other; there are no negatives, and one gradient is stopped.

    Command: python -m replearn train simsiam
    Takes about twelve minutes on two cores.
    """

    def method(self, source: "Source") -> "Method":
        """Return the network with a predictor."""
        from replearn.training.recipes.simsiam_method import SimSiamMethod

        return SimSiamMethod(self.network(source))
