"""Labels written as sentences, encoded, and a picture's answer among them (Radford et al. 2021)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import ZeroShotClassifier, mean_prompt
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.labels import DEFAULT_TEMPLATES, check_labels, check_templates, fill
from replearn.encoders.base import Encoder, Picture
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import Probabilities
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


def prompt_answer(
    encoder: Encoder, image: Picture, question: Question, progress: Progress = silent
) -> Probabilities:
    """Compare a picture with the labels of a question.

    Args:
        encoder: a model with a text tower.
        image: a PIL picture, a path, or an array or tensor.
        question: labels, templates, null prompt and temperature.
        progress: told while texts are encoded for the first time.

    Raises:
        InputError: the picture, a label, a template or the temperature can't be used.
        CapabilityError: the model has no text tower.
    """
    start = time.perf_counter()
    labels = question.labels or ()
    prompt_set = encode_prompts(encoder, labels, question.templates, question.null_prompt, progress)
    vector = encode_picture(encoder, image)
    return answer(encoder, prompt_set, vector, question.temperature, start)


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
