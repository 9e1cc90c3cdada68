"""What a model answers when some of its parts are taken off."""

import numpy as np

from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.registry import load_model
from replearn.results.parts import Contributions
from replearn.results.stamp import Floats
from replearn.results.zero_shot import ClassProbabilities
from replearn.store.encoded import encode_texts
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


def answer_of(found: Contributions, question: Question) -> ClassProbabilities | None:
    """Return the answer that a sum of parts gives: by the classes, or by the question's labels.

    None where the sum is neither logits nor a vector that texts can be compared with.

    Args:
        found: what is summed, whole or without some parts.
        question: whose labels and templates are asked of a model that reads text.
    """
    encoder = load_model(found.stamp.model)
    output = found.sum()
    if "logits" in encoder.card.capabilities and len(output) == len(encoder.class_names):
        return _softmax(encoder.class_names, output, found)
    if "text" not in encoder.card.capabilities or not question.labels:
        return None
    templates = question.templates or ("{}",)
    rows = []
    for label in question.labels:
        texts = encode_texts(encoder, [text.replace("{}", label) for text in templates])
        mean = texts.mean(0)
        rows.append(mean / np.linalg.norm(mean))
    cosines = np.stack(rows) @ output / max(float(np.linalg.norm(output)), 1e-12)
    scaled = cosines / (question.temperature or encoder.temperature)
    return _softmax(question.labels, np.asarray(scaled, np.float32), found)


def _softmax(labels: tuple[str, ...], logits: Floats, found: Contributions) -> ClassProbabilities:
    shifted = np.exp(logits - logits.max())
    probabilities = np.asarray(shifted / shifted.sum(), np.float32)
    return ClassProbabilities(labels, probabilities, np.asarray(logits, np.float32), found.stamp)
