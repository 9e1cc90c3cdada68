"""Rows computed on a Ray cluster: every worker opens the data set and the model by name.

Ray is optional (requirements-scale.txt). The data set must lie where every worker finds it: a
folder belongs on a disk that they share.
"""

import functools
import logging
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from replearn.core.cluster import connected, need_ray
from replearn.core.errors import InputError, ReplearnError
from replearn.core.progress import Progress, batches, silent
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
    """Computes rows of a data set under a model, on the cluster that `ray.init` finds.

    That is the one of `RAY_ADDRESS`, one that is connected already, or this computer's cores.

    Raises:
        InputError: Ray isn't installed.
    """

    work: Work
    catalogue: Catalogue

    def __post_init__(self) -> None:
        need_ray("--engine")

    def __call__(self, positions: Sequence[int], progress: Progress) -> Iterator[Block]:
        """Yield the rows at `positions`, in whatever order they come.

        Raises:
            ReplearnError: a worker can't do it; its own sentence is kept.
            StoppedError: `progress` stopped the work.
        """
        with connected():
            done = 0
            progress(done, len(positions), "pictures embedded")
            for row in self._tasks(positions).iter_rows():
                found = pickle.loads(row["found"])
                if isinstance(found, ReplearnError):
                    raise found
                yield from found
                done += sum(len(block.keys) + len(block.unreadable) for block in found)
                progress(done, len(positions), "pictures embedded")

    def _tasks(self, positions: Sequence[int]) -> Any:
        import ray.data

        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        tasks = [{"rows": some} for some in batches(positions, TASK)]
        workers = min(len(tasks), max(1, int(ray.cluster_resources().get("CPU", 1))))
        return ray.data.from_items(tasks, override_num_blocks=len(tasks)).map_batches(
            _Worker,
            fn_constructor_args=(self.work,),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=workers),
            num_cpus=1,
        )


class _Worker:
    """Lives in a process of its own and keeps its model open."""

    def __init__(self, work: Work) -> None:
        self._work = work

    @functools.cached_property
    def _rows(self) -> LocalRows:
        work = self._work
        dataset, encoder = load_dataset(work.dataset), load_model(work.model)
        if (dataset.fingerprint(), encoder.fingerprint) != (work.data, work.weights):
            raise InputError(
                f"A worker finds another version of {work.dataset} or {work.model}; give every "
                "computer the same files."
            )
        return LocalRows(dataset, encoder, catalogue_of(dataset))

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        found: list[Block] | ReplearnError
        try:
            found = [block for rows in batch["rows"] for block in self._rows(rows.tolist(), silent)]
        except ReplearnError as error:
            found = error  # its sentence would be lost in Ray's own error
        return {"found": np.array([pickle.dumps(found)], object)}
