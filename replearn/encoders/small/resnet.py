"""A ResNet-10 for small pictures (He et al. 2016, https://arxiv.org/abs/1512.03385), from timm."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn


def small_resnet(width: int, side: int, classes: int) -> "nn.Module":
    """Return a ResNet with one block a stage and no max pooling, ending in a linear layer.

    Pictures of 64 pixels give a last feature map of 4 x 4, and so do those of 32.

    Args:
        width: channels of the first stage; the last has eight times as many.
        side: of the pictures it is meant for, in pixels.
        classes: of the last layer.
    """
    from timm.models.resnet import BasicBlock, ResNet
    from torch import nn

    network: Any = ResNet(
        BasicBlock,
        (1, 1, 1, 1),
        num_classes=classes,
        channels=(width, 2 * width, 4 * width, 8 * width),
        stem_type="deep",
        stem_width=width // 2,
    )
    network.maxpool = nn.Identity()
    if side <= 32:
        network.conv1[0].stride = (1, 1)
    built: nn.Module = network
    return built
