"""What the studies of distortions return: rows, and what is counted from them."""

from dataclasses import dataclass

from replearn.core.statistics import Estimate, Proportion


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
