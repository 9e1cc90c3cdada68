"""Can a heat map be trusted? Four checks of one map."""

import dataclasses
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Picture
from replearn.explainers import load_explainer
from replearn.results.trust import Box, Trust
from replearn.studies.answering.heat_map_question import HeatMapQuestion, Target, ask
from replearn.studies.heat_maps.deletion_and_insertion import CurveSettings, order_curve
from replearn.studies.heat_maps.explain import heat_map
from replearn.studies.heat_maps.pointing import point_at
from replearn.studies.heat_maps.randomised_weights import randomised

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

STAGES = 8


def trust(
    image: Picture,
    target: Target,
    model: str = "photo-clip",
    method: str = "cam",
    *,
    against: str = "",
    settings: Mapping[str, Any] | None = None,
    box: Box | None = None,
    progress: Progress = silent,
) -> Trust:
    """Check a heat map: does the score follow it, does it depend on what was learnt, does it sum?

    Args:
        image: a PIL picture, a path, or an array or tensor.
        target: a class or a text.
        model: the network.
        method: an entry of `EXPLAINERS`.
        against: what the score is held against.
        settings: of the method.
        box: where the answer is known to lie: does the map point there?
        progress: told as the work goes; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, or the target, method or setting doesn't exist.
        CapabilityError: the method can't be used with this model.

    Example:
        >>> print(*trust("cat.jpg", "a cat", method="grad-cam").verdicts, sep="\\n")
    """
    explainer = load_explainer(method, settings)
    return check(ask(image, target, model, against), explainer, box, progress=progress)


def check(
    question: HeatMapQuestion,
    explainer: "Explainer",
    box: Box | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Trust:
    """Explain a question and check the map.

    Args:
        question: a picture, a model, a score.
        explainer: the method.
        box: where the answer is known to lie.
        seed: of the random orders and of the shuffled weights.
        progress: told as the work goes; may raise `StoppedError`.

    Raises:
        CapabilityError: the method can't be used with this model.
    """
    start = time.perf_counter()
    network, pixels, score = question.explained, question.pixels, question.score
    values = explainer.explain(network, pixels, score, progress)[0]
    found = heat_map(question, explainer, values, time.perf_counter() - start)
    covered = CurveSettings(seed=seed)
    deletion = order_curve(question, values, "deletion", covered, progress)
    insertion = order_curve(question, values, "insertion", covered, progress)
    twin = randomised(question, explainer, values, STAGES, seed, progress)
    told = {
        "cells": " x ".join(str(min(covered.cells, side)) for side in values.shape),
        "steps": covered.steps,
        "random orders": covered.orders,
    }
    seconds, settings = time.perf_counter() - start, {**found.stamp.settings, **told}
    return Trust(
        heat_map=found,
        deletion=deletion,
        insertion=insertion,
        randomisation=twin,
        completeness=explainer.completeness(network, pixels, score, values),
        pointing=None if box is None else point_at(values, box),
        reads_target=explainer.reads_target,
        stamp=dataclasses.replace(found.stamp, seconds=seconds, seed=seed, settings=settings),
    )
