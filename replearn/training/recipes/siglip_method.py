"""Two towers, a learnt temperature and a learnt bias."""

from torch import Tensor

from replearn.losses.siglip import siglip_loss
from replearn.training.recipes.clip_method import ClipMethod


class SigLipMethod(ClipMethod):
    """An OpenCLIP model with a bias under the sigmoid loss."""

    def pair_loss(self, images: Tensor, texts: Tensor) -> Tensor:
        """Return the sigmoid loss of the global batch's unit vectors."""
        return siglip_loss(images, texts, self.model.logit_scale, self.model.logit_bias)
