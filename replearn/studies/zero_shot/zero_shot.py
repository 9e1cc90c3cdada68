"""What is it? One picture against sentences (Radford et al. 2021)."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.results.many_pictures import CosineMatrix
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.store.encoded import encode_picture
from replearn.studies.answering.own_head import own_answer
from replearn.studies.answering.prompts import encode_prompts, prompt_answer


def zero_shot(
    image: Picture,
    labels: Sequence[str],
    model: str = "photo-clip",
    templates: Sequence[str] | None = None,
    *,
    null_prompt: str | None = None,
    temperature: float | None = None,
    progress: Progress = silent,
) -> Probabilities:
    """Compare a picture with labels written as sentences.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        labels: what to choose from.
        model: a model with a text tower.
        templates: texts with one `{}`; several are averaged in embedding space.
        null_prompt: a text such as "a photo" that lets "none of these" win; None leaves it out.
        temperature: None takes the one that the model learnt.
        progress: told while texts are encoded for the first time.

    Returns:
        Probabilities over these labels, with the cosines behind them.

    Raises:
        InputError: the picture, a label, a template or the temperature can't be used.
        CapabilityError: the model has no text tower.

    Example:
        >>> zero_shot("cat.jpg", ["cat", "dog"]).top(1)
        [('cat', 0.97)]
    """
    written = None if templates is None else tuple(templates)
    asked = Question(tuple(labels), written, null_prompt, temperature)
    return prompt_answer(load_model(model), image, asked, progress)


def classify(image: Picture, model: str = "imagenet") -> ClassProbabilities:
    """Ask a model's own classification head, which knows its classes and nothing else.

    Raises:
        InputError: the picture can't be opened.
        CapabilityError: the model has no classification head.
    """
    return own_answer(load_model(model), image)


def cosine_matrix(
    pictures: Sequence[Picture],
    texts: Sequence[str],
    model: str = "photo-clip",
    names: Sequence[str] | None = None,
) -> CosineMatrix:
    """Compare several pictures with several texts: the N x M matrix of cosines.

    Args:
        pictures: PIL pictures or paths.
        texts: taken as they stand, without a template.
        model: a model with a text tower.
        names: what to call the pictures; None takes the file names.

    Raises:
        InputError: a picture or a text can't be used.
        CapabilityError: the model has no text tower.
    """
    if not pictures:
        raise InputError("Choose at least one picture for the matrix.")
    encoder = load_model(model)
    start = time.perf_counter()
    prompt_set = encode_prompts(encoder, texts, ("{}",))
    vectors = np.stack([encode_picture(encoder, open_image(picture)) for picture in pictures])
    cosines = vectors @ prompt_set.vectors[:, 0].T
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(pictures),
        settings={"texts": len(prompt_set.labels)},
    )
    called = tuple(names) if names else tuple(_name(p, i) for i, p in enumerate(pictures))
    return CosineMatrix(called, prompt_set.labels, cosines.astype(np.float32), stamp)


def _name(picture: Picture, index: int) -> str:
    path = picture if isinstance(picture, str | Path) else ""
    return str(path).replace("\\", "/").rpartition("/")[2] or f"picture {index + 1}"
