"""How far is a run, and how good is it? Its files, read while they grow."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError
from replearn.encoders.lab import SHIPPED, runs_folder
from replearn.results.rows.training import read_rows
from replearn.results.training import Row, RunState
from replearn.studies.training.runs import LOG, all_runs, ended_with, going_run
from replearn.training.live import BATCH_FILE, MAPS_FILE, read_live
from replearn.training.recipes.run_recipe import UNREADABLE

STOPPED = {130, -15}  # exit statuses of a run that was asked to stop, or ended before it began


def run_state(name: str) -> RunState:
    """Return how far a run is; a shipped model of the lab counts as a finished run.

    Raises:
        InputError: there is no such run.
    """
    folder = asset_path(name) if name in SHIPPED else runs_folder() / Path(name).name
    known = name in SHIPPED or name in all_runs()
    if not name or not known or not folder.is_dir():
        raise InputError(f"There is no run called {name!r}; start one.")
    rows = tuple(read_rows(folder))
    state, said = _state(name, folder, rows)
    batch, maps = read_live(folder / BATCH_FILE), read_live(folder / MAPS_FILE)
    none = np.empty(0, np.int64)
    labels = batch["labels"] if batch else none
    return RunState(
        name=name,
        state=state,
        said=said,
        rows=rows,
        cosines=batch["cosines"] if batch else None,
        cosine_labels=labels,
        positives=_positives(folder, labels),
        map_steps=maps["steps"] if maps else none,
        maps=maps["maps"] if maps else np.empty((0, 0, 2)),
        map_labels=maps["labels"] if maps else none,
        map_names=tuple(map(str, maps.get("names", ()))) if maps else (),
        unreadable=_unreadable(folder),
    )


def _positives(folder: Path, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which views the loss draws together: the partner, and with SupCon all of a class."""
    views = 2 * len(labels)
    partner = np.roll(np.eye(views, dtype=bool), len(labels), axis=1)
    recipe = folder / "recipe.json"
    try:
        of_classes = json.loads(recipe.read_text("utf-8"))["recipe"] == "SupCon"
    except DAMAGED:  # there is none yet, or it is cut off
        of_classes = False
    if not of_classes:
        return partner
    both = np.concatenate([labels, labels])
    alike = (both[:, None] == both) & (both >= 0)
    np.fill_diagonal(alike, val=False)
    found: npt.NDArray[np.bool_] = alike | partner
    return found


def _unreadable(folder: Path) -> tuple[str, ...]:
    path = folder / UNREADABLE
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()


def _state(name: str, folder: Path, rows: tuple[Row, ...]) -> tuple[str, str]:
    if name in SHIPPED:
        return "finished", f"Shipped; its card is in assets/{name}. Train one to see more."
    if going_run() == name:
        return "running", _progress(rows)
    ended = ended_with(name)
    if (ended is None or ended in STOPPED) and not (folder / "time.json").exists():
        return "stopped", "Stopped; “continue” goes on from the last round."
    if ended not in {0, None, *STOPPED}:
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "failed", lines[-1] if lines else "The run ended without a word."
    return "finished", f"Finished; it is in the list of models as run:{name}."


def _progress(rows: tuple[Row, ...]) -> str:
    if not rows:
        return "Opening the data and the network."
    last = rows[-1]
    return (
        f"Round {last.epoch:.1f}, step {last.step:,}, {last.pictures_per_second:,.0f} views a "
        "second."
    )
