"""Whose a run is: where others reach the page, visitors see their own and what is shared."""

import json
from pathlib import Path

from replearn.core.damaged import DAMAGED
from replearn.core.settings import from_environment
from replearn.core.visitors.visitor import visitor

FILE = "owner.json"


def claim(folder: Path) -> None:
    """Write into a run's folder that it is the visitor's who asks; the computer's own need none."""
    who = visitor()
    if who:
        _write(folder, who, shared=False)


def is_own(folder: Path) -> bool:
    """Say whether who asks may stop a run, go on with it and share it."""
    who = visitor()
    return who is None or _read(folder)[0] == who


def is_seen(folder: Path) -> bool:
    """Say whether who asks may watch a run and open its model.

    A model that the launch names (`--models run:NAME`) is for all.
    """
    return is_own(folder) or is_shared(folder)


def is_shared(folder: Path) -> bool:
    """Say whether a run is for all who reach the page."""
    return _read(folder)[1] or f"run:{folder.name}" in from_environment().models


def share(folder: Path, shared: bool) -> None:
    """Let all who reach the page see a run, or its owner alone."""
    _write(folder, _read(folder)[0], shared)


def _read(folder: Path) -> tuple[str | None, bool]:
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return found["owner"], bool(found["shared"])
    except DAMAGED:  # there is none: it is the computer's own user's
        return None, False


def _write(folder: Path, owner: str | None, shared: bool) -> None:
    text = json.dumps({"owner": owner, "shared": shared})
    (folder / FILE).write_text(text, encoding="utf-8")
