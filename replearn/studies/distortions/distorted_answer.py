"""What does it take to change its mind? One picture before and after a distortion."""

import time
from collections.abc import Sequence

import numpy as np
from PIL import Image

from replearn.core.question import Question
from replearn.data.images import open_image
from replearn.distortions import load_distortion
from replearn.distortions.stack import NOTHING, Stack
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.results.distortions import Distorted
from replearn.results.stamp import Stamp
from replearn.store.encoded import encode_picture
from replearn.studies.answering.answered import answered
from replearn.studies.answering.working_size import working_size


def distorted_answer(
    image: Picture,
    distortion: str,
    level: float,
    model: str = "photo-clip",
    labels: Sequence[str] | Question | None = None,
    seed: int = 0,
    before: Stack = NOTHING,
) -> Distorted:
    """Distort a picture, at its working size, and ask the model again.

    Args:
        image: a PIL picture or a path.
        distortion: an entry of `replearn.distortions.DISTORTIONS`.
        level: in the distortion's own unit.
        model: any model that can answer: by labels, or by its own head.
        labels: what to choose from, for a model with a text tower, or a whole question.
        seed: of the noise.
        before: distortions that were kept; they come first, and "clean" is before all of them.

    Raises:
        InputError: the picture, distortion, level or a label can't be used.
        CapabilityError: the model can't answer.
    """
    method = load_distortion(distortion)
    encoder = load_model(model)
    start = time.perf_counter()
    stack = before.then(distortion, level)
    clean = working_size(open_image(image))
    changed = stack.apply(clean, seed)
    answers = [answered(encoder, picture, labels) for picture in (clean, changed)]
    vectors = [encode_picture(encoder, picture) for picture in (clean, changed)]
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        seed=seed,
        settings={"distortion": str(stack), "unit": method.unit},
    )
    return Distorted(
        picture=np.asarray(changed),
        distortion=distortion,
        level=level,
        unit=method.unit,
        clean=answers[0],
        changed=answers[1],
        cosine_to_clean=float(vectors[0] @ vectors[1]),
        stamp=stamp,
    )


def distorted_picture(image: Picture, stack: Stack, seed: int = 0) -> Image.Image:
    """Return a picture at its working size after all layers of a stack.

    Raises:
        InputError: the picture can't be opened.
    """
    return stack.apply(working_size(open_image(image)), seed)
