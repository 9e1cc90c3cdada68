"""SupCon (Khosla et al. 2020, https://arxiv.org/abs/2004.11362)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.resnet_recipe import ResnetRecipe

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class SupCon(ResnetRecipe):
    """Pictures of one class find each other.

    Command: python -m replearn train supcon
    Takes about twelve minutes on two cores; expect 0.97 of the solids of `shapes` by linear probe.
    """

    temperature: float = 0.1
    crop: float = 0.6
    colour: float = 0.3
    grey: float = 0.1

    def method(self, source: "Source") -> "Method":
        """Return the network under SupCon.

        Raises:
            InputError: the data set has fewer than two classes.
        """
        from replearn.core.errors import InputError
        from replearn.training.recipes.supcon_method import SupConMethod

        if len(source.class_names) < 2:
            raise InputError("SupCon needs at least two classes; train simclr without labels.")
        return SupConMethod(self.network(source), self.temperature)
