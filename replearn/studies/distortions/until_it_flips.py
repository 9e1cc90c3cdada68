"""How far can one picture go? Every level of a distortion, until the prediction flips."""

import time
from collections.abc import Sequence

import numpy as np

from replearn.core.progress import silent
from replearn.core.question import Question, as_question
from replearn.data.images import open_image
from replearn.distortions import load_distortion
from replearn.distortions.base import to_image, to_values
from replearn.distortions.stack import NOTHING, Stack
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.distortions import Walk
from replearn.results.stamp import Stamp
from replearn.studies.answering.answerer import Answerer, answerer_for
from replearn.studies.answering.working_size import working_size

PARTS = 2  # steps from one listed level to the next


def walk(
    image: Picture,
    distortion: str,
    model: str = "photo-clip",
    labels: Sequence[str] | Question | None = None,
    seed: int = 0,
    before: Stack = NOTHING,
) -> Walk:
    """Ask a model about a picture at every level of a distortion and half-way between them.

    Args:
        image: a PIL picture or a path.
        distortion: an entry of `replearn.distortions.DISTORTIONS`.
        model: any model that can answer: by labels, or by its own head.
        labels: what to choose from, for a model with a text tower, or a whole question.
        seed: of the noise.
        before: distortions that come first.

    Raises:
        InputError: the picture, distortion or a label can't be used.
        CapabilityError: the model can't answer.
    """
    method, encoder = load_distortion(distortion), load_model(model)
    start = time.perf_counter()
    answerer = _answerer(encoder, as_question(labels))
    count = PARTS * (len(method.levels) - 1) + 1
    positions = np.linspace(0, len(method.levels) - 1, count, dtype=np.float32)
    levels = tuple(method.level_at(position) for position in positions)
    clean = working_size(open_image(image))
    below = before.apply_values(to_values([clean]), [seed])
    pictures = [clean]
    pictures += [to_image(method.apply_values(below, level, [seed])[0]) for level in levels]
    pixels = encoder.preprocess(pictures)
    probabilities = answerer.run(pixels)
    best = probabilities.argmax(1)
    flip = next((i for i, answer in enumerate(best[1:]) if answer != best[0]), None)
    return Walk(
        distortion=distortion,
        positions=positions,
        levels=levels,
        predictions=tuple(answerer.classes[i] for i in best[1:]),
        confidences=tuple(map(float, probabilities.max(1)[1:])),
        clean=answerer.classes[best[0]],
        vectors=encoder.embed_pixels(pixels),
        flip=flip,
        flipped=None if flip is None else np.asarray(pictures[1 + flip]),
        stamp=Stamp(
            encoder.name,
            encoder.fingerprint,
            time.perf_counter() - start,
            seed=seed,
            settings={"walk": method.name, "before": str(before) or "nothing"},
        ),
    )


def _answerer(encoder: Encoder, question: Question) -> Answerer:
    if "text" not in encoder.card.capabilities:
        question = Question()  # its head knows its own classes
    return answerer_for(encoder, (), question, silent)
