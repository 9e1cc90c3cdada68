"""What happens while it learns? Runs in processes of their own, and what they have written."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from replearn.core.errors import InputError
from replearn.core.lab_results import Row, RunState
from replearn.core.settings import from_environment, writable_folder
from replearn.encoders.lab import runs_folder
from replearn.training import configured
from replearn.training.live import BATCH_FILE, MAPS_FILE, read_live
from replearn.training.loop import STOP_FILE
from replearn.training.rows import read_rows

LOG = "log.txt"
_processes: dict[str, subprocess.Popen[bytes]] = {}


def start_run(recipe: str, name: str, settings: Mapping[str, Any]) -> None:
    """Start, or go on with, a run; it lives on when the page is closed.

    Raises:
        InputError: a setting or the name can't be used, another run is going, or there is no
            place to write.
    """
    configured(recipe, settings)
    if not name or Path(name).name != name or not name.strip("."):
        raise InputError("Give the run a name of letters, digits and dashes.")
    if writable_folder(from_environment().cache_dir) is None:
        raise InputError("There is no place to keep a run; start the app with --cache-dir FOLDER.")
    going = [other for other, process in _processes.items() if process.poll() is None]
    if going:
        raise InputError(f"The run {going[0]} is still going; stop it first or let it finish.")
    folder = runs_folder() / name
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "replearn", "train", recipe, "--name", name]
    command += ["--out", str(runs_folder())]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    with (folder / LOG).open("wb") as log:
        _processes[name] = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=log, env={**os.environ, "PYTHONPATH": paths}
        )


def stop_run(name: str) -> None:
    """Ask a run to stop after its step; what its last round learnt is kept."""
    folder = runs_folder() / Path(name).name
    if folder.is_dir():
        (folder / STOP_FILE).touch()


def run_state(name: str) -> RunState:
    """Return how far a run is.

    Raises:
        InputError: there is no such run.
    """
    folder = runs_folder() / Path(name).name
    if not name or not folder.is_dir():
        raise InputError(f"There is no run called {name!r}; start one.")
    rows = tuple(read_rows(folder))
    state, said = _state(name, folder, rows)
    batch, maps = read_live(folder / BATCH_FILE), read_live(folder / MAPS_FILE)
    none = np.empty(0, np.int64)
    return RunState(
        name=name,
        state=state,
        said=said,
        rows=rows,
        cosines=batch["cosines"] if batch else None,
        cosine_labels=batch["labels"] if batch else none,
        map_steps=maps["steps"] if maps else none,
        maps=maps["maps"] if maps else np.empty((0, 0, 2)),
        map_labels=maps["labels"] if maps else none,
    )


def _state(name: str, folder: Path, rows: tuple[Row, ...]) -> tuple[str, str]:
    process = _processes.get(name)
    ended = process.poll() if process else None
    if process and ended is None:
        if not rows:
            return "running", "Opening the data and the network."
        last = rows[-1]
        return "running", (
            f"Round {last.epoch:.1f}, step {last.step:,}, {last.pictures_per_second:,.0f} views "
            "a second."
        )
    if ended in {130, None} and not (folder / "time.json").exists():
        return "stopped", "Stopped; the same settings and name go on from the last round."
    if ended not in {0, None}:
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "failed", lines[-1] if lines else "The run ended without a word."
    return "finished", f"Finished; it is in the list of models as run:{name}."
