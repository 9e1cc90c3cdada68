"""Models on data sets that drift away from what they were fitted on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate, Proportion
from replearn.results.stamp import Stamp


@dataclass(frozen=True, eq=False)
class Answers:
    """One model on one data set, picture by picture.

    Attributes:
        data: what the pictures are of, e.g. "shapes".
        shift: which of its data sets, e.g. "new textures".
        model: what answered: a model's name, or "probe:NAME" for a linear probe on its vectors.
        ids: (n,) of the pictures.
        classes: what was chosen from.
        labels: (n,) what the pictures are, indices into `classes`.
        predictions: (n,) what was said.
        confidences: (n,) of the predictions, from 0 to 1.
    """

    data: str
    shift: str
    model: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    predictions: npt.NDArray[np.int64]
    confidences: npt.NDArray[np.float32]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Which predictions are right, (n,)."""
        return np.asarray(self.labels == self.predictions)


@dataclass(frozen=True)
class ShiftCell:
    """A model on a data set.

    Attributes:
        accuracy: with its Wilson interval.
        robustness: effective robustness (Taori et al. 2020), in accuracy; its interval is the
            bootstrap's, over pictures. None without a line, and where nothing has shifted.
    """

    accuracy: Proportion
    robustness: Estimate | None


@dataclass(frozen=True)
class Line:
    """logit(accuracy on the shift) = intercept + slope * logit(accuracy without it)."""

    slope: float
    intercept: float


@dataclass(frozen=True, eq=False)
class ShiftTable:
    """Data sets by models.

    Attributes:
        data: what the pictures are of.
        rows: names of the data sets; the first is the one without a shift.
        models: those that are compared.
        baselines: those that the line is drawn through; empty where it goes through all others.
            A model's height is over those on other networks than its own.
        how: model -> how it answers, in words.
        cells: (row, model) -> what was measured.
        missing: model -> why it has no cells.
        lines: row -> the line through the baselines, where there is one.
        differences: row -> the second of `compared` minus the first, paired by picture.
        compared: two models, e.g. supervised and zero-shot; empty for fewer than two.
        chance: of guessing.
        stamp: where it comes from.
    """

    data: str
    rows: tuple[str, ...]
    models: tuple[str, ...]
    baselines: tuple[str, ...]
    how: Mapping[str, str]
    cells: Mapping[tuple[str, str], ShiftCell]
    missing: Mapping[str, str]
    lines: Mapping[str, Line]
    differences: Mapping[str, Estimate]
    compared: tuple[str, ...]
    chance: float
    stamp: Stamp
