"""A model's classes, asked alike: those of its head, or a data set's by one prompt each."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError
from replearn.data.base import Dataset
from replearn.encoders.base import Encoder, Picture
from replearn.store.encoded import encode_texts

Floats = npt.NDArray[np.float32]


class ClassQuestions(ABC):
    """Classes with the target by which a heat map is asked for each.

    Attributes:
        encoder: the model.
        names: of the classes.
        targets: what `ask` takes for each.
    """

    def __init__(self, encoder: Encoder, names: Sequence[str], targets: Sequence[str]) -> None:
        self.encoder, self.names, self.targets = encoder, tuple(names), tuple(targets)

    @abstractmethod
    def logits(self, images: Sequence[Picture]) -> Floats:
        """Return a score per picture and class, (n, k); softmax gives probabilities."""


class HeadQuestions(ClassQuestions):
    """The classes of a model's own head."""

    def __init__(self, encoder: Encoder) -> None:
        names = encoder.class_names
        super().__init__(encoder, names, [f"#{index}" for index in range(len(names))])

    def logits(self, images: Sequence[Picture]) -> Floats:
        """Return the head's logits, (n, k)."""
        return self.encoder.logits(images)


class PromptQuestions(ClassQuestions):
    """A data set's classes, each by one prompt."""

    def __init__(self, encoder: Encoder, names: Sequence[str]) -> None:
        prompts = [f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}" for name in names]
        super().__init__(encoder, names, prompts)
        self._texts = encode_texts(encoder, prompts)  # (k, d)

    def logits(self, images: Sequence[Picture]) -> Floats:
        """Return cosines over the model's temperature, (n, k)."""
        cosines = self.encoder.encode_image(images) @ self._texts.T
        return np.asarray(cosines / self.encoder.temperature, np.float32)


def class_questions(encoder: Encoder, dataset: Dataset) -> ClassQuestions:
    """Return a head's classes, or, where the model reads text, the data set's by prompts.

    Raises:
        CapabilityError: the model has neither a head nor a text tower, or the data set no classes.
    """
    if "logits" in encoder.card.capabilities:
        return HeadQuestions(encoder)
    if "text" not in encoder.card.capabilities:
        raise CapabilityError(
            f"{encoder.name} has neither classes nor a text tower; imagenet and photo-clip can "
            "be asked."
        )
    if not dataset.class_names:
        raise CapabilityError(
            f"{dataset.name} has no classes to ask {encoder.name} for; choose a labelled data set."
        )
    return PromptQuestions(encoder, dataset.class_names)
