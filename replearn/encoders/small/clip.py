"""`replearn-small-clip`: a small ViT and a small text transformer, as OpenCLIP builds them."""

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.encoders.small.vit import register_small_vit, small_vit_name

if TYPE_CHECKING:
    from torch import nn

ARCHITECTURE = "replearn-small-clip"


def small_clip_config(side: int, width: int, siglip: bool) -> dict[str, Any]:
    """Return OpenCLIP's configuration of the small ViT and a text transformer of three layers.

    Args:
        side: of the pictures, in pixels.
        width: of the ViT, a multiple of 32.
        siglip: whether the model has a bias for the sigmoid loss.
    """
    config: dict[str, Any] = {
        "embed_dim": 128,
        "vision_cfg": {
            "image_size": side,
            "timm_model_name": small_vit_name(width, side),
            "timm_model_pretrained": False,
            "timm_pool": "token",
            "timm_proj": "linear",
        },
        "text_cfg": {
            "context_length": 32,
            "vocab_size": 49408,
            "width": 96,
            "heads": 3,
            "layers": 3,
        },
    }
    if siglip:
        config |= {"init_logit_scale": 2.302585092994046, "init_logit_bias": -10.0}
    return config


def small_clip(config: dict[str, Any]) -> "nn.Module":
    """Register the architecture with OpenCLIP and build it with fresh weights."""
    import open_clip

    from replearn.core.quiet import quiet

    register_small_vit(config["vision_cfg"]["timm_model_name"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{ARCHITECTURE}.json"
        path.write_text(json.dumps(config), encoding="utf-8")
        open_clip.add_model_config(path)
        with quiet():
            model: nn.Module = open_clip.create_model(ARCHITECTURE, load_weights=False)
    return model
