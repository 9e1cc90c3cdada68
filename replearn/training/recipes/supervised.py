"""Supervised classification: the yardstick of the contrastive recipes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.resnet_recipe import ResnetRecipe

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class Supervised(ResnetRecipe):
    """Cross entropy on labels.

    Command: python -m replearn train supervised
    Takes about ten minutes on two cores; expect 0.97 of the solids of `shapes` (test).
    """

    crop: float = 0.7
    colour: float = 0.2
    grey: float = 0.0
    epochs: int = 30

    probed = False

    def method(self, source: "Source") -> "Method":
        """Return the classifier.

        Raises:
            InputError: the data set has fewer than two classes.
        """
        from replearn.core.errors import InputError
        from replearn.training.recipes.supervised_method import SupervisedMethod

        if len(source.class_names) < 2:
            raise InputError("Labels need at least two classes; train simclr without them.")
        return SupervisedMethod(self.network(source))
