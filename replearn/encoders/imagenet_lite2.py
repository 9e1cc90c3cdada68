"""`imagenet-lite2`: EfficientNet-Lite2, another network on ImageNet, to compare and as a judge."""

from typing import TYPE_CHECKING

from replearn.core import fingerprint
from replearn.data.labels import imagenet_names
from replearn.encoders.base import ModelCard
from replearn.encoders.engines import Engine
from replearn.encoders.preprocessing import Preprocessing
from replearn.encoders.timm_classifier import TimmClassifier

if TYPE_CHECKING:
    from torch import nn

LITE2_PREPROCESSING = Preprocessing(crop=260, resize=297, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))

CARD = ModelCard(
    summary="EfficientNet-Lite2: a second network on ImageNet, to compare with and as a judge",
    trained_on="ImageNet-1k, with labels (1.28 million photographs)",
    licence="Apache-2.0",
    image_parameters=6_092_072,
    text_parameters=0,
    capabilities=("image", "logits", "feature_map"),
    published="ImageNet top-1 about 77 % (the authors of the weights)",
    paper="https://arxiv.org/abs/1905.11946",
)


class ImagenetLite2Encoder(TimmClassifier):
    """EfficientNet-Lite2 through timm, weights from their own package."""

    name = "imagenet-lite2"
    card = CARD

    def __init__(self, engine: Engine | None = None) -> None:
        from replearn.encoders.efficientnet_lite import LITE2, weights_path

        super().__init__(LITE2_PREPROCESSING, 1280, engine)
        self.fingerprint = fingerprint.of_parts(
            [fingerprint.of_file(weights_path(LITE2)), repr(LITE2_PREPROCESSING)]
        )

    def build(self) -> "nn.Module":
        """Return the network with the package's weights."""
        import timm

        from replearn.encoders.efficientnet_lite import LITE2, load_state_dict

        network: nn.Module = timm.create_model(LITE2.architecture, pretrained=False)
        network.load_state_dict(load_state_dict(lite=LITE2))
        return network

    @property
    def class_names(self) -> tuple[str, ...]:
        """ImageNet's 1,000 names, in the order of the logits."""
        return imagenet_names()
