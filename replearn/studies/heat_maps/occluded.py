"""One patch covered: the picture as the network then sees it, and what it answers."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import softmax
from replearn.core.errors import InputError
from replearn.core.question import Question, as_question
from replearn.encoders.base import Encoder, Picture, Pixels
from replearn.encoders.registry import load_model
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.answering.prompts import answer, encode_prompts

Answer = Probabilities | ClassProbabilities


@dataclass(frozen=True, eq=False)
class Occluded:
    """A picture with one patch covered.

    Attributes:
        picture: (side, side, 3).
        clean: the answer to the whole picture.
        covered: the answer with the patch covered.
    """

    picture: npt.NDArray[np.uint8]
    clean: Answer
    covered: Answer


def occluded(
    image: Picture,
    row: int,
    column: int,
    model: str = "photo-clip",
    labels: Sequence[str] | Question = (),
    settings: Mapping[str, Any] | None = None,
) -> Occluded:
    """Cover one patch of occlusion's grid and ask again.

    Args:
        image: a PIL picture or a path.
        row: of the patch, from 0.
        column: of the patch, from 0.
        model: any model that answers.
        labels: what to choose from, for a model that reads text, or a whole question.
        settings: of `replearn.explainers.occlusion.Occlusion`.

    Raises:
        InputError: the picture, patch or labels can't be used.
        CapabilityError: the model has neither classes nor a text tower.
    """
    from replearn.core.configured import configured
    from replearn.explainers.occlusion import Occlusion

    method: Occlusion = configured("occlusion", Occlusion, settings or {})
    if not (0 <= row < method.steps and 0 <= column < method.steps):
        raise InputError(
            f"There are {method.steps} x {method.steps} patches; there is no row {row}, column "
            f"{column}."
        )
    encoder = load_model(model)
    whole = encoder.preprocess([image])
    spot = method.spots(whole[0])[row * method.steps + column]
    covered = method.covered(whole[0], spot)[None]
    clean, changed = _answers(encoder, np.concatenate([whole, covered]), as_question(labels))
    return Occluded(encoder.shown(covered)[0], clean, changed)


def _answers(encoder: Encoder, pixels: Pixels, question: Question) -> list[Answer]:
    start = time.perf_counter()
    if "text" in encoder.card.capabilities:
        texts = question.labels or ()
        prompts = encode_prompts(encoder, texts, question.templates, question.null_prompt)
        vectors = encoder.embed_pixels(pixels)
        return [answer(encoder, prompts, vector, question.temperature, start) for vector in vectors]
    names = encoder.class_names
    stamp = Stamp(encoder.name, encoder.fingerprint, 0.0, settings={"classes": len(names)})
    return [
        ClassProbabilities(names, softmax(logits), logits, stamp)
        for logits in encoder.outputs(pixels)
    ]
