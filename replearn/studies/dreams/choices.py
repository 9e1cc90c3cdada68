"""The answers that a network may give, as a function of its outputs that has a gradient."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.classifiers.zero_shot import mean_prompt
from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.encoders.base import Encoder
from replearn.studies.answering.heat_map_question import class_index
from replearn.studies.answering.prompts import encode_prompts

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class Choices:
    """A network's answers.

    Attributes:
        names: of the answers.
        wanted: the one that is asked for.
        texts: (k, d), unit vectors of labels, each times what its cosine counts over the
            temperature; None where the network has a head.
    """

    names: tuple[str, ...]
    wanted: int
    texts: npt.NDArray[np.float32] | None

    def logits(self, outputs: "Tensor") -> "Tensor":
        """Return (n, k) whose softmax are the probabilities."""
        import torch
        from torch.nn import functional as F

        if self.texts is None:
            return outputs
        return F.normalize(outputs, dim=1) @ torch.from_numpy(self.texts).to(outputs).T

    def log_probability(self, outputs: "Tensor") -> "Tensor":
        """Return the log of the wanted answer's probability, (n,)."""
        return self.logits(outputs).log_softmax(1)[:, self.wanted]

    def margin(self, outputs: "Tensor") -> "Tensor":
        """Return how far the wanted answer is before the best other one, in logits, (n,)."""
        logits = self.logits(outputs)
        others = logits.clone()
        others[:, self.wanted] = -math.inf
        return logits[:, self.wanted] - others.amax(1)

    def turned_to(self, outputs: "Tensor") -> "Choices":
        """Return the same answers with the network's own, (1, k), as the one asked for."""
        return replace(self, wanted=int(self.logits(outputs)[0].argmax()))


def choices(encoder: Encoder, target: str, question: Question | None = None) -> Choices:
    """Return a network's answers with the one that is asked for.

    Args:
        encoder: the model.
        target: a class, or a label; a label that isn't in the question is added.
        question: labels, templates, null prompt and temperature, for a model that reads text.

    Raises:
        InputError: there is no such class, or no other label to choose from.
        CapabilityError: the model has neither classes nor a text tower.
    """
    if "text" not in encoder.card.capabilities:
        return Choices(encoder.class_names, class_index(encoder, target), None)
    asked, wanted = question or Question(), target.strip()
    if not wanted:
        raise InputError("Type what it should say: a label.")
    labels = list(dict.fromkeys([*(asked.labels or ()), wanted]))
    if len(labels) < 2:
        raise InputError("Give at least one other label: one alone always has probability 1.")
    prompts = encode_prompts(encoder, labels, asked.templates, asked.null_prompt)
    temperature = encoder.temperature if asked.temperature is None else asked.temperature
    weights = np.ones((len(prompts.labels), 1), np.float32)
    weights[-1] = prompts.null_weight if prompts.null_prompt else 1
    texts = mean_prompt(prompts.vectors) * weights / temperature
    names = list(prompts.labels)
    return Choices(tuple(names), names.index(wanted), texts.astype(np.float32))


def usual_answer(encoder: Encoder, question: Question | None = None) -> str:
    """Return an answer that a model can give: of its classes the middle one, of labels the last.

    Nothing where it has neither.
    """
    capabilities = encoder.card.capabilities
    if "text" in capabilities:
        labels = question.labels if question else None
        return labels[-1] if labels else ""
    return encoder.class_names[len(encoder.class_names) // 2] if "logits" in capabilities else ""
