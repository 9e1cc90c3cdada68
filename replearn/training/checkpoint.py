"""A run's checkpoint on disk: written whole or not at all, read with weights alone."""

import pickle
from pathlib import Path
from typing import Any

import torch

from replearn.core.damaged import DAMAGED
from replearn.core.errors import InputError, TrainingError
from replearn.core.in_place import put_in_place

CHECKPOINT = "checkpoint.pt"
_UNREADABLE = "{} can't be read as a checkpoint; remove it to start anew."


def write_checkpoint(folder: Path, state: dict[str, Any]) -> None:
    """Write what a run goes on from.

    Raises:
        TrainingError: the disk is full; the last checkpoint stays.
    """
    part = folder / f"{CHECKPOINT}.part"
    try:
        torch.save(state, part)
        put_in_place(part, folder / CHECKPOINT)
    except (OSError, RuntimeError) as error:
        part.unlink(missing_ok=True)
        raise TrainingError(
            f"The checkpoint can't be written to {folder} ({error}); free some space and "
            "start the same command again: it goes on from the last one."
        ) from error


def read_checkpoint(folder: Path, settings: str, device: str) -> dict[str, Any]:
    """Read what `write_checkpoint` wrote.

    Args:
        folder: of the run.
        settings: the recipe as text, which the checkpoint must be of.
        device: where its tensors go.

    Raises:
        InputError: it is of other settings; nothing is changed.
        TrainingError: it can't be read.
    """
    path = folder / CHECKPOINT
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        of_others = str(state["settings"]) != settings
        missing = {"method", "optimizer", "epochs"} - state.keys()
    except (*DAMAGED, pickle.UnpicklingError) as error:
        raise TrainingError(_UNREADABLE.format(path)) from error
    if missing:
        raise TrainingError(_UNREADABLE.format(path))
    if of_others:
        raise InputError(
            f"{folder} holds a run with other settings; choose another --out or name, or "
            "remove the folder."
        )
    return state
