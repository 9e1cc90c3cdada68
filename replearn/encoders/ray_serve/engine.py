"""The engine that asks replicas: what other engines compute here, they compute elsewhere."""

import logging
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import ReplearnError
from replearn.encoders.engines import Array, Engine, Runner
from replearn.encoders.ray_serve.network import Network

if TYPE_CHECKING:
    from torch import nn

TRIES = 4  # how often a question is asked whose replica dies
PATIENCE = 120.0  # seconds for one try; a replica that hangs is replaced within
log = logging.getLogger(__name__)


class RayServeEngine(Engine):
    """Sends a network once to each replica, and pixels or tokens each time.

    Args:
        handle: of the deployment of `Replica`.
        here: runs what can't be sent.
    """

    name = "Ray Serve"

    def __init__(self, handle: Any, here: Engine) -> None:
        self._handle = handle
        self._here = here

    def compile(
        self, build: Callable[[], "nn.Module"], example: Array, free_axes: frozenset[int], key: str
    ) -> Runner:
        """Lay the network where replicas fetch it from; each compiles it when it is first asked."""
        import ray

        module = build()
        try:
            reference = ray.put(module)
        except (TypeError, AttributeError, RuntimeError, pickle.PicklingError) as error:
            log.warning("A network can't be sent to replicas (%s); it runs here.", error)
            return self._here.compile(lambda: module, example, free_axes, key)
        network = Network(key, reference, example, free_axes)
        return lambda inputs: self._asked(network, inputs)

    def _asked(self, network: Network, inputs: Array) -> npt.NDArray[np.float32]:
        """Return a replica's answer; another's, where one dies before it has answered.

        Raises:
            ReplearnError: no replica answers.
        """
        from ray.exceptions import RayActorError, RayTaskError

        for _ in range(TRIES):
            try:
                answer = self._handle.run.remote(network, inputs).result(timeout_s=PATIENCE)
                return np.array(answer, np.float32)  # a copy: Ray's own can't be written to
            except RayActorError as error:
                log.warning("A replica died (%s); its question is asked again.", error)
            except TimeoutError:
                break
            except RayTaskError as error:
                raise error.cause from None  # the network's own error, as if it had run here
        raise ReplearnError(
            "The replicas that run the models don't answer; ask again in a minute, or start the "
            "page without --serve."
        )
