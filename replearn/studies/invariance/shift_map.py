"""Where in the picture may it stand? One picture moved right and down, place by place.

Azulay and Weiss 2019 ("Why do deep convolutional networks generalize so poorly to small image
transformations?") find answers that change with a shift by one pixel: a network that halves its
maps samples them, and what falls between two samples is seen differently.
"""

import time
from collections.abc import Sequence

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.question import Question
from replearn.distortions.canvas import shifted
from replearn.encoders.base import Encoder, Picture, Pixels, Vectors
from replearn.encoders.registry import load_model
from replearn.results.invariance import ShiftMap
from replearn.results.stamp import Stamp
from replearn.studies.answering.network_input import network_input
from replearn.studies.invariance.class_reader import Reader, own_reader
from replearn.studies.invariance.models_at_work import look

BATCH = 45
PLACES = 15
MOST = 31


def shift_map(
    image: Picture,
    model: str = "photo-clip",
    step: int | None = None,
    labels: Sequence[str] | Question = (),
    places: int = PLACES,
    progress: Progress = silent,
) -> ShiftMap:
    """Move a picture at the network's input and ask again at every place.

    Args:
        image: a PIL picture or a path.
        model: any model.
        step: pixels of the network's input from one place to the next; None takes an eighth of
            its stride, so that the map spans more than one.
        labels: what a model with a text tower chooses from, or a whole question.
        places: in each direction, an odd number; the middle one is the unmoved picture.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: the picture, step or number of places can't be used.

    Example:
        >>> shift_map("cat.jpg", "imagenet", step=1).cosines.shape
        (15, 15)
    """
    if places % 2 == 0 or not 3 <= places <= MOST:
        raise InputError(f"{places} places have no middle or are too many; take 3 to {MOST}, odd.")
    encoder = load_model(model)
    start = time.perf_counter()
    pixels = encoder.preprocess([image])
    side = pixels.shape[-1]
    stride = network_stride(encoder, side)
    chosen = max(1, stride // 8) if step is None else step
    if not 1 <= chosen * (places // 2) < side:
        raise InputError(
            f"A step of {chosen} pixels leads out of the picture, which is {side} pixels wide; "
            f"take 1 to {(side - 1) // (places // 2)}."
        )
    offsets = tuple(chosen * (i - places // 2) for i in range(places))
    reader = own_reader(encoder, labels)
    vectors, answers = _asked(encoder, pixels, offsets, reader, progress)
    middle = places**2 // 2
    best = 0 if answers is None else int(answers[middle].argmax())
    square = (places, places)
    settings = {"step": f"{chosen} px", "places": f"{places} x {places}", "answers": reader.said}
    return ShiftMap(
        offsets=offsets,
        cosines=(vectors @ vectors[middle]).reshape(square),
        probabilities=None if answers is None else answers[:, best].reshape(square),
        predicted="" if answers is None else reader.classes[best],
        same=None if answers is None else (answers.argmax(1) == best).reshape(square),
        side=side,
        stride=stride,
        stamp=Stamp(
            encoder.name,
            encoder.fingerprint,
            time.perf_counter() - start,
            settings=settings,
        ),
    )


def _asked(
    encoder: Encoder,
    pixels: Pixels,
    offsets: tuple[int, ...],
    reader: Reader,
    progress: Progress,
) -> tuple[Vectors, Vectors | None]:
    """Return unit vectors, and probabilities where somebody answers, row by row of the map."""
    scale = network_input(encoder)
    values = scale.values(pixels)
    shifts = [(right, down) for down in offsets for right in offsets]
    vectors: list[Vectors] = []
    answers: list[Vectors] = []
    for batch in batches(shifts, BATCH):
        progress(BATCH * len(vectors), len(shifts), "places")
        moved = scale.pixels(np.concatenate([shifted(values, *shift) for shift in batch]))
        vectors.append(encoder.embed_pixels(moved))
        if reader.read is not None:
            answers.append(reader.read(moved, vectors[-1]))
    progress(len(shifts), len(shifts), "places")
    return np.concatenate(vectors), np.concatenate(answers) if answers else None


def network_stride(encoder: Encoder, side: int) -> int:
    """Return how many pixels of the input lie behind one step of the last feature map."""
    watched = look(encoder, None)
    if not watched.layers:
        return 1
    blank = np.zeros((1, 3, side, side), np.float32)
    return side // watched.maps(blank)[watched.layers[-1]].shape[-1]
