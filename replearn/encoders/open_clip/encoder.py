"""Any OpenCLIP model as an encoder: one implementation for photo-clip and all others."""

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.encoders.base import Encoder, ModelCard, Picture, Pixels, Vectors
from replearn.encoders.engines import Engine, Runner, default_engine
from replearn.encoders.preprocessing import Preprocessing

if TYPE_CHECKING:
    from torch import nn

    from replearn.encoders.tower import ImageTower

TEXT_BATCH = 64


@dataclass(frozen=True)
class OpenClipSource:
    """Where an OpenCLIP model comes from, known before anything heavy is imported.

    Attributes:
        name: the model's name in the app.
        fingerprint: of weights, architecture and preprocessing.
        card: what a user should know.
        preprocessing: how pictures are prepared.
        build: makes the torch model in evaluation mode and its tokenizer.
        trim: whether texts may be cut to the longest of a batch: right where the text tower
            masks padding, or looks back alone.
    """

    name: str
    fingerprint: str
    card: ModelCard
    preprocessing: Preprocessing
    build: Callable[[], tuple["nn.Module", Callable[..., Any]]]
    trim: bool


class OpenClipEncoder(Encoder):
    """An image tower and a text tower with a common space (Radford et al. 2021)."""

    output_kind: Literal["logits", "embedding"] = "embedding"

    def __init__(self, source: OpenClipSource, engine: Engine | None = None) -> None:
        self._source = source
        self.preprocessing = source.preprocessing
        self._engine = engine or default_engine()
        self.name = source.name
        self.fingerprint = source.fingerprint
        self.card = source.card

    @functools.cached_property
    def _model_and_tokenizer(self) -> tuple["nn.Module", Callable[..., Any]]:
        import torch

        # weights made inside somebody's inference mode could never be explained by gradients
        with torch.inference_mode(False):
            model, tokenizer = self._source.build()
        return model.eval().requires_grad_(False), tokenizer

    @functools.cached_property
    def _run_image(self) -> Runner:
        def build() -> "nn.Module":
            from replearn.encoders.open_clip.towers import ImageOutputs

            return ImageOutputs(self._model_and_tokenizer[0])

        side = self._source.preprocessing.crop
        example = np.zeros((2, 3, side, side), np.float32)
        key = f"image-{self.fingerprint}"
        return self._engine.compile(build, example, frozenset({0}), key)

    @functools.cached_property
    def _run_text(self) -> Runner:
        def build() -> "nn.Module":
            from replearn.encoders.open_clip.towers import (
                CausalTextOutputs,
                TextOutputs,
                looks_back,
            )

            model = self._model_and_tokenizer[0]
            return CausalTextOutputs(model) if looks_back(model) else TextOutputs(model)

        example = self._tokens(["a photo of a dog", "cat"])
        free = frozenset({0, 1}) if self._source.trim else frozenset({0})
        kind = "cut-text" if self._source.trim else "text"
        return self._engine.compile(build, example, free, f"{kind}-{self.fingerprint}")

    def _tokens(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return token ids, (m, length), zero-padded."""
        ids = np.asarray(self._model_and_tokenizer[1](list(texts)), np.int64)
        if self._source.trim:
            # 0 is padding, but also a piece of some words
            longest = int((ids != 0).any(axis=0).nonzero()[0].max()) + 1
            ids = np.ascontiguousarray(ids[:, :longest])
        return ids

    def preprocess(self, images: Sequence[Picture]) -> Pixels:
        """Return pixels as the image tower wants them, (n, 3, h, w)."""
        return self._source.preprocessing(images)

    def enlarged(self, images: Sequence[Picture], factor: int) -> Pixels:
        """Return pixels at a multiple of the tower's own side.

        Raises:
            CapabilityError: the tower takes pictures of one size alone, as a transformer does.
        """
        if not self.tower().spatial:
            return super().enlarged(images, factor)
        return self._source.preprocessing.enlarged(factor)(images)

    def shown(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Return the network's input as pictures again, (n, h, w, 3)."""
        return self._source.preprocessing.shown(pixels)

    def preview(self, image: Picture) -> Image.Image:
        """Return the part of the picture that the image tower sees."""
        return self._source.preprocessing.cropped(image)

    def outputs(self, pixels: Pixels) -> Vectors:
        """Return image embeddings before normalisation, (n, d)."""
        return self._run_image(pixels)

    def embed_pixels(self, pixels: Pixels) -> Vectors:
        """Return image embeddings, L2-normalised, (n, d)."""
        return _normalised(self._run_image(pixels))

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Return text embeddings, L2-normalised, (m, d)."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        parts = [
            self._run_text(self._tokens([texts[i] for i in order[at : at + TEXT_BATCH]]))
            for at in range(0, len(order), TEXT_BATCH)
        ]
        if not parts:
            return np.empty((0, 0), np.float32)
        vectors = np.empty((len(texts), parts[0].shape[1]), np.float32)
        vectors[order] = np.concatenate(parts)
        return _normalised(vectors)

    @functools.cached_property
    def temperature(self) -> float:
        """The learnt temperature, 1 / exp(logit_scale)."""
        scale: Any = self._model_and_tokenizer[0].logit_scale
        return math.exp(-float(scale.detach()))

    def count_tokens(self, texts: Sequence[str]) -> tuple[list[int], int]:
        """Return each text's tokens after cutting, and the model's limit."""
        ids = np.asarray(self._model_and_tokenizer[1](list(texts)))
        return (ids != 0).sum(axis=1).tolist(), ids.shape[1]

    def tower(self) -> "ImageTower":
        """Return the image tower in torch, ending in the embedding before normalisation."""
        from replearn.encoders.open_clip.towers import image_tower

        return image_tower(self._model_and_tokenizer[0])


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
