"""One picture, asked of whatever model stands above."""

from collections.abc import Sequence

from replearn.core.progress import Progress, silent
from replearn.core.question import Question, as_question
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.answering.own_head import own_answer
from replearn.studies.answering.prompts import NONE_OF_THESE, prompt_answer


def answered(
    encoder: Encoder,
    image: Picture,
    labels: Sequence[str] | Question | None,
    progress: Progress = silent,
) -> Probabilities | ClassProbabilities:
    """Return what a model says: among the labels if it reads text, else by its own head.

    Raises:
        InputError: a label can't be used.
        CapabilityError: the model can't answer.
    """
    if "text" in encoder.card.capabilities:
        return prompt_answer(encoder, image, as_question(labels), progress)
    return own_answer(encoder, image)


def best_targets(
    image: Picture, model: str, labels: Sequence[str] | Question | None, count: int = 1
) -> list[str]:
    """Return a model's best answers as a heat map's targets, "none of these" left out.

    Raises:
        InputError: the picture or a label can't be used.
        CapabilityError: the model can't answer.
    """
    encoder = load_model(model)
    found = answered(encoder, image, labels)
    if isinstance(found, ClassProbabilities):
        return [f"#{index}" for index in found.order[:count]]  # two classes may share a name
    names = [found.labels[i] for i in found.order]
    return [name for name in names if not (found.null_prompt and name == NONE_OF_THESE)][:count]


def best_target(image: Picture, model: str, labels: Sequence[str] | Question | None) -> str:
    """Return the label, or the model's own class, that fits a picture best, as a target.

    Raises:
        InputError: the picture or a label can't be used.
        CapabilityError: the model can't answer.
    """
    return best_targets(image, model, labels)[0]
