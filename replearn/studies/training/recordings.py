"""What did a run look like on the way? Its rounds one after another, to be played."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.encoders.lab import runs_folder
from replearn.results.rows.training import read_rows
from replearn.results.training import Recording
from replearn.studies.training.runs import all_runs
from replearn.training.live import MAPS_FILE, STEP, read_live

FOLDER = "recordings"
SHIPPED = ("supcon-0.1", "supcon-1")  # what two temperatures make of the page's first run
NAMED = ("dataset", "views", "side", "width", "batch", "epoch_pictures", "seed")


def recording(name: str) -> Recording:
    """Return a run's rounds; a name of `SHIPPED` is one that ships, all others are of the lab.

    Raises:
        InputError: there is no such run, or it has no round behind it yet.
    """
    shipped = name in SHIPPED
    folder = asset_path(FOLDER, name) if shipped else runs_folder() / Path(name).name
    known = shipped or name in all_runs()
    if not name or not known or not folder.is_dir():
        raise InputError(f"There is no run called {name!r}; start one, or choose another.")
    kept = read_live(folder / MAPS_FILE)
    if kept is None or "cosines" not in kept:
        raise InputError(f"{name} has no rounds to play yet; wait for its first, or train it anew.")
    by_step = {row.step: row for row in read_rows(folder)}
    rows = [by_step.get(int(step)) for step in kept["steps"]]
    recipe = _recipe(folder)
    return Recording(
        name=name,
        title=_title(name, recipe),
        settings=", ".join(f"{key} {recipe[key]}" for key in NAMED if key in recipe),
        rounds=np.array([_number(row.epoch if row else None) for row in rows]),
        losses=np.array([_number(row.loss if row else None) for row in rows]),
        knn=np.array([_number(row.knn if row else None) for row in rows]),
        tested=int(kept["tested"]),
        maps=kept["maps"].astype(np.float64),
        labels=kept["labels"],
        names=tuple(map(str, kept["names"])),
        cosines=kept["cosines"].astype(np.float64) * STEP,
        compared=kept["compared"],
    )


def recordings() -> list[str]:
    """Return the names of what can be played, those that ship first."""
    return [*SHIPPED, *(name for name in all_runs() if (runs_folder() / name / MAPS_FILE).exists())]


def _recipe(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / "recipe.json").read_text("utf-8"))
    except DAMAGED:  # cut off: the run can still be played
        return {}
    return found


def _title(name: str, recipe: dict[str, Any]) -> str:
    if "recipe" not in recipe:
        return name
    warm = recipe.get("temperature")
    return f"{recipe['recipe']}, temperature {warm:g}" if warm else str(recipe["recipe"])


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
