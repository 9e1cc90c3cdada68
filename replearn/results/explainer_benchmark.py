"""What the benchmark of heat-map methods measures: a row per trial, and figures made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from replearn.core.statistics import Estimate, mean_of


@dataclass(frozen=True)
class MethodTrial:
    """One method on one picture.

    Attributes:
        model: its name.
        fingerprint: of its weights and preprocessing.
        dataset: where the picture comes from.
        seed: of the choice of pictures, of random orders and of shuffled weights.
        measure: an entry of `MEASURES`.
        method: an entry of `EXPLAINERS`, or "random order".
        item: a digest of the picture's id.
        value: in the measure's unit; nan where it isn't defined.
    """

    model: str
    fingerprint: str
    dataset: str
    seed: int
    measure: str
    method: str
    item: str
    value: float


@dataclass(frozen=True)
class MethodFigure:
    """One measure of one method over all its pictures."""

    model: str
    measure: str
    method: str
    figure: Estimate


# measure -> what the number is
MEASURES = {
    "grid pointing": "share of the positive map in the right cell of a 2 x 2 mosaic; chance 0.25",
    "grid pointing, finer": "the same, with the mosaic at twice the network's own side",
    "object": "share of the positive map on the object, in multiples of the object's area share",
    "object, finer": "the same, with the picture at twice the network's own side",
    "named object": "as for one object, for the named one of two",
    "named object, finer": "the same, with the picture at twice the network's own side",
    "deletion": "mean score while the picture is covered, 0 to 1; low is good",
    "insertion": "mean score while the picture is shown, 0 to 1; high is good",
    "random weights": "rank correlation with the upper half of the network shuffled; low is good",
    "milliseconds": "time of a map, on the machine of the run",
}


FINER = ", finer"  # ends the measures that are taken at twice the network's own side
RANDOM = "random order"  # stands beside the methods where a measure has a random control


def figures(trials: Sequence[MethodTrial]) -> list[MethodFigure]:
    """Return the means with their intervals, in the order of the trials."""
    groups: dict[tuple[str, str, str], list[float]] = {}
    for trial in trials:
        groups.setdefault((trial.model, trial.measure, trial.method), []).append(trial.value)
    return [MethodFigure(*key, mean_of(values)) for key, values in groups.items()]
