"""What one can watch while a run goes: the batch's similarities, and the map at every round."""

import os
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from replearn.core.damaged import DAMAGED
from replearn.core.in_place import put_in_place

ANCHORS = 24  # pairs shown in the similarity matrix
POINTS = 300  # pictures on the map
BATCH_FILE, MAPS_FILE = "batch.npz", "maps.npz"


class Live:
    """Writes the pictures of a run; each file is whole at any time.

    Args:
        folder: the run's.
        class_names: of the labels.
    """

    def __init__(self, folder: Path, class_names: tuple[str, ...]) -> None:
        self._folder, self._class_names = folder, class_names

    def batch(self, pair: tuple[Tensor, Tensor], labels: Tensor) -> None:
        """Write the cosines among the first pairs of a batch, (2m, 2m), sorted by label."""
        order = labels[:ANCHORS].argsort(stable=True)
        both = torch.cat([side[:ANCHORS][order.to(side.device)] for side in pair]).float()
        cosines = (both @ both.T).cpu().numpy()
        _write(self._folder / BATCH_FILE, cosines=cosines, labels=labels[:ANCHORS][order].numpy())

    def features(self, step: int, features: np.ndarray, labels: np.ndarray) -> None:
        """Add a map: principal components of unit vectors, turned to fit the map before."""
        shown = features[:POINTS].astype(np.float64)
        shown /= np.maximum(np.linalg.norm(shown, axis=1, keepdims=True), 1e-12)
        shown -= shown.mean(0)
        left, spread, _ = np.linalg.svd(shown, full_matrices=False)
        points = left[:, :2] * spread[:2]  # (points, 2)
        points /= max(np.abs(points).max(), 1e-12)
        steps, maps = [step], [points]
        before = read_live(self._folder / MAPS_FILE)
        if before is not None:
            kept = before["steps"] < step
            old = before["maps"][kept]
            if len(old):
                u, _, vt = np.linalg.svd(points.T @ old[-1])
                maps = [*old, points @ (u @ vt)]  # orthogonal Procrustes
                steps = [*before["steps"][kept], step]
        _write(
            self._folder / MAPS_FILE,
            steps=np.array(steps),
            maps=np.stack(maps),
            labels=labels[:POINTS],
            names=np.array(self._class_names, dtype=str),
        )


def _write(path: Path, **arrays: np.ndarray) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    put_in_place(part, path)


def read_live(path: Path) -> dict[str, np.ndarray] | None:
    """Return the arrays of a live file; None where there is none yet, or it is damaged."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)
    except DAMAGED:
        return None
