"""What does it take to change its mind? One picture under one distortion."""

import time
from collections.abc import Sequence

import numpy as np
from PIL import Image

from replearn.core.results import ClassProbabilities, Distorted, Probabilities, Stamp
from replearn.data.images import open_image
from replearn.distortions import load_distortion
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.store.encoded import encode_picture
from replearn.studies.zero_shot import classify, zero_shot

LONGEST_SIDE = 640  # pixels; larger pictures are reduced first, for a slider has to follow the hand


def distort(
    image: Picture,
    distortion: str,
    level: float,
    model: str = "photo-clip",
    labels: Sequence[str] | None = None,
    seed: int = 0,
) -> Distorted:
    """Distort a picture and ask the model again.

    Args:
        image: a PIL picture or a path.
        distortion: an entry of `replearn.distortions.DISTORTIONS`.
        level: in the distortion's own unit.
        model: any model that can answer: by labels, or by its own head.
        labels: what to choose from, for a model with a text tower.
        seed: of the noise.

    Raises:
        InputError: the picture, distortion, level or a label can't be used.
        CapabilityError: the model can't answer.
    """
    method = load_distortion(distortion)
    encoder = load_model(model)
    start = time.perf_counter()
    clean = working_size(open_image(image))
    changed = method.apply(clean, level, seed)
    before = _answer(encoder, clean, labels)
    after = _answer(encoder, changed, labels)
    cosine = float(encode_picture(encoder, clean) @ encode_picture(encoder, changed))
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        seed=seed,
        settings={"distortion": distortion, "level": f"{level:g} {method.unit}".strip()},
    )
    return Distorted(
        picture=np.asarray(changed),
        distortion=distortion,
        level=level,
        unit=method.unit,
        clean=before,
        changed=after,
        cosine_to_clean=cosine,
        stamp=stamp,
    )


def working_size(image: Image.Image) -> Image.Image:
    """Reduce a picture to at most `LONGEST_SIDE`; a smaller one is left as it is."""
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    width, height = (max(1, round(side * LONGEST_SIDE / longest)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _answer(
    encoder: Encoder, image: Image.Image, labels: Sequence[str] | None
) -> Probabilities | ClassProbabilities:
    if "text" in encoder.card.capabilities:
        return zero_shot(image, labels or (), encoder.name)
    return classify(image, encoder.name)
