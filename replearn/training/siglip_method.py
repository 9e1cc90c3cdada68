"""Two towers, a learnt temperature and a learnt bias."""

from torch import Tensor

from replearn.losses.siglip import siglip_loss
from replearn.training.clip_method import ClipMethod
from replearn.training.distributed import gathered
from replearn.training.method import Views


class SigLipMethod(ClipMethod):
    """An OpenCLIP model with a bias under the sigmoid loss."""

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return the sigmoid loss in nats; the pair is picture and caption."""
        images, texts = self.embedded(views)
        scale, bias = self.model.logit_scale, self.model.logit_bias
        return siglip_loss(gathered(images), gathered(texts), scale, bias), images, texts
