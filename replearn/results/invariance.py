"""What leaves a model's features unmoved: trials, curves, and the area under each as one number."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.statistics import Estimate, Proportion, mean_of, proportion
from replearn.results.stamp import Stamp

Floats = npt.NDArray[np.float64]
EMBEDDING = "embedding"
ALL_ALIKE = 1e-4  # 1 - chance below which a model tells no two pictures apart


def area(values: npt.ArrayLike, positions: npt.ArrayLike) -> Floats:
    """Return the area under curves (..., k) over positions (k,), as a share of their range.

    A curve that is 1 everywhere has area 1, whatever the range.
    """
    places = np.asarray(positions, np.float64)
    found = np.trapezoid(np.asarray(values, np.float64), places, axis=-1)
    return np.asarray(found / (places[-1] - places[0]))


def rescaled(areas: npt.ArrayLike, chance: float) -> Floats:
    """Return areas on a scale where chance is 0 and a full match is 1.

    A model for which all pictures are alike gets 0: that it answers the same for a picture and
    its turned twin is no merit where it answers the same for everything.
    """
    given = np.asarray(areas, np.float64)
    if 1 - chance < ALL_ALIKE:
        return np.zeros_like(given)
    return np.asarray((given - chance) / (1 - chance))


@dataclass(frozen=True, eq=False)
class InvarianceTrials:
    """What one layer of a model gave, picture by picture and level by level.

    Attributes:
        model: its name.
        fingerprint: of its weights and preprocessing.
        layer: `EMBEDDING`, or the layer whose feature map was averaged over the picture.
        ids: (n,), of the pictures.
        levels: (k,), of the factor, ascending.
        positions: (k,), where they stand on the axis that the area is taken over.
        cosines: (n, k), between the vector at a level and that of the untouched picture.
        chance: mean cosine between different untouched pictures.
        probabilities: (n, k), of the class predicted for the untouched picture; None where
            nobody answers.
        correct: (n, k), whether the prediction is the label; None where there are no labels.
        classes: how many there are to choose from.
        reader: who answers, or why nobody does.
    """

    model: str
    fingerprint: str
    layer: str
    ids: tuple[str, ...]
    levels: tuple[float, ...]
    positions: tuple[float, ...]
    cosines: npt.NDArray[np.float32]
    chance: float
    probabilities: npt.NDArray[np.float32] | None
    correct: npt.NDArray[np.bool_] | None
    classes: int
    reader: str

    def curve(self) -> "InvarianceCurve":
        """Return means over the pictures, with their intervals."""
        areas = area(self.cosines, self.positions)
        known = None if self.correct is None else self.correct.astype(np.float64)
        return InvarianceCurve(
            model=self.model,
            fingerprint=self.fingerprint,
            layer=self.layer,
            levels=self.levels,
            positions=self.positions,
            cosine=_estimates(self.cosines),
            probability=() if self.probabilities is None else _estimates(self.probabilities),
            accuracy=() if known is None else _proportions(known),
            chance=self.chance,
            area=mean_of(areas),
            rescaled=mean_of(rescaled(areas, self.chance)),
            accuracy_area=None if known is None else mean_of(area(known, self.positions)),
            classes=self.classes,
            reader=self.reader,
        )


def _estimates(values: npt.NDArray[np.float32]) -> tuple[Estimate, ...]:
    return tuple(mean_of(column) for column in values.T)


def _proportions(correct: Floats) -> tuple[Proportion, ...]:
    return tuple(proportion(int(column.sum()), len(column)) for column in correct.T)


@dataclass(frozen=True)
class InvarianceCurve:
    """One layer of a model over the levels of a factor: means over n pictures, 95 % intervals.

    Attributes:
        model, fingerprint, layer, levels, positions, chance, classes, reader: see
            `InvarianceTrials`.
        cosine: (k,), to the untouched picture.
        probability: (k,), of the class predicted for the untouched picture; empty where nobody
            answers.
        accuracy: (k,); empty where there are no labels.
        area: under the cosine, as a share of the range; 1 is fully invariant.
        rescaled: the same between chance (0) and full invariance (1).
        accuracy_area: under the accuracy: its mean over the levels' range.
    """

    model: str
    fingerprint: str
    layer: str
    levels: tuple[float, ...]
    positions: tuple[float, ...]
    cosine: tuple[Estimate, ...]
    probability: tuple[Estimate, ...]
    accuracy: tuple[Proportion, ...]
    chance: float
    area: Estimate
    rescaled: Estimate
    accuracy_area: Estimate | None
    classes: int
    reader: str

    @property
    def chance_accuracy(self) -> float:
        """Of guessing one of the classes; nan where there are none."""
        return 1 / self.classes if self.classes else math.nan


@dataclass(frozen=True)
class Invariance:
    """Several models, and perhaps their layers, under one factor.

    Attributes:
        factor: its name.
        unit: of its levels.
        identity: the level at which a picture is untouched.
        dataset: where the pictures come from.
        curves: one for each model and layer.
        trials: what stands behind them; empty where the curves ship without.
        stamp: where they come from; `model` names all models.
    """

    factor: str
    unit: str
    identity: float
    dataset: str
    curves: tuple[InvarianceCurve, ...]
    trials: tuple[InvarianceTrials, ...]
    stamp: Stamp

    @property
    def embeddings(self) -> tuple[InvarianceCurve, ...]:
        """The models' curves, without their layers."""
        return tuple(curve for curve in self.curves if curve.layer == EMBEDDING)

    def layers(self, model: str) -> tuple[InvarianceCurve, ...]:
        """Return a model's layers, shallow to deep, without the embedding."""
        return tuple(c for c in self.curves if c.model == model and c.layer != EMBEDDING)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per picture, model, layer and level, for a table."""
        return [
            {
                "factor": self.factor,
                "model": one.model,
                "layer": one.layer,
                "id": identity,
                "level": level,
                "cosine": float(one.cosines[row, column]),
                "probability": _cell(one.probabilities, row, column),
                "correct": _cell(one.correct, row, column),
            }
            for one in self.trials
            for row, identity in enumerate(one.ids)
            for column, level in enumerate(one.levels)
        ]


def _cell(values: npt.NDArray[Any] | None, row: int, column: int) -> float | None:
    return None if values is None else float(values[row, column])


@dataclass(frozen=True)
class LayerEquivariance:
    """One layer's map over the levels of a factor: means over n pictures, 95 % intervals.

    Attributes:
        model, layer: where.
        rows, columns: of its map.
        levels: (k,).
        standing: (k,), cosine to the clean map cell by cell, as the map stands.
        returned: (k,), the same after the map was moved back, over the cells that both have.
        pooled: (k,), cosine of the maps averaged over the picture: invariance.
        chance: mean cosine between the maps of different untouched pictures.
        area: under `returned`, as a share of the range; 1 is fully equivariant.
        rescaled: the same between chance (0) and full equivariance (1).
    """

    model: str
    layer: str
    rows: int
    columns: int
    levels: tuple[float, ...]
    standing: tuple[Estimate, ...]
    returned: tuple[Estimate, ...]
    pooled: tuple[Estimate, ...]
    chance: float
    area: Estimate
    rescaled: Estimate


@dataclass(frozen=True)
class Equivariance:
    """A model's layers, shallow to deep, under translation or rotation."""

    factor: str
    unit: str
    dataset: str
    layers: tuple[LayerEquivariance, ...]
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class ShiftMap:
    """One picture moved to each of k x k places.

    Attributes:
        offsets: (k,), in pixels of the network's input, to the right and downwards.
        cosines: (k, k), row by vertical and column by horizontal offset, to the unmoved picture.
        probabilities: (k, k), of the class predicted for the unmoved picture; None where nobody
            answers.
        predicted: that class.
        same: (k, k), whether it is still the prediction; None where nobody answers.
        side: of the network's input, in pixels.
        stride: pixels of the input behind one step of the last feature map; 1 without a network.
        stamp: where it comes from.
    """

    offsets: tuple[int, ...]
    cosines: npt.NDArray[np.float32]
    probabilities: npt.NDArray[np.float32] | None
    predicted: str
    same: npt.NDArray[np.bool_] | None
    side: int
    stride: int
    stamp: Stamp
