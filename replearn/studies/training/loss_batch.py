"""A batch to try a loss on: pictures, two views of each, captions, and a model's cosines."""

import time
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Stamp
from replearn.training.sources.augment import Augmentation

AUGMENTATION = Augmentation(crop=0.6, colour=0.3, grey=0.1)  # the recipe `supcon`'s own


@dataclass(frozen=True, eq=False)
class LossBatch:
    """What a contrastive loss sees of a batch, under one model.

    Attributes:
        pictures: 2n views, view i's partner is i + n modulo 2n; or n pictures with captions.
        names: of each picture.
        texts: n captions, or none.
        cosines: (2n, 2n) of views with each other, or (n, n) of pictures with captions.
        temperature: the model's own, where it has learnt one.
        stamp: where the figures come from.
    """

    pictures: tuple[Image.Image, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    cosines: npt.NDArray[np.float32]
    temperature: float | None
    stamp: Stamp


def view_batch(model: str, count: int = 8, seed: int = 0) -> LossBatch:
    """Return two augmented views of `count` rendered pictures and all their cosines.

    Args:
        model: any model.
        count: how many pictures.
        seed: of the pictures and the views.

    Raises:
        InputError: there is no such model, or there are fewer than two pictures.
    """
    return _views(model, load_model(model).fingerprint, _checked(count), seed)


def caption_batch(model: str, count: int = 8, seed: int = 0) -> LossBatch:
    """Return `count` rendered pictures with their captions and the n x n cosines between them.

    Args:
        model: a model with a text tower.
        count: how many pictures.
        seed: of the pictures.

    Raises:
        InputError: there is no such model, or there are fewer than two pictures.
        CapabilityError: the model has no text tower.
    """
    return _captions(model, load_model(model).fingerprint, _checked(count), seed)


def _checked(count: int) -> int:
    if not 2 <= count <= 64:
        raise InputError(f"The batch has {count} pictures; choose 2 to 64.")
    return count


# the fingerprint is in the key, for a run trained anew keeps its name
@lru_cache(maxsize=8)
def _views(model: str, fingerprint: str, count: int, seed: int) -> LossBatch:  # noqa: ARG001
    encoder = load_model(model)
    began = time.perf_counter()
    data = Shapes("test", seed, count)
    samples = [data[i] for i in range(count)]
    stacked = np.stack([np.asarray(sample.image) for sample in samples]).transpose(0, 3, 1, 2)
    sides = [AUGMENTATION(torch.from_numpy(stacked), 2 * seed + k) for k in (0, 1)]
    pixels = torch.cat(sides).mul(255).byte().permute(0, 2, 3, 1).numpy()  # (2n, s, s, 3)
    pictures = tuple(Image.fromarray(picture) for picture in pixels)
    vectors = encoder.embed_pixels(encoder.preprocess(pictures))
    called = [f"{s.meta['colour']} {s.meta['solid']}" for s in samples]
    names = tuple(f"{i + 1}{side} {name}" for side in "ab" for i, name in enumerate(called))
    stamp = _stamp(
        encoder, {"data": "shapes, test", "views": "two of each picture"}, began, count, seed
    )
    return LossBatch(pictures, names, (), vectors @ vectors.T, None, stamp)


@lru_cache(maxsize=8)
def _captions(model: str, fingerprint: str, count: int, seed: int) -> LossBatch:  # noqa: ARG001
    encoder = load_model(model)
    began = time.perf_counter()
    data = Shapes("test", seed, count)
    samples = [data[i] for i in range(count)]
    texts = tuple(sample.caption for sample in samples)
    written = encoder.encode_text(texts)
    pictures = tuple(sample.image for sample in samples)
    seen = encoder.embed_pixels(encoder.preprocess(pictures))
    names = tuple(f"{i + 1} {s.meta['colour']} {s.meta['solid']}" for i, s in enumerate(samples))
    stamp = _stamp(encoder, {"data": "shapes, test", "texts": "their captions"}, began, count, seed)
    return LossBatch(pictures, names, texts, seen @ written.T, encoder.temperature, stamp)


def _stamp(
    encoder: Encoder, settings: dict[str, str | int], began: float, count: int, seed: int
) -> Stamp:
    seconds = time.perf_counter() - began
    return Stamp(encoder.name, encoder.fingerprint, seconds, n=count, seed=seed, settings=settings)
