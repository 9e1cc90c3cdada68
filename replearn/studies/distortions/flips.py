"""At which level does a prediction first flip?"""

from collections.abc import Sequence

from replearn.core.statistics import mean_of, proportion
from replearn.results.distortions import Flips, Trial


def flips(trials: Sequence[Trial]) -> Flips:
    """Count over the pictures of one model and distortion.

    Args:
        trials: rows whose first level is the clean picture, levels in order.
    """
    answers: dict[str, list[tuple[float, str]]] = {}
    for trial in trials:
        answers.setdefault(trial.id, []).append((trial.level, trial.prediction))
    first = [
        next((level for level, answer in each if answer != each[0][1]), None)
        for each in answers.values()
    ]
    found = [level for level in first if level is not None]
    return Flips(mean_of(found), proportion(len(found), len(answers)))
