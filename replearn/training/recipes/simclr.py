"""SimCLR (Chen et al. 2020, https://arxiv.org/abs/2002.05709)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.resnet_recipe import ResnetRecipe

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class SimClr(ResnetRecipe):
    """Two views of a picture find each other among all others, without labels.

    Command: python -m replearn train simclr
    Takes about twelve minutes on two cores. With views=scene (`shapes-multiview`) the two views
    are two renderings of one object, and the solid is what they share.
    """

    def method(self, source: "Source") -> "Method":
        """Return the network under NT-Xent."""
        from replearn.training.recipes.simclr_method import SimClrMethod

        return SimClrMethod(self.network(source), self.temperature)
