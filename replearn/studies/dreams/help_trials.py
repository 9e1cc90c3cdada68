"""Which helps help? The share of class pictures that a network that didn't make them recognises."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.encoders.registry import load_model
from replearn.results.dreams import HelpTrial, HelpTrials
from replearn.studies.dreams.dream_choice import (
    FREQUENCIES,
    GROWING,
    MAGNITUDES,
    WOBBLE,
    DreamChoice,
)
from replearn.studies.dreams.judges import judges_of
from replearn.studies.dreams.visualise import visualise

LADDER: tuple[tuple[str, ...], ...] = (
    (),
    (WOBBLE,),
    (WOBBLE, FREQUENCIES),
    (WOBBLE, FREQUENCIES, GROWING),
    (WOBBLE, MAGNITUDES, GROWING),
)
TOP = 5


def help_trials(
    model: str = "imagenet", classes: int = 20, units: int = 20, progress: Progress = silent
) -> HelpTrials:
    """Draw classes in several ways and ask a judge: some ten minutes on two cores.

    Args:
        model: a network with a head that has an independent judge.
        classes: how many, drawn at random.
        units: of the last layer but one, drawn at random.
        progress: told before each picture.
    """
    from replearn.studies.answering.layers import layers_worth_showing, units_of

    judge, encoder = judges_of(model)[0], load_model(model)
    rng = np.random.default_rng(0)
    chosen = rng.choice(len(encoder.class_names), classes, replace=False)
    total, rows = classes * len(LADDER) + units, []
    for number, helps in enumerate(LADDER):
        found = []
        for at, index in enumerate(chosen):
            progress(number * classes + at, total, "pictures drawn")
            drawn = visualise(f"#{index}", model, choice=DreamChoice(helps))
            found.append({one.network: one for one in drawn.judges})
        ranks = [one[judge].rank for one in found]
        own = float(np.mean([one[model].probability for one in found]))
        rows.append(
            HelpTrial(helps, sum(r == 1 for r in ranks), sum(r <= TOP for r in ranks), own, classes)
        )
    layer = layers_worth_showing(model)[-2]
    count = units_of(model, layer)
    ratios = []
    for at, unit in enumerate(rng.choice(count, units, replace=False)):
        progress(total - units + at, total, "pictures drawn")
        dream = visualise(model=model, layer=layer, unit=int(unit))
        best = dream.best_real or float("nan")
        ratios.append(round(dream.score / best, 3))
    return HelpTrials(model, judge, tuple(rows), tuple(ratios), layer, DreamChoice().steps, 0)


def trials_path(model: str = "imagenet") -> Path:
    """Return where the trials that ship lie."""
    return asset_path("dreams", model, "helps.json")


def write_help_trials(found: HelpTrials) -> None:
    """Write trials to the assets."""
    path = trials_path(found.model)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")


def shipped_help_trials(model: str = "imagenet") -> HelpTrials | None:
    """Return the trials that ship for a model; None where none do."""
    path = trials_path(model)
    if not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(HelpTrial(**{**row, "helps": tuple(row["helps"])}) for row in told.pop("rows"))
    ratios = tuple(told.pop("unit_ratios"))
    return HelpTrials(**told, rows=rows, unit_ratios=ratios)
