"""What the studies return: plain data with a stamp of origin, drawn by `plotting`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Proportion, Reliability, two_figures

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Stamp:
    """Where a figure comes from: enough to make it again.

    Attributes:
        model: the model's name.
        fingerprint: of its weights and preprocessing.
        seconds: time the work took here.
        n: number of pictures behind the figure.
        seed: of whatever was random, or None.
        settings: everything else that changes the figure.
    """

    model: str
    fingerprint: str
    seconds: float
    n: int = 1
    seed: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = [f"{self.model} {self.fingerprint[:6]}"]
        parts += [f"{key} {value}" for key, value in self.settings.items()]
        if self.seed is not None:
            parts.append(f"seed {self.seed}")
        parts += [f"n = {self.n:,}", f"{two_figures(self.seconds)} s"]
        return " | ".join(parts)


@dataclass(frozen=True)
class CosineMatrix:
    """Several pictures against several texts, as in CLIP's own figure."""

    pictures: tuple[str, ...]
    texts: tuple[str, ...]
    cosines: Floats  # (pictures, texts)
    stamp: Stamp


@dataclass(frozen=True)
class Prediction:
    """One row of an evaluation: one picture of a data set."""

    id: str
    label: str | None  # the true one where it is known
    prediction: str
    confidence: float  # probability of the prediction among the labels offered
    second: str  # the runner-up
    second_confidence: float
    row: int  # its place in the data set

    @property
    def correct(self) -> bool | None:
        """Whether the prediction is right; None where the label isn't known."""
        return None if self.label is None else self.label == self.prediction


@dataclass(frozen=True)
class Evaluation:
    """A classifier on a labelled data set."""

    rows: tuple[Prediction, ...]
    labels: tuple[str, ...]
    accuracy: Proportion
    confusion: npt.NDArray[np.int64]  # (true, predicted)
    reliability: Reliability
    unreadable: tuple[str, ...]  # a sentence for each picture that was skipped
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain lists and numbers, ready for JSON."""
        return {
            "accuracy": self.accuracy.value,
            "interval": [self.accuracy.low, self.accuracy.high],
            "n": self.accuracy.n,
            "ece": self.reliability.ece,
            "labels": list(self.labels),
            "confusion": self.confusion.tolist(),
            "unreadable": list(self.unreadable),
            "model": self.stamp.model,
            "fingerprint": self.stamp.fingerprint,
            "seconds": self.stamp.seconds,
            "settings": dict(self.stamp.settings),
        }


@dataclass(frozen=True)
class Neighbours:
    """The pictures nearest to one, in the model's full space."""

    query: str
    ids: tuple[str, ...]
    captions: tuple[str, ...]
    similarities: Floats  # (k,) cosines, descending
    indices: npt.NDArray[np.int64]  # (k,) into the data set
    stamp: Stamp


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


def to_json(result: Evaluation) -> str:
    """Return a result as indented JSON."""
    return json.dumps(result.to_dict(), indent=2)


def stamp_dict(stamp: Stamp) -> dict[str, Any]:
    """Return a stamp as plain data, ready for JSON or a file's metadata."""
    return {**asdict(stamp), "settings": {k: str(v) for k, v in stamp.settings.items()}}
