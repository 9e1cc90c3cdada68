"""What each replica does: it keeps the last networks compiled and runs them forward."""

from collections import OrderedDict
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.settings import from_environment
from replearn.encoders.engines import Array, Runner, choose_engine
from replearn.encoders.ray_serve.network import Network

KEPT = 16  # networks; a model that reads text has two


class Replica:
    """Lives in a process of its own, on one core.

    Args:
        engine: as `REPLEARN_ENGINE`.
        precision: as `REPLEARN_PRECISION`.
    """

    def __init__(self, engine: str, precision: str) -> None:
        self._engine = choose_engine(engine, precision, from_environment().cache_dir, threads=1)
        self._runners: OrderedDict[str, Runner] = OrderedDict()

    def run(self, network: Network, inputs: Array) -> npt.NDArray[np.float32]:
        """Return the network's outputs, (n, k)."""
        # what Ray hands over can't be written to, and torch wants what can
        return self._runner(network)(np.require(inputs, requirements="W"))

    def _runner(self, network: Network) -> Runner:
        if network.key not in self._runners:
            while len(self._runners) >= KEPT:
                self._runners.popitem(last=False)
            self._runners[network.key] = self._engine.compile(
                lambda: _fetched(network.module), network.example, network.free_axes, network.key
            )
        self._runners.move_to_end(network.key)
        return self._runners[network.key]


def _fetched(reference: Any) -> Any:
    import ray

    return ray.get(reference)
