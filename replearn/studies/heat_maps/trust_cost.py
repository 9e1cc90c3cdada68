"""How long the checks of a heat map will take here, from a taste of each part."""

import contextlib
import time
from typing import TYPE_CHECKING

import numpy as np

from replearn.core.errors import StoppedError
from replearn.studies.answering.heat_map_question import HeatMapQuestion
from replearn.studies.heat_maps.deletion_and_insertion import CurveSettings
from replearn.studies.heat_maps.trust import STAGES

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

TASTE = 0.2  # seconds of a map, after which the rest is extrapolated


def expected_seconds(question: HeatMapQuestion, explainer: "Explainer") -> float:
    """Estimate how long `studies.trust.check` takes, within a second or so.

    Raises:
        CapabilityError: the method can't be used with this model.
    """
    from replearn.explainers.masked import scores_of

    settings = CurveSettings()
    some = np.repeat(question.pixels, settings.batch, 0)
    scores_of(question.explained, some, question.score)  # the engine starts on its first batch
    start = time.perf_counter()
    scores_of(question.explained, some, question.score)
    forward = (time.perf_counter() - start) / settings.batch
    return settings.passes * forward + (STAGES + 1) * _map_seconds(question, explainer)


def _map_seconds(question: HeatMapQuestion, explainer: "Explainer") -> float:
    """Return the time of one map in torch, where the shuffled networks run."""
    from replearn.explainers.in_torch import InTorch

    network = InTorch(question.explained.name, question.explained.tower())
    start, left = time.perf_counter(), 1.0

    def taste(done: int, total: int, what: str) -> None:  # noqa: ARG001
        nonlocal left
        if 0 < done < total and time.perf_counter() - start > TASTE:
            left = total / done
            raise StoppedError("enough to tell")

    with contextlib.suppress(StoppedError):
        explainer.explain(network, question.pixels, question.score, taste)
    return (time.perf_counter() - start) * left
