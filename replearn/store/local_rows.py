"""Rows computed here: pictures are decoded in threads while the network runs."""

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from replearn.core.errors import ModelError, StoppedError
from replearn.core.progress import Progress
from replearn.data.base import Dataset
from replearn.data.images import thumbnail
from replearn.encoders.base import Encoder
from replearn.store.block import Block, Catalogue, Words, words_of
from replearn.store.encoded import encode_stream

BLOCK = 512  # rows
SECONDS = 10.0  # a slow model's rows are kept before the block is full
THUMBNAIL = 64  # pixels


@dataclass(frozen=True, eq=False)
class LocalRows:
    """Computes rows of a data set under a model."""

    dataset: Dataset
    encoder: Encoder
    catalogue: Catalogue

    def __call__(self, positions: Sequence[int], progress: Progress) -> Iterator[Block]:
        """Yield the rows at `positions`, block by block.

        Raises:
            ModelError: the model gives NaN.
            StoppedError: `progress` stopped the work, after what was computed was yielded.
        """
        known: dict[int, tuple[Words, bytes]] = {}  # filled by the decoding threads
        openers = (self._opener(position, known) for position in positions)
        stream = encode_stream(openers, self.encoder.preprocess, self.encoder.embed_pixels)
        pending = _Pending()
        for done, (position, vector) in enumerate(zip(positions, stream, strict=True)):
            try:
                progress(done, len(positions), "pictures embedded")
            except StoppedError:
                yield pending.block()
                raise
            key = self.catalogue.keys[position]
            if vector is None:
                pending.unreadable.append(key)
            else:
                words, picture = known.pop(position)
                self._check(vector, words)
                pending.append(key, words, vector, picture)
            if pending.is_due():
                yield pending.block()
                pending = _Pending()
        yield pending.block()
        progress(len(positions), len(positions), "pictures embedded")

    def _opener(
        self, position: int, known: dict[int, tuple[Words, bytes]]
    ) -> Callable[[], Image.Image]:
        def opened() -> Image.Image:
            sample = self.dataset[position]
            words = words_of(sample, self.dataset.class_names)
            known[position] = words, jpeg(sample.image)
            return sample.image

        return opened

    def _check(self, vector: npt.NDArray[np.float32], words: Words) -> None:
        if not np.isfinite(vector).all():
            raise ModelError(
                f"{self.encoder.name} gives NaN for {words.id}; its weights are damaged, or too "
                "large for REPLEARN_PRECISION=bfloat16."
            )


class _Pending:
    """Rows that wait to be kept."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.words: list[Words] = []
        self.vectors: list[npt.NDArray[np.float32]] = []
        self.thumbnails: list[bytes] = []
        self.unreadable: list[str] = []
        self._start = time.monotonic()

    def append(
        self, key: str, words: Words, vector: npt.NDArray[np.float32], picture: bytes
    ) -> None:
        self.keys.append(key)
        self.words.append(words)
        self.vectors.append(vector)
        self.thumbnails.append(picture)

    def is_due(self) -> bool:
        return len(self.keys) >= BLOCK or time.monotonic() - self._start > SECONDS

    def block(self) -> Block:
        vectors = np.stack(self.vectors) if self.vectors else np.empty((0, 0), np.float32)
        return Block(self.keys, self.words, vectors, self.thumbnails, self.unreadable)


def jpeg(image: Image.Image) -> bytes:
    """Return a picture's thumbnail, `THUMBNAIL` pixels a side, as JPEG."""
    buffer = io.BytesIO()
    thumbnail(image, THUMBNAIL).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
