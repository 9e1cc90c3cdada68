"""What undoes a picture that fools a network, and whom else it fools."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from replearn.core.errors import ReplearnError
from replearn.core.question import Question
from replearn.distortions import load_distortion
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.dreams import Undone
from replearn.studies.dreams.choices import choices
from replearn.studies.dreams.judges import judges_of

SHIFT = 2  # pixels


def _as_it_is(picture: Image.Image) -> Image.Image:
    return picture


def _shifted(picture: Image.Image) -> Image.Image:
    values = np.asarray(picture)
    return Image.fromarray(np.roll(values, (SHIFT, SHIFT), (0, 1)))


def _jpeg(picture: Image.Image) -> Image.Image:
    return load_distortion("jpeg").apply(picture, 50.0, 0)


def _blurred(picture: Image.Image) -> Image.Image:
    return load_distortion("low-pass").apply(picture, 1.0, 0)


TREATMENTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved and opened again": _as_it_is,
    f"moved by {SHIFT} pixels": _shifted,
    "JPEG": _jpeg,
    "blurred by one pixel": _blurred,
}


def undone(
    picture: Image.Image, target: str, encoder: Encoder, question: Question | None
) -> tuple[Undone, ...]:
    """Ask the network again after each treatment, and other networks about the picture as it is.

    Args:
        picture: RGB, as a file keeps it.
        target: the class that it was made for.
        encoder: the network that it was made for.
        question: labels and templates, for a model that reads text.
    """
    rows = [
        _asked(treatment, change(picture), target, encoder, question)
        for treatment, change in TREATMENTS.items()
    ]
    for name in judges_of(encoder.name):
        try:
            rows.append(_asked("another network", picture, target, load_model(name), question))
        except ReplearnError:  # its weights aren't installed, or it doesn't know the class
            continue
    return tuple(rows)


def _asked(
    treatment: str, picture: Image.Image, target: str, encoder: Encoder, question: Question | None
) -> Undone:
    import torch

    wanted = choices(encoder, target, question)
    outputs = torch.from_numpy(encoder.outputs(encoder.preprocess([picture])))
    probabilities = wanted.logits(outputs).softmax(1)[0]
    best = int(probabilities.argmax())
    return Undone(
        treatment,
        encoder.name,
        float(probabilities[wanted.wanted]),
        wanted.names[best],
        float(probabilities[best]),
    )
