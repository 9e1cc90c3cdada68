"""What a shipped model answers to an example photograph, asked as the page asks."""

from functools import lru_cache

from replearn.lessons.measures.photographs import path_of
from replearn.results.zero_shot import Probabilities

TEMPLATES, NULL = ("a photo of a {}.",), "a photo"
OWN, WITHOUT = "own", "without"


def probability(
    model: str, photo: str, label: str, labels: str, temperature: str = OWN, none: str = "none"
) -> float:
    """Return the probability of a label, from 0 to 1.

    Args:
        model: one that reads text.
        photo: the stem of an example photograph.
        label: one of the labels, or "none of these".
        labels: separated by commas.
        temperature: a number, or "own".
        none: "without" takes “none of these” away.
    """
    found = _answer(model, photo, labels, temperature, none)
    return float(found.probabilities[found.labels.index(label)])


def cosine(model: str, photo: str, label: str) -> float:
    """Return the cosine between a photograph and a label's prompt, from -1 to 1."""
    return float(_answer(model, photo, label, OWN, WITHOUT).cosines[0])


def temperature(model: str) -> float:
    """Return the temperature that a model brings with it."""
    from replearn.encoders.registry import load_model

    return float(load_model(model).temperature or "nan")


def own_answer(model: str, photo: str, name: str) -> float:
    """Return the probability of a class by the model's own head, from 0 to 1."""
    from replearn.studies.zero_shot.zero_shot import classify

    found = classify(path_of(photo), model)
    return float(found.probabilities[list(found.labels).index(name)])


@lru_cache(maxsize=64)
def _answer(model: str, photo: str, labels: str, tau: str, none: str) -> Probabilities:
    from replearn.studies.zero_shot.zero_shot import zero_shot

    return zero_shot(
        path_of(photo),
        labels.split(","),
        model,
        TEMPLATES,
        null_prompt=None if none == WITHOUT else NULL,
        temperature=None if tau == OWN else float(tau),
    )
