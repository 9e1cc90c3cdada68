"""Some steps of a recipe, for an experiment: nothing is written, nothing is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.training import configured
from replearn.training.loop import Loop
from replearn.training.recipes.method import ResnetMethod
from replearn.training.recipes.recipe import LabRecipe


def short_run(
    recipe: str, settings: Mapping[str, Any], steps: int, progress: Progress = silent
) -> Loop:
    """Train for some steps, the learning rate rising and falling over them; return the loop.

    Args:
        recipe: an entry of `RECIPES`.
        settings: of the recipe, `batch` among them.
        steps: of the optimiser.
        progress: told after every step; may raise `StoppedError`.

    Raises:
        InputError: a setting can't be used, or the recipe isn't one of the lab.
    """
    if not isinstance(configured(recipe, {}), LabRecipe):
        raise InputError(f"{recipe} can't be run for some steps; choose a recipe of the lab.")
    length = {"epochs": 1, "epoch_pictures": steps * int(settings["batch"])}
    chosen = configured(recipe, {**settings, **length})
    assert isinstance(chosen, LabRecipe)
    loop = chosen.loop(Path())  # the folder gets nothing: rows and checkpoints belong to `run`
    loop.steps(steps, progress)
    return loop


def projections(loop: Loop, count: int) -> np.ndarray:
    """Return the loss's unit vectors of test pictures, unaugmented, (count, d).

    Raises:
        InputError: the method has no projection.
    """
    if not isinstance(loop.method, ResnetMethod):
        raise InputError("Only the recipes on the small ResNet have a projection.")
    return loop.frozen.projections(loop.source.probe("test", count).pictures[0])
