"""Where does it look? A heat map for a class or a prompt."""

import time

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest
from replearn.core.results import HeatMap, Stamp
from replearn.encoders.base import Encoder, Picture
from replearn.encoders.registry import load_model
from replearn.explainers import load_explainer
from replearn.explainers.base import Score
from replearn.store.encoded import encode_texts


def explain(
    image: Picture,
    target: str,
    model: str = "photo-clip",
    method: str = "cam",
    progress: Progress = silent,
) -> HeatMap:
    """Say which parts of a picture a score depends on.

    Args:
        image: a PIL picture or a path.
        target: a class of the model's head, by name or number, or any text for a model with a
            text tower.
        model: the model that is explained.
        method: an entry of `replearn.explainers.EXPLAINERS`.
        progress: told as the work goes; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, or the target or method doesn't exist.
        CapabilityError: the method can't be used with this model.
    """
    import torch

    explainer = load_explainer(method)
    encoder = load_model(model)
    score = score_for(encoder, target)
    start = time.perf_counter()
    pixels = encoder.preprocess([image])
    value = float(score(torch.from_numpy(encoder.outputs(pixels)))[0])
    values = explainer.explain(encoder, pixels, score, progress)[0]
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        settings={"method": method, "target": score.name},
    )
    picture = np.asarray(encoder.preview(image))
    return HeatMap(values, picture, value, score.name, method, stamp)


def score_for(encoder: Encoder, target: str) -> Score:
    """Return the score that a target names: a class's logit, or the cosine with a text.

    Raises:
        InputError: the target is empty or isn't one of the model's classes.
    """
    from replearn.explainers.scores import ClassScore, CosineScore

    text = target.strip()
    if not text:
        raise InputError("Type what to look for: a class of the model, or any text for photo-clip.")
    if encoder.output_kind == "embedding":
        return CosineScore(encode_texts(encoder, [text])[0], f"cosine with “{text}”")
    names = encoder.class_names
    lowered = [name.casefold() for name in names]
    if text.casefold() in lowered:
        index = lowered.index(text.casefold())
    elif text.isdigit() and int(text) < len(names):
        index = int(text)
    else:
        raise InputError(
            f"{encoder.name} has no class called {text[:60]!r}.{nearest(text.casefold(), lowered)}"
        )
    return ClassScore(index, f"logit of “{names[index]}”")
