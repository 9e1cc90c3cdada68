"""Recipes that train the models the project ships: a name and where its recipe stands."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.registry import nearest, resolve

RECIPES = {
    "supervised": "replearn.training.supervised:Supervised",
    "simclr": "replearn.training.simclr:SimClr",
    "supcon": "replearn.training.supcon:SupCon",
    "moco": "replearn.training.moco:MoCo",
    "simsiam": "replearn.training.simsiam:SimSiam",
    "clip": "replearn.training.clip:Clip",
    "siglip": "replearn.training.siglip:SigLip",
    "photo-clip": "replearn.training.photo_clip:PhotoClipRecipe",
}


class Recipe(Protocol):
    """A frozen dataclass of settings; its docstring says command, duration and expected score."""

    def fit(self, out: Path, progress: Progress) -> None:
        """Train, and write a checkpoint with its metrics into the folder `out`."""


def train(
    recipe: str, overrides: Mapping[str, str], out: Path, progress: Progress = silent
) -> Path:
    """Train by a recipe; return the folder that was written, `out/recipe`.

    Args:
        recipe: an entry of `RECIPES`.
        overrides: settings as text, e.g. {"seed": "1"}.
        out: the folder that gets a folder named after the recipe.
        progress: told as the work goes; may raise `StoppedError`.

    Raises:
        InputError: there is no such recipe or setting, or a value can't be read.
    """
    make = cast("type[Any]", resolve("recipe", recipe, RECIPES))
    fields = {field.name: field for field in dataclasses.fields(make)}
    settings = {}
    for name, text in overrides.items():
        if name not in fields:
            raise InputError(
                f"{recipe} has no setting {name!r}; it has {', '.join(fields)}."
                f"{nearest(name, fields)}"
            )
        settings[name] = _parsed(name, text, type(fields[name].default))
    chosen: Recipe = make(**settings)
    target = out / recipe
    target.mkdir(parents=True, exist_ok=True)
    chosen.fit(target, progress)
    return target


def _parsed(name: str, text: str, kind: type) -> str | int | float:
    try:
        value: str | int | float = kind(text)
    except ValueError as error:
        raise InputError(f"{name} is {text!r}; it must be a {kind.__name__}.") from error
    return value
