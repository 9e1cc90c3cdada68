"""Rows computed on a Ray cluster: every worker opens the data set and the model by name.

Ray is optional (requirements-scale.txt). The data set must lie where every worker finds it: a
folder belongs on a disk that they share.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.core.progress import Progress, batches, silent
from replearn.core.ray_tasks import found_by_workers
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.store.block import Block, Catalogue, catalogue_of
from replearn.store.local_rows import LocalRows

TASK = 256  # pictures that a worker takes at a time


@dataclass(frozen=True)
class Work:
    """What a worker must find: the same data and the same model as here."""

    dataset: str
    data: str  # the data set's fingerprint
    model: str
    weights: str  # the model's fingerprint


@dataclass(frozen=True, eq=False)
class RayRows:
    """Computes rows of a data set under a model, on the cluster that `found_by_workers` finds."""

    work: Work
    catalogue: Catalogue

    def __call__(self, positions: Sequence[int], progress: Progress) -> Iterator[Block]:
        """Yield the rows at `positions`, in whatever order they come.

        Raises:
            ReplearnError: a worker can't do it; its own sentence is kept.
            StoppedError: `progress` stopped the work.
        """
        done = 0
        progress(done, len(positions), "pictures embedded")
        tasks = batches(positions, TASK)
        for found in found_by_workers(functools.partial(_opened, self.work), list(tasks)):
            yield from found
            done += sum(len(block.keys) + len(block.unreadable) for block in found)
            progress(done, len(positions), "pictures embedded")


def _opened(work: Work) -> Callable[[list[int]], list[Block]]:
    dataset, encoder = load_dataset(work.dataset), load_model(work.model)
    if (dataset.fingerprint(), encoder.fingerprint) != (work.data, work.weights):
        raise InputError(
            f"A worker finds another version of {work.dataset} or {work.model}; give every "
            "computer the same files."
        )
    rows = LocalRows(dataset, encoder, catalogue_of(dataset))
    return lambda positions: list(rows(positions, silent))
