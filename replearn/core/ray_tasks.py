"""Rows shared out to workers of a Ray cluster by Ray Data; what each finds comes back."""

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from replearn.core.cluster import connected
from replearn.core.errors import ReplearnError

Work = Callable[[list[int]], Any]  # rows -> what is found for them


def found_by_workers(make: Callable[[], Work], tasks: Sequence[Sequence[int]]) -> Iterator[Any]:
    """Yield what is found for each task, in whatever order it comes.

    The cluster is that of `RAY_ADDRESS`, one that is connected already, or this computer's cores.

    Args:
        make: makes the work in a worker's process, where it is called once; it must be picklable.
        tasks: rows that a worker takes at a time.

    Raises:
        ReplearnError: a worker can't do it; its own sentence is kept.
    """
    if not tasks:
        return
    with connected():
        import ray.data

        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        items = [{"rows": list(some)} for some in tasks]
        workers = min(len(items), max(1, int(ray.cluster_resources().get("CPU", 1))))
        found = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
            _Worker,
            fn_constructor_args=(make,),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=workers),
            num_cpus=1,
        )
        for row in found.iter_rows():
            one = pickle.loads(row["found"])
            if isinstance(one, ReplearnError):
                raise one
            yield one


class _Worker:
    """Lives in a process of its own and keeps what its work opened."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._make = make
        self._work: Work | None = None

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        found: list[Any] = []
        for rows in batch["rows"]:
            try:
                self._work = self._work or self._make()
                found.append(self._work(rows.tolist()))
            except ReplearnError as error:
                found.append(error)  # its sentence would be lost in Ray's own error
        packed = np.empty(len(found), object)
        packed[:] = [pickle.dumps(one) for one in found]
        return {"found": packed}
