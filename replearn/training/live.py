"""What one can watch while a run goes: its batch's cosines, and map and cosines of each round."""

import os
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from replearn.core.damaged import DAMAGED
from replearn.core.in_place import put_in_place

ANCHORS = 24  # pairs shown in the similarity matrix
POINTS = 300  # pictures on the map
COMPARED = 32  # of them, in the matrix of every round
STEP = 1 / 127  # of a kept cosine: one byte each
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

    def round(self, step: int, vectors: np.ndarray, labels: np.ndarray) -> None:
        """Add a round: a map, and the cosines among some pictures, sorted by label.

        The map is the principal components of unit vectors, turned to fit the map before.

        Args:
            step: of the optimiser.
            vectors: unit vectors of the first pictures that are tested, (POINTS or fewer, d).
            labels: of all that are tested, (n,).
        """
        shown = vectors.astype(np.float64)
        compared = evenly_by_label(labels[:POINTS], COMPARED)
        cosines = np.rint(shown[compared] @ shown[compared].T / STEP).astype(np.int8)
        shown -= shown.mean(0)
        left, spread, _ = np.linalg.svd(shown, full_matrices=False)
        points = left[:, :2] * spread[:2]  # (points, 2)
        points /= max(np.abs(points).max(), 1e-12)
        steps, maps, matrices = [step], [points], [cosines]
        before = read_live(self._folder / MAPS_FILE)
        if before is not None and "cosines" in before:
            kept = before["steps"] < step
            old = before["maps"][kept]
            if len(old):
                u, _, vt = np.linalg.svd(points.T @ old[-1])
                maps = [*old, points @ (u @ vt)]  # orthogonal Procrustes
                steps = [*before["steps"][kept], step]
                matrices = [*before["cosines"][kept], cosines]
        _write(
            self._folder / MAPS_FILE,
            steps=np.array(steps),
            maps=np.stack(maps),
            labels=labels[:POINTS],
            names=np.array(self._class_names, dtype=str),
            cosines=np.stack(matrices),
            compared=compared,
            tested=np.array(int((labels >= 0).sum())),  # pictures behind the round's accuracies
        )


def evenly_by_label(labels: np.ndarray, count: int) -> np.ndarray:
    """Return which rows to take, sorted by label, every label as often as it is among them."""
    order = labels.argsort(kind="stable")
    rows: np.ndarray = order[np.linspace(0, len(order) - 1, min(count, len(order))).astype(int)]
    return rows


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
