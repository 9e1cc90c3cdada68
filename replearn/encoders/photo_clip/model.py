"""`photo-clip` opened: a locked EfficientNet-Lite0 and a locked MiniLM, joined by this project.

The image tower is OpenCLIP's own for a timm network; the text side is a kernel regression on
MiniLM's vectors and a lexicon (`text_kernel`). Both are fitted by
`python -m replearn train photo-clip`.
"""

import functools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from replearn.core import fingerprint
from replearn.core.assets import asset_path
from replearn.core.errors import ModelError
from replearn.core.quiet import quiet
from replearn.data.lexicon import lookup, order, words
from replearn.data.lexicon.table import lexicon_path
from replearn.encoders.base import ModelCard, Vectors
from replearn.encoders.checksums import check_weights
from replearn.encoders.engines import default_engine
from replearn.encoders.imagenet import LITE0_PREPROCESSING, lite0_fingerprint
from replearn.encoders.lab import HEADS
from replearn.encoders.open_clip.encoder import OpenClipEncoder, OpenClipSource
from replearn.encoders.photo_clip.sentences import (
    count_tokens,
    sentence_vectors,
    text_package_folder,
)
from replearn.encoders.photo_clip.text_kernel import Floats, TextKernel, unit

if TYPE_CHECKING:
    from torch import nn

DIMENSIONS = 512
NULL_WEIGHT = 0.5  # chosen by benchmarks/none_of_these.py, on no example photograph

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


class PhotoClip(OpenClipEncoder):
    """The image tower of an OpenCLIP model, and texts by kernel regression."""

    null_weight = NULL_WEIGHT
    looks_up_senses = True

    def __init__(self, source: OpenClipSource, heads: Path) -> None:
        super().__init__(source, default_engine())
        self._heads = heads

    @functools.cached_property
    def _stored(self) -> dict[str, Floats]:
        from safetensors.numpy import load_file

        return {name: value.astype(np.float32) for name, value in load_file(self._heads).items()}

    @property
    def projection(self) -> Floats:
        """The image map behind pooling, (512, 1280)."""
        return self._stored["visual.head.proj.weight"]

    @functools.cached_property
    def text_kernel(self) -> TextKernel:
        """The text side: a regression from described nouns."""
        stored = self._stored
        return TextKernel(
            unit(stored["text.names"]),
            unit(stored["text.kinds"]),
            stored["text.coefficients"],
            float(stored["text.width"]),
            float(stored["text.kind_weight"]),
        )

    @functools.cached_property
    def trunk_fingerprint(self) -> str:
        """That of `imagenet`, whose network it is up to the pooling."""
        return lite0_fingerprint()

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Return text embeddings, L2-normalised, (m, 512).

        "crane (wading bird)" chooses one of a word's senses (`data.lexicon`).
        """
        if not texts:
            return np.empty((0, 0), np.float32)
        return unit(self.text_kernel(texts, sentence_vectors))

    @functools.cached_property
    def text_fingerprint(self) -> str:
        """Also of the code that looks nouns up: another order of senses gives other vectors."""
        sources = (lookup.__file__, order.__file__, words.__file__)
        return fingerprint.of_parts(
            [self.fingerprint, *(fingerprint.of_file(Path(source)) for source in sources)]
        )

    @property
    def temperature(self) -> float:
        """The fitted temperature, 1 / exp(logit_scale)."""
        return math.exp(-float(self._stored["logit_scale"]))

    def count_tokens(self, texts: Sequence[str]) -> tuple[list[int], int]:
        """Return each text's tokens after cutting, and how many are read at most."""
        return count_tokens(texts)


def build_image_model(heads: Path) -> "nn.Module":
    """Build OpenCLIP's image tower with the package's weights and the fitted head.

    Raises:
        ModelError: a key or shape of the head doesn't fit.
    """
    import torch
    from open_clip.timm_model import TimmModel
    from safetensors.torch import load_file
    from torch import nn

    from replearn.encoders.efficientnet_lite import load_state_dict

    class ImageModel(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.visual = TimmModel("tf_efficientnet_lite0", DIMENSIONS, 224, pool="avg")

        def encode_image(self, pixels: torch.Tensor) -> torch.Tensor:
            embedding: torch.Tensor = self.visual(pixels)
            return embedding

    with quiet():
        model = ImageModel()
    state = {
        f"visual.trunk.{key}": value
        for key, value in load_state_dict().items()
        if not key.startswith("classifier.")
    }
    for key, value in load_file(heads).items():
        if key.startswith("visual."):
            state[key] = value.float()
    try:
        model.load_state_dict(state, strict=True)
    except RuntimeError as error:
        raise ModelError(f"The heads in {heads.name} don't fit photo-clip: {error}") from error
    return model


def load(folder: Path | None = None, name: str = "photo-clip", card: ModelCard = CARD) -> PhotoClip:
    """Open photo-clip with the heads in `folder` (default: those that ship with the project).

    Args:
        folder: with heads.safetensors.
        name: the model's name in the app.
        card: what a user should know of it.

    Raises:
        ModelError: a file is missing or doesn't fit.
    """
    from replearn.encoders.efficientnet_lite import weights_path

    heads = (folder or asset_path("photo-clip")) / HEADS
    if not heads.exists():
        raise ModelError(
            f"There are no heads in {heads.parent}; run python -m replearn train photo-clip."
        )
    check_weights(heads.parent)
    files = (heads, weights_path(), text_package_folder() / "model.safetensors", lexicon_path())
    source = OpenClipSource(
        name=name,
        fingerprint=fingerprint.of_parts(
            [*map(fingerprint.of_file, files), repr(LITE0_PREPROCESSING)]
        ),
        card=card,
        preprocessing=LITE0_PREPROCESSING,
        build=lambda: (build_image_model(heads), sentence_vectors),
        trim=True,
    )
    return PhotoClip(source, heads)
