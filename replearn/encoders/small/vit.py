"""A small ViT behind a convolutional stem (Xiao et al. 2021, https://arxiv.org/abs/2106.14881).

Patches cut by one large convolution make a small ViT slow to learn form; a few 3 x 3 convolutions
in their place see edges within the first minute. Built from timm's parts and registered with timm,
so that OpenCLIP builds it by name.
"""

import re
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn

LAYERS = 4
HEAD_WIDTH = 32
_NAME = re.compile(r"replearn_small_vit_w(\d+)_s(\d+)")


def small_vit_name(width: int, side: int) -> str:
    """Return the name under which timm builds it."""
    return f"replearn_small_vit_w{width}_s{side}"


def register_small_vit(name: str) -> None:
    """Teach timm a name of `small_vit_name`; any other name is left alone."""
    from timm.models import is_model, register_model

    found = _NAME.fullmatch(name)
    if found is None or is_model(name):
        return
    build = partial(_small_vit, int(found[1]), int(found[2]))

    def entry(**settings: Any) -> "nn.Module":
        return build(**settings)

    entry.__name__ = name
    register_model(entry)


def _small_vit(
    width: int,
    side: int,
    num_classes: int = 0,
    global_pool: str = "token",
    patch_drop_rate: float = 0.0,
    drop_path_rate: float = 0.0,
    **_published: Any,
) -> "nn.Module":
    """Return the ViT: 8 x 8 tokens and a class token; `_published` is about weights to download."""
    from timm.layers import HybridEmbed
    from timm.models.vision_transformer import VisionTransformer
    from timm.models.vision_transformer_hybrid import ConvStem

    first = 2 if side >= 64 else 1
    stem = ConvStem(
        depth=5,
        channels=(width // 4, width // 4, width // 2, width // 2, width),
        stride=(first, 1, 2, 1, 2),
    )
    network: Any = VisionTransformer(
        img_size=side,
        patch_size=1,
        num_classes=num_classes,
        global_pool=global_pool,
        embed_dim=width,
        depth=LAYERS,
        num_heads=width // HEAD_WIDTH,
        patch_drop_rate=patch_drop_rate,
        drop_path_rate=drop_path_rate,
        embed_layer=partial(HybridEmbed, backbone=stem, proj=False),
    )
    for block in network.blocks:
        block.attn.fused_attn = False  # 1.4 times as fast in bfloat16 on a CPU, for so few tokens
    network.default_cfg = {}  # OpenCLIP reads its pool_size
    built: nn.Module = network
    return built
