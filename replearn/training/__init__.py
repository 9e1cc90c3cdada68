"""Recipes that train the models the project ships: a name and where its recipe stands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from replearn.core.configured import configured as settings_of
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import resolve
from replearn.encoders.lab import runs_folder

RECIPES = {
    "supervised": "replearn.training.recipes.supervised:Supervised",
    "bagnet": "replearn.training.recipes.bagnet:BagNet",
    "simclr": "replearn.training.recipes.simclr:SimClr",
    "supcon": "replearn.training.recipes.supcon:SupCon",
    "moco": "replearn.training.recipes.moco:MoCo",
    "simsiam": "replearn.training.recipes.simsiam:SimSiam",
    "clip": "replearn.training.recipes.clip:Clip",
    "siglip": "replearn.training.recipes.siglip:SigLip",
    "lit": "replearn.training.photo_clip.lit:Lit",
    "photo-clip": "replearn.training.photo_clip.recipe:PhotoClipRecipe",
    "decoder": "replearn.training.decoder.recipe:DecoderRecipe",
    "sae": "replearn.training.sparse_autoencoder.recipe:SaeRecipe",
}
# they learn from what another model gives: the page has no knobs for them
ON_OTHER_MODELS = ("photo-clip", "sae", "decoder")


class Recipe(Protocol):
    """A frozen dataclass of settings; its docstring says command, duration and expected score."""

    def fit(self, out: Path, progress: Progress) -> None:
        """Train, and write a checkpoint with its metrics into the folder `out`."""


def train(
    recipe: str,
    out: Path | None = None,
    name: str | None = None,
    progress: Progress = silent,
    **overrides: Any,
) -> Path:
    """Train by a recipe; return the folder that was written, `out/name`.

    A run that was cut off goes on where its last checkpoint is, if it is asked for with the same
    settings. Without `out` it is kept with a user's own runs and opens as `run:NAME`.

    Args:
        recipe: an entry of `RECIPES`.
        out: the folder that gets the run's folder; None takes the cache folder's runs.
        name: of the run's folder; None takes the recipe's name.
        progress: told as the work goes; may raise `StoppedError`.
        overrides: settings of the recipe, as values or as text.

    Raises:
        InputError: there is no such recipe or setting, or a value can't be read.
        TrainingError: the run can't go on; the message says what is kept.

    Example:
        >>> train("supcon", dataset="shapes", epochs=4, seed=1)
    """
    chosen = configured(recipe, overrides)
    called = name or recipe
    if not called.strip(".") or Path(called).name != called:
        raise InputError(f"A run can't be called {called!r}; use letters, digits and dashes.")
    target = (out or runs_folder()) / called
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target} can't be made ({error}); choose another --out.") from error
    chosen.fit(target, progress)
    return target


def configured(recipe: str, overrides: Mapping[str, Any]) -> Recipe:
    """Return a recipe with some of its settings changed.

    Raises:
        InputError: there is no such recipe or setting, or a value can't be read.
    """
    make = resolve("recipe", recipe, RECIPES)
    chosen: Recipe = settings_of(recipe, make, overrides)
    return chosen
