"""What the studies of distortions return: rows, and what is counted from them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate, Proportion
from replearn.results.stamp import Stamp
from replearn.results.zero_shot import ClassProbabilities, Probabilities

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class RobustnessPoint:
    """A data set's accuracy at one level."""

    level: float
    accuracy: Proportion


@dataclass(frozen=True)
class RobustnessCurve:
    """A data set's accuracy over the levels of one distortion."""

    distortion: str
    unit: str
    dataset: str
    chance: float
    points: tuple[RobustnessPoint, ...]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and numbers, ready for JSON."""
        points = [
            {
                "level": point.level,
                "accuracy": point.accuracy.value,
                "interval": [point.accuracy.low, point.accuracy.high],
                "n": point.accuracy.n,
            }
            for point in self.points
        ]
        about = {"distortion": self.distortion, "unit": self.unit, "dataset": self.dataset}
        return {**about, "chance": self.chance, "points": points, "stamp": str(self.stamp)}


@dataclass(frozen=True)
class Trial:
    """One picture at one level under one model: a row of the files that curves are drawn from.

    Attributes:
        id: of the picture.
        model: its name.
        fingerprint: of the model's weights and preprocessing.
        distortion: its name, after the names and levels of those stacked below it.
        level: in the distortion's own unit.
        seed: of the run; each picture has its own noise from it and its id.
        label: the true class.
        prediction: the class answered.
        confidence: its probability.
    """

    id: str
    model: str
    fingerprint: str
    distortion: str
    level: float
    seed: int
    label: str
    prediction: str
    confidence: float


@dataclass(frozen=True)
class Flips:
    """Where a data set's predictions first differ from those for the clean pictures.

    Attributes:
        level: mean of the first level at which the prediction differs, over those that flip.
        flipped: the share that flips at some level.
    """

    level: Estimate
    flipped: Proportion


@dataclass(frozen=True, eq=False)
class Walk:
    """One picture on its way through the levels of a distortion.

    Attributes:
        distortion: its name.
        positions: (k,) places between the listed levels (see `Distortion.level_at`).
        levels: (k,) in the distortion's own unit.
        predictions: (k,) the best answer at each.
        confidences: (k,) its probability.
        clean: the best answer to the untouched picture.
        vectors: (1 + k, d) unit vectors; the untouched picture stands first.
        flip: which of the k is the first whose prediction isn't `clean`, or None.
        flipped: (h, w, 3) that picture, or None.
        stamp: where it comes from.
    """

    distortion: str
    positions: Floats
    levels: tuple[float, ...]
    predictions: tuple[str, ...]
    confidences: tuple[float, ...]
    clean: str
    vectors: Floats
    flip: int | None
    flipped: npt.NDArray[np.uint8] | None
    stamp: Stamp


@dataclass(frozen=True)
class ModelCurve:
    """A model's accuracy over a distortion, with the rows behind it.

    Attributes:
        curve: the accuracy; levels that aren't known yet are left out.
        flips: where predictions flip, once every listed level is known.
        trials: the rows.
    """

    curve: RobustnessCurve
    flips: Flips | None
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class PublishedPoint:
    """A figure that others measured, on other pictures.

    Attributes:
        observer: "human observers", or a network.
        level: of our distortion of the same name.
        accuracy: from 0 to 1.
        on: what the pictures were before the distortion, where that differs from ours, or "".
    """

    observer: str
    level: float
    accuracy: float
    on: str = ""


@dataclass(frozen=True)
class Distorted:
    """One picture under one distortion at one level, with the answer before and after."""

    picture: npt.NDArray[np.uint8]  # (h, w, 3)
    distortion: str
    level: float
    unit: str
    clean: Probabilities | ClassProbabilities
    changed: Probabilities | ClassProbabilities
    cosine_to_clean: float
    stamp: Stamp
