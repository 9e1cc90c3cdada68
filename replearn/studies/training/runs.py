"""What happens while it learns? Runs in processes of their own, and what they have written."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replearn.core.errors import InputError
from replearn.core.processes import behind_others
from replearn.core.settings import TRAINING_IS_OFF, from_environment, writable_folder
from replearn.core.visitors.run_owners import claim, is_own, is_seen, is_shared, share
from replearn.core.visitors.visitor import visitor
from replearn.encoders.lab import runs_folder
from replearn.training import RECIPES, configured
from replearn.training.alive import FILE as PID_FILE
from replearn.training.alive import is_going
from replearn.training.loop import STOP_FILE

LOG = "log.txt"
_processes: dict[str, subprocess.Popen[bytes]] = {}


def start_run(recipe: str, name: str, settings: Mapping[str, Any]) -> None:
    """Start, or go on with, a run; it lives on when the page is closed.

    Raises:
        InputError: a setting or the name can't be used, another run is going, or there is no
            place to write.
    """
    must_be_allowed()
    configured(recipe, settings)
    if not name or Path(name).name != name or not name.strip("."):
        raise InputError("Give the run a name of letters, digits and dashes.")
    if writable_folder(from_environment().cache_dir) is None:
        raise InputError("There is no place to keep a run; start the app with --cache-dir FOLDER.")
    folder = runs_folder() / name
    if folder.exists() and not is_own(folder):
        raise InputError(f"There is a run called {name} already; give yours another name.")
    _must_be_free()
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        claim(folder)
    command = [sys.executable, "-m", "replearn", "train", recipe, "--name", name]
    command += ["--out", str(runs_folder())]
    if minutes := from_environment().minutes:
        command += ["--minutes", str(minutes)]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    root = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    # the page shares the cores with the run: threads that wait must not spin
    environment = {"OMP_WAIT_POLICY": "PASSIVE", **os.environ, "PYTHONPATH": paths}
    with (folder / LOG).open("wb") as log:
        _processes[name] = behind_others(
            command, stdout=subprocess.DEVNULL, stderr=log, env=environment
        )


def continue_run(name: str) -> None:
    """Go on with a run from its last round, with the settings that it was started with.

    Raises:
        InputError: there is no such run, its settings can't be read, or another run is going.
    """
    folder = _own_folder(name, "go on with")
    try:
        text = (folder / "recipe.json").read_text(encoding="utf-8")
        settings: dict[str, Any] = json.loads(text)
        made = settings.pop("recipe")
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"There is no run {name!r} to go on with; start one.") from error
    known = {place.rpartition(":")[2]: recipe for recipe, place in RECIPES.items()}
    if made not in known:
        raise InputError(f"The run {name} is of an unknown recipe {made!r}; start a new one.")
    start_run(known[made], name, settings)


def stop_run(name: str) -> None:
    """Ask a run to stop after its step; what its last round learnt is kept.

    Raises:
        InputError: others reach the page, and its owner didn't allow it, or the run isn't theirs.
    """
    must_be_allowed()
    folder = _own_folder(name, "stop")
    process = _processes.get(name)
    if process and process.poll() is None and not (folder / PID_FILE).exists():
        process.terminate()  # it is still importing: there is nothing to keep
    elif folder.is_dir():
        (folder / STOP_FILE).touch()


def sharing(name: str) -> bool | None:
    """Say whether others see a run; None where that isn't for who asks to say."""
    folder = runs_folder() / Path(name).name
    if not visitor() or not folder.is_dir() or not is_own(folder):
        return None
    return is_shared(folder)


def share_run(name: str, shared: bool) -> None:
    """Let all who reach the page watch a run and open its model, or its owner alone.

    Raises:
        InputError: there is no such run of the visitor's, or nothing can be written.
    """
    folder = _own_folder(name, "share")
    try:
        share(folder, shared)
    except OSError as error:
        raise InputError(f"The run {name} can't be changed ({error}); free some space.") from error


def _own_folder(name: str, what: str) -> Path:
    folder = runs_folder() / Path(name).name
    if not name or not folder.is_dir() or not is_own(folder):
        raise InputError(f"You have no run {name!r} to {what}; start one.")
    return folder


def _must_be_free() -> None:
    going = going_run()
    if going and is_seen(runs_folder() / going):
        raise InputError(f"The run {going} is still going; stop it first or let it finish.")
    if going:
        minutes = from_environment().minutes
        most = f", in {minutes} minutes at the most" if minutes else ""
        raise InputError(f"Another visitor trains; press again when that run is done{most}.")


def must_be_allowed() -> None:
    """Refuse to train for strangers, unless the page's owner lets them.

    Raises:
        InputError: others reach the page, and its owner didn't allow it.
    """
    if not from_environment().may_train:
        raise InputError(TRAINING_IS_OFF)


def going_run() -> str | None:
    """Return the name of the run that is going, whoever started it; None where none is."""
    for name, process in _processes.items():
        if process.poll() is None:
            return name
    return next((name for name in _begun() if is_going(runs_folder() / name)), None)


def all_runs() -> list[str]:
    """Return the names of the runs that who asks may watch, finished or not, newest first.

    Where strangers may not train, they see none: a run is its owner's.
    """
    if not from_environment().may_train:
        return []
    return [name for name in _begun() if is_seen(runs_folder() / name)]


def _begun() -> list[str]:
    begun = [path.parent for path in runs_folder().glob(f"*/{LOG}")]
    begun += [path.parent for path in runs_folder().glob("*/recipe.json")]
    return [path.name for path in sorted(set(begun), key=lambda path: -path.stat().st_mtime)]


def free_name(recipe: str) -> str:
    """Return a name that no run has yet: the recipe's, and a number."""
    taken = {path.name for path in runs_folder().glob(f"{recipe}-*")}
    number = 1
    while f"{recipe}-{number}" in taken:
        number += 1
    return f"{recipe}-{number}"


def ended_with(name: str) -> int | None:
    """Return the exit status of a run's process; None while it goes, or if it wasn't ours."""
    process = _processes.get(name)
    return process.poll() if process else None
