"""A dictionary learnt on top of another model, opened as a model: its features are its units."""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image
from safetensors import SafetensorError

from replearn.core import fingerprint
from replearn.core.errors import ModelError
from replearn.encoders.base import Encoder, ModelCard, Picture, Pixels, Vectors

if TYPE_CHECKING:
    from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder
    from replearn.encoders.tower import ImageTower

KIND = "sparse-autoencoder"
CONFIG, METRICS, WEIGHTS = "config.json", "metrics.json", "model.safetensors"


class SparseFeatures(Encoder):
    """Latents of a TopK sparse autoencoder (Gao et al. 2024) on a model's vector or layer.

    https://arxiv.org/abs/2406.04093. Its vectors are each latent's highest value in the picture.

    Args:
        name: in the app.
        folder: with config.json, metrics.json and model.safetensors.
        card: what a user should know.

    Attributes:
        base: the name of the model below.
        layer: of it; empty for its vector.
        dead: the share of latents that none of the vectors called for that it was learnt on.
        learnt_on: how many those were.

    Raises:
        ModelError: a file can't be read, or the model below has other weights than it had.
        InputError: there is no such model below.
    """

    output_kind: Literal["logits", "embedding"] = "embedding"

    def __init__(self, name: str, folder: Path, card: ModelCard) -> None:
        from replearn.encoders.registry import load_model

        try:
            stated: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
            self.base, self.layer = str(stated["model"]), str(stated["layer"])
            self._sizes = int(stated["width"]), int(stated["latents"]), int(stated["k"])
            noted = json.loads((folder / METRICS).read_text(encoding="utf-8"))["figures"]
            self.dead, self.learnt_on = float(noted["dead features"]), int(noted["vectors"])
            weights = fingerprint.of_file(folder / WEIGHTS)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{folder.name} isn't a sparse autoencoder ({error}); train it again."
            ) from error
        self.name, self.card, self._folder = name, card, folder
        self._below = load_model(self.base)
        if stated.get("fingerprint") != self._below.fingerprint:
            raise ModelError(
                f"{name} was learnt on other weights of {self.base} than are here; train it again: "
                f"python -m replearn train sae --set model={self.base}."
            )
        self.preprocessing = self._below.preprocessing
        self.fingerprint = fingerprint.of_parts([weights, self._below.fingerprint, str(stated)])

    @property
    def place(self) -> tuple[str, str, tuple[int, int, int]]:
        """Where it stands, and how large it is: model, layer, (width, features, k)."""
        return self.base, self.layer, self._sizes

    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Return pixels as the model below wants them, (n, 3, h, w)."""
        return self._below.preprocess(images)

    def preview(self, image: Picture) -> Image.Image:
        """Return the part of the picture that is seen."""
        return self._below.preview(image)

    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the network's input as pictures again, (n, h, w, 3)."""
        return self._below.shown(pixels)

    def outputs(self, pixels: Pixels) -> Vectors:
        """Return each latent's highest value in each picture, (n, latents)."""
        import torch

        tower = self.tower()
        with torch.inference_mode():
            found = tower(torch.from_numpy(pixels).to(tower.device))
        return np.asarray(found.cpu().numpy(), np.float32)

    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return the same, L2-normalised."""
        found = self.outputs(pixels)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-12), np.float32)

    def tower(self) -> "ImageTower":
        """Return the network below with the latents on top, in torch."""
        return self._tower

    @functools.cached_property
    def _tower(self) -> "ImageTower":
        import torch

        from replearn.encoders.sparse_tower import sparse_tower

        with torch.inference_mode(False):
            below = tower_below(self._below, self.layer)
            features = self.autoencoder().features().to(below.device)
            return sparse_tower(below, self.layer, features)

    def autoencoder(self) -> "SparseAutoencoder":
        """Return the whole autoencoder, with its decoder.

        Raises:
            ModelError: the weights can't be read or don't fit.
        """
        from safetensors.torch import load_file

        from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder

        found = SparseAutoencoder(*self._sizes)
        try:
            state = load_file(self._folder / WEIGHTS)
            found.load_state_dict({name: value.float() for name, value in state.items()})
        except (OSError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"The weights of {self.name} can't be read: {error}") from error
        return found.eval().requires_grad_(False)


def tower_below(encoder: Encoder, layer: str) -> "ImageTower":
    """Return the network that a dictionary stands on: the whole one where it is its vector."""
    return encoder.tower() if layer else encoder.embedding_tower()
