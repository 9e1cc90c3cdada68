"""What a model answers when some of its parts are taken off."""

import time

import numpy as np

from replearn.classifiers.zero_shot import softmax
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.results.parts import Contributions
from replearn.results.stamp import Floats
from replearn.results.zero_shot import ClassProbabilities, Probabilities
from replearn.studies.answering.prompts import answer, encode_prompts
from replearn.studies.parts.head_table import channel_means, head_table


def part_means(model: str, kind: str, progress: Progress = silent) -> Floats:
    """Return what each head or channel adds on average over the data set that suits the model.

    Args:
        model: its name.
        kind: "heads" or "channels".
        progress: told as pictures are shown, the first time.
    """
    dataset = usual_dataset(model)
    if kind == "heads":
        return head_table(model, dataset, progress).means()
    return channel_means(model, dataset, load_model(model).fingerprint)


def answer_of(
    found: Contributions, question: Question
) -> Probabilities | ClassProbabilities | None:
    """Return the answer that a sum of parts gives: by the classes, or by the question's labels.

    None where the sum is neither logits nor a vector that texts can be compared with.

    Args:
        found: what is summed, whole or without some parts.
        question: what is asked of a model that reads text.
    """
    start = time.perf_counter()
    encoder = load_model(found.stamp.model)
    output = np.asarray(found.sum(), np.float32)
    if "logits" in encoder.card.capabilities and len(output) == len(encoder.class_names):
        return ClassProbabilities(encoder.class_names, softmax(output), output, found.stamp)
    if "text" not in encoder.card.capabilities or not question.labels:
        return None
    prompts = encode_prompts(encoder, question.labels, question.templates, question.null_prompt)
    unit = output / np.float32(max(float(np.linalg.norm(output)), 1e-12))
    return answer(encoder, prompts, unit, question.temperature, start)
