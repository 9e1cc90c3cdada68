"""What an OpenCLIP configuration says: the network's sizes and how pictures are prepared."""

import json
from pathlib import Path
from typing import Any, Literal, cast

from replearn.core.errors import InputError, ModelError
from replearn.core.registry import nearest
from replearn.encoders.preprocessing import Preprocessing

CONFIG = "open_clip_config.json"
OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)


def known_config(architecture: str) -> dict[str, Any]:
    """Return the library's own configuration of an architecture.

    Raises:
        InputError: there is none of that name.
    """
    import open_clip

    known = open_clip.list_models()
    if architecture not in known:
        raise InputError(
            f"OpenCLIP has no architecture called {architecture!r}; its names are listed by "
            f"open_clip.list_models().{nearest(architecture, known)}"
        )
    config: dict[str, Any] = open_clip.get_model_config(architecture)
    return config


def read_config(path: Path) -> dict[str, Any]:
    """Return what an open_clip_config.json says.

    Raises:
        ModelError: it is none.
    """
    try:
        stated: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stated["model_cfg"]["vision_cfg"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path.name} in {path.parent} isn't an OpenCLIP configuration; it needs model_cfg "
            "with vision_cfg."
        ) from error
    return stated


def preprocessing_of(config: dict[str, Any], stated: dict[str, Any]) -> Preprocessing:
    """Return how pictures are prepared.

    Args:
        config: of the network.
        stated: what was published with the weights; what it leaves open is OpenAI's.

    Raises:
        ModelError: it isn't supported, or doesn't fit the network.
    """
    size = stated.get("size") or config["vision_cfg"].get("image_size", 224)
    side = size if isinstance(size, int) else size[0]
    mode = stated.get("resize_mode", "shortest")
    interpolation = stated.get("interpolation", "bicubic")
    square = isinstance(size, int) or len(set(size)) == 1
    if mode not in {"shortest", "squash"} or interpolation not in {"bicubic", "bilinear"}:
        raise ModelError(
            f"This model wants its pictures resized by {mode!r} with {interpolation!r}, which "
            "isn't supported; only shortest or squash with bicubic or bilinear is."
        )
    if not square or side != config["vision_cfg"].get("image_size", side):
        raise ModelError(
            f"The preprocessing states a size of {size}, the network has "
            f"{config['vision_cfg'].get('image_size')}; correct preprocess_cfg."
        )
    return Preprocessing(
        crop=side,
        resize=side,
        mean=cast(tuple[float, float, float], tuple(stated.get("mean", OPENAI_MEAN))),
        std=cast(tuple[float, float, float], tuple(stated.get("std", OPENAI_STD))),
        interpolation=cast(Literal["bicubic", "bilinear"], interpolation),
        mode=cast(Literal["shortest", "squash"], mode),
    )
