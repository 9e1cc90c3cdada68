"""Encoding through the caches: a text or a picture is encoded once per model."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core import fingerprint
from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.settings import from_environment, writable_folder
from replearn.core.visitors.precedence import QUESTIONS
from replearn.data.base import Dataset
from replearn.data.images import open_image
from replearn.encoders.base import Encoder, Picture, Pixels
from replearn.store.vector_cache import VectorCache

Vectors = npt.NDArray[np.float32]
TEXT_BATCH = 256
PICTURE_BATCH = 32
STEP = 4  # pictures that go through a network at once while others ask
DECODERS = min(4, os.cpu_count() or 1)


@functools.lru_cache(maxsize=1)
def text_cache() -> VectorCache:
    """Return the cache for texts, on disk where possible; pictures of data sets have tables."""
    folder = writable_folder(from_environment().cache_dir)
    return VectorCache(folder / "vectors.sqlite" if folder else None)


@functools.lru_cache(maxsize=1)
def picture_cache() -> VectorCache:
    """Return the cache for single pictures: in memory only, for they are the user's own."""
    return VectorCache(None, in_memory=4096)


def encode_texts(encoder: Encoder, texts: Sequence[str], progress: Progress = silent) -> Vectors:
    """Return unit vectors of texts, (m, d), from the cache where they are known.

    Raises:
        CapabilityError: the model has no text tower.
    """
    # halves of characters can't be encoded, and stand in some tables
    texts = [text.encode(errors="replace").decode() for text in texts]
    cache = text_cache()
    known = cache.get(encoder.text_fingerprint, [_text_key(text) for text in texts])
    missing = list(dict.fromkeys(text for text in texts if _text_key(text) not in known))
    done = 0
    for batch in batches(missing, TEXT_BATCH):
        progress(done, len(missing), "texts encoded")
        vectors = encoder.encode_text(batch)
        new = {_text_key(text): vector for text, vector in zip(batch, vectors, strict=True)}
        cache.put(encoder.text_fingerprint, new)
        known |= new
        done += len(batch)
    return np.stack([known[_text_key(text)] for text in texts])


def _text_key(text: str) -> str:
    # what somebody typed isn't to be read in the cache
    return f"text:{fingerprint.of_parts([text])}"


def encode_picture(encoder: Encoder, picture: Picture) -> npt.NDArray[np.float32]:
    """Return the unit vector of one picture, (d,), from the cache where it is known.

    Raises:
        InputError: the picture can't be opened.
    """
    image = open_image(picture)
    key = fingerprint.of_image(image)
    known = picture_cache().get(encoder.fingerprint, [key])
    if key not in known:
        known = {key: encoder.encode_image([image])[0]}
        picture_cache().put(encoder.fingerprint, known)
    return known[key]


def encode_stream(
    openers: Iterable[Callable[[], Image.Image]],
    preprocess: Callable[[Sequence[Picture]], Pixels],
    run: Callable[[Pixels], Vectors],
) -> Iterator[Vectors | None]:
    """Yield what `run` makes of each picture, (d,), in order; None for one that can't be opened.

    Pictures are decoded and preprocessed in threads one batch ahead of the network, and are let
    go as soon as they are encoded: memory doesn't grow with the number of pictures.
    """

    def prepare(opener: Callable[[], Image.Image]) -> Pixels | None:
        QUESTIONS.let_pass()
        try:
            pixels: Pixels = preprocess([opener()])[0]
        except InputError:
            return None
        return pixels

    stacked: Pixels | None = None  # one place in memory for every batch
    with ThreadPoolExecutor(DECODERS) as pool:
        queue = batches(openers, PICTURE_BATCH)

        def begun(opener: Callable[[], Image.Image]) -> "Future[Pixels | None]":
            # in a thread that belongs to the question which is asked here
            return pool.submit(copy_context().run, prepare, opener)

        running = [begun(opener) for opener in next(queue, [])]
        while running:
            following = [begun(opener) for opener in next(queue, [])]
            prepared = [future.result() for future in running]
            readable = [pixels for pixels in prepared if pixels is not None]
            rows: list[Vectors] = []
            if readable:
                if stacked is None:
                    stacked = np.empty((PICTURE_BATCH, *readable[0].shape), np.float32)
                np.stack(readable, out=stacked[: len(readable)])
                rows = [*_in_steps(run, stacked[: len(readable)])]
            for pixels in prepared:
                yield None if pixels is None else rows.pop(0)
            running = following


def _in_steps(run: Callable[[Pixels], Vectors], pixels: Pixels) -> Vectors:
    """Run a batch; while others ask, in small steps between which their questions pass."""
    step = STEP if QUESTIONS.lately() else len(pixels)
    found = []
    for start in range(0, len(pixels), step):
        QUESTIONS.let_pass()
        found.append(np.array(run(pixels[start : start + step])))
    return np.concatenate(found)


def encode_dataset(
    encoder: Encoder,
    dataset: Dataset,
    progress: Progress = silent,
    rows: Sequence[int] | None = None,
) -> Vectors:
    """Return unit vectors of a data set's pictures, (n, d), or of some rows; nothing is kept.

    Raises:
        InputError: a picture can't be opened.
    """
    chosen = range(len(dataset)) if rows is None else rows
    openers = (lambda row=row: dataset[int(row)].image for row in chosen)
    found = []
    for i, vector in enumerate(encode_stream(openers, encoder.preprocess, encoder.embed_pixels)):
        progress(i, len(chosen), "pictures encoded")
        if vector is None:
            raise InputError(f"Picture {chosen[i]} of {dataset.name} can't be opened.")
        found.append(vector)
    return np.stack(found)
