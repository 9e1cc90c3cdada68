"""What a model answers about one picture, plain or distorted."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from replearn.results.stamp import Floats, Stamp


class Ranked:
    """Labels with probabilities, best first."""

    labels: tuple[str, ...]
    probabilities: Floats  # (k,)

    @property
    def order(self) -> list[int]:
        """Indices of the labels, most probable first."""
        return [int(i) for i in np.argsort(-self.probabilities, kind="stable")]

    def top(self, k: int = 5) -> list[tuple[str, float]]:
        """Return the k most probable labels with their probabilities."""
        return [(self.labels[i], float(self.probabilities[i])) for i in self.order[:k]]


@dataclass(frozen=True)
class Probabilities(Ranked):
    """One picture against some labels: what a zero-shot classifier answers.

    Attributes:
        labels: the answers to choose from; "none of these" stands last where a null prompt is on.
        probabilities: (k,) softmax of cosine over temperature, that of "none of these" times its
            weight; they add up to 1 over these labels.
        cosines: (k,) between the picture and each label's mean prompt, from -1 to 1.
        template_cosines: (k, t) the same for each template alone; nan where a label has fewer.
        temperature: what the cosines were divided by.
        model_temperature: the one the model learnt.
        prompts: per label, the texts that were encoded.
        null_prompt: the text behind "none of these", or None.
        null_weight: what the cosine of "none of these" counts beside the others; 1 where the
            model isn't calibrated or the null prompt is off.
        stamp: where it comes from.
    """

    labels: tuple[str, ...]
    probabilities: Floats
    cosines: Floats
    template_cosines: Floats
    temperature: float
    model_temperature: float
    prompts: tuple[tuple[str, ...], ...]
    null_prompt: str | None
    null_weight: float
    stamp: Stamp

    @property
    def model(self) -> str:
        """The model's name."""
        return self.stamp.model

    @property
    def fingerprint(self) -> str:
        """The model's fingerprint."""
        return self.stamp.fingerprint

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "labels": list(self.labels),
            "probabilities": [float(p) for p in self.probabilities],
            "cosines": [float(c) for c in self.cosines],
            "temperature": self.temperature,
            "prompts": [list(texts) for texts in self.prompts],
            "null_prompt": self.null_prompt,
            "null_weight": self.null_weight,
            "model": self.model,
            "fingerprint": self.fingerprint,
            "seconds": self.stamp.seconds,
        }


@dataclass(frozen=True)
class ClassProbabilities(Ranked):
    """One picture under a model's own classification head."""

    labels: tuple[str, ...]
    probabilities: Floats  # (k,) softmax of the logits
    logits: Floats  # (k,)
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        return {
            "labels": list(self.labels),
            "probabilities": [float(p) for p in self.probabilities],
            "logits": [float(p) for p in self.logits],
            "model": self.stamp.model,
            "fingerprint": self.stamp.fingerprint,
            "seconds": self.stamp.seconds,
        }
