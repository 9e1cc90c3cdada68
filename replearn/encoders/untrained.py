"""The lab's small ResNet before it has seen a picture: what an architecture alone can do."""

from typing import TYPE_CHECKING

from replearn.core import fingerprint
from replearn.encoders.base import ModelCard
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.timm_classifier import TimmClassifier

if TYPE_CHECKING:
    from torch import nn

WIDTH, SIDE, SEED = 24, 64, 0
CARD = ModelCard(
    summary="The lab's small ResNet, untrained: seeded random weights, to compare with",
    trained_on="nothing",
    licence="Apache-2.0",
    image_parameters=694_357,
    text_parameters=0,
    capabilities=("image", "feature_map"),
    paper="https://arxiv.org/abs/1512.03385",
)


class UntrainedResnet(TimmClassifier):
    """Its weights come from a seed, so there is no file of them; its last layer means nothing."""

    def __init__(self) -> None:
        half = (0.5, 0.5, 0.5)
        super().__init__(Preprocessing(SIDE, SIDE, half, half), 8 * WIDTH)
        self.name, self.card = "shapes-untrained", CARD
        # of the weights, for another version of torch may draw others from the same seed
        weights = self.build().state_dict().values()
        self.fingerprint = fingerprint.of_parts(part.numpy().tobytes() for part in weights)

    def build(self) -> "nn.Module":
        """Return the network; whatever else draws at random draws as if nothing had happened."""
        import torch

        from replearn.encoders.small.resnet import small_resnet

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(SEED)
            return small_resnet(WIDTH, SIDE, 1)
