"""A picture's answer from the model's own classification head."""

import time

from replearn.classifiers.zero_shot import softmax
from replearn.encoders.base import Encoder, Picture
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import ClassProbabilities


def own_answer(encoder: Encoder, image: Picture) -> ClassProbabilities:
    """Ask the head, which knows its classes and nothing else.

    Raises:
        InputError: the picture can't be opened.
        CapabilityError: the model has no classification head.
    """
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
