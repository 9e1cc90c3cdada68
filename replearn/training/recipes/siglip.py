"""SigLIP from scratch (Zhai et al. 2023, https://arxiv.org/abs/2303.15343)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from replearn.training.recipes.clip import Clip

if TYPE_CHECKING:
    from replearn.training.recipes.method import Method
    from replearn.training.sources.batch import Source


@dataclass(frozen=True)
class SigLip(Clip):
    """The same towers under the pairwise sigmoid loss.

    Command: python -m replearn train siglip
    Takes about forty minutes on two cores.
    """

    temperature: float = 0.1

    siglip = True

    def method(self, source: "Source") -> "Method":
        """Return the two towers under the sigmoid loss."""
        from replearn.training.recipes.siglip_method import SigLipMethod

        captions = source.probe("fit", 2000).texts
        return SigLipMethod(self.model(), self.temperature, captions, self.word_weight)
