"""What a classifier says of many pictures: cosines, rows, accuracy, calibration."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Proportion, Reliability
from replearn.results.stamp import Floats, Stamp


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
    meta: Mapping[str, str] = field(default_factory=dict)  # what the data set tells of it

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


def to_json(result: Evaluation) -> str:
    """Return a result as indented JSON."""
    return json.dumps(result.to_dict(), indent=2)
