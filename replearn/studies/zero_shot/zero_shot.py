"""What is it? One picture against sentences (Radford et al. 2021)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import ZeroShotClassifier, mean_prompt, softmax
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data.images import open_image
from replearn.data.labels import DEFAULT_TEMPLATES, check_labels, check_templates, fill
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.many_pictures import CosineMatrix
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.store.encoded import encode_picture, encode_texts

NONE_OF_THESE = "none of these"


@dataclass(frozen=True, eq=False)
class PromptSet:
    """Labels as texts, encoded: what one picture or a whole data set is compared with."""

    labels: tuple[str, ...]
    prompts: tuple[tuple[str, ...], ...]  # per label, the texts that were encoded
    vectors: npt.NDArray[np.float32]  # (k, t, d), nan where a label has fewer than t texts
    null_prompt: str | None
    null_weight: float  # what the cosine of "none of these" counts; 1 where it isn't asked

    def classifier(self, temperature: float) -> ZeroShotClassifier:
        """Return what turns pictures' vectors into probabilities over these labels."""
        weights = np.ones(len(self.labels), np.float32)
        weights[-1] = self.null_weight if self.null_prompt else 1
        return ZeroShotClassifier(mean_prompt(self.vectors), temperature, weights)


def encode_prompts(
    encoder: Encoder,
    labels: Sequence[str],
    templates: Sequence[str] | None,
    null_prompt: str | None = None,
    progress: Progress = silent,
) -> PromptSet:
    """Write every label into every template and encode the texts.

    Args:
        encoder: a model with a text tower.
        labels: what to choose from.
        templates: texts with one `{}` each; None takes the default ones.
        null_prompt: a text that stands for "none of these", added as a last label.
        progress: told as texts are encoded.

    Raises:
        InputError: no label, a label or a template that can't be used.
        CapabilityError: the model has no text tower.
    """
    if "text" not in encoder.card.capabilities:
        encoder.encode_text([])
    names = list(check_labels(labels).names)
    chosen = check_templates(DEFAULT_TEMPLATES if templates is None else templates)
    prompts = [tuple(fill(template, name) for template in chosen) for name in names]
    if null_prompt:
        names.append(NONE_OF_THESE)
        prompts.append((null_prompt,))
    flat = encode_texts(encoder, [text for texts in prompts for text in texts], progress)
    vectors = np.full((len(names), len(chosen), flat.shape[1]), np.nan, np.float32)
    start = 0
    for row, texts in enumerate(prompts):
        vectors[row, : len(texts)] = flat[start : start + len(texts)]
        start += len(texts)
    weight = encoder.null_weight if null_prompt else 1.0
    return PromptSet(tuple(names), tuple(prompts), vectors, null_prompt or None, weight)


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
    encoder = load_model(model)
    start = time.perf_counter()
    prompt_set = encode_prompts(encoder, labels, templates, null_prompt, progress)
    vector = encode_picture(encoder, image)
    return answer(encoder, prompt_set, vector, temperature, start)


def answer(
    encoder: Encoder,
    prompt_set: PromptSet,
    vector: npt.NDArray[np.float32],
    temperature: float | None,
    start: float,
) -> Probabilities:
    """Turn a picture's unit vector (d,) into probabilities; `start` is when the work began."""
    learnt = encoder.temperature
    used = learnt if temperature is None else temperature
    classifier = prompt_set.classifier(used)
    row = vector[None]
    seconds = time.perf_counter() - start
    count = prompt_set.vectors.shape[1]
    settings = {
        "templates": count,
        "null prompt": _told_null(prompt_set),
        "tau": f"{used:.3g}",
    }
    return Probabilities(
        labels=prompt_set.labels,
        probabilities=classifier.predict(row)[0],
        cosines=classifier.cosines(row)[0],
        template_cosines=(prompt_set.vectors @ vector).astype(np.float32),
        temperature=used,
        model_temperature=learnt,
        prompts=prompt_set.prompts,
        null_prompt=prompt_set.null_prompt,
        null_weight=prompt_set.null_weight,
        stamp=Stamp(encoder.name, encoder.fingerprint, seconds, settings=settings),
    )


def _told_null(prompt_set: PromptSet) -> str:
    if not prompt_set.null_prompt:
        return "off"
    weight = prompt_set.null_weight
    return prompt_set.null_prompt if weight == 1 else f"{prompt_set.null_prompt} x {weight:.3g}"


def classify(image: Picture, model: str = "imagenet") -> ClassProbabilities:
    """Ask a model's own classification head, which knows its classes and nothing else.

    Raises:
        InputError: the picture can't be opened.
        CapabilityError: the model has no classification head.
    """
    encoder = load_model(model)
    names = encoder.class_names
    start = time.perf_counter()
    logits = encoder.logits([image])[0]
    probabilities = softmax(logits)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        settings={"classes": len(names)},
    )
    return ClassProbabilities(names, probabilities, logits, stamp)


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
