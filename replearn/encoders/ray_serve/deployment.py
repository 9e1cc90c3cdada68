"""Replicas deployed: on the cluster that `RAY_ADDRESS` names, or on this computer."""

import contextlib
import logging
from collections.abc import Iterator

from replearn.core.cluster import connected, missing, need_ray
from replearn.core.settings import Settings
from replearn.encoders.engines import Engine, choose_engine
from replearn.encoders.ray_serve.engine import RayServeEngine
from replearn.encoders.ray_serve.replica import Replica

APPLICATION = "replearn"
WAITING = 2  # questions that lie at a replica: it answers one while the next arrives


@contextlib.contextmanager
def deployed(settings: Settings) -> Iterator[Engine]:
    """Yield an engine whose networks run on replicas.

    On a cluster of this process's own they end with it. On one that `RAY_ADDRESS` names they stay,
    for the next start or another page; `serve shutdown` ends them.

    Args:
        settings: how many replicas, and the engine and precision of each.

    Raises:
        InputError: Ray isn't installed, or its cluster can't be reached.
    """
    need_ray("--serve")
    with connected(settings.replicas):
        try:
            from ray import serve
        except ImportError as error:  # Ray without the part that serves
            raise missing("--serve") from error
        logging.getLogger("ray.serve").setLevel(logging.ERROR)
        silent = {"log_level": "ERROR", "enable_access_log": False}
        # nobody but this page asks: no port for HTTP
        serve.start(proxy_location="Disabled", logging_config=silent)
        application = serve.deployment(
            Replica,
            name="Replica",
            num_replicas=settings.replicas,
            max_ongoing_requests=WAITING,
            ray_actor_options={"num_cpus": 1, "num_gpus": int(settings.engine == "cuda")},
            health_check_period_s=5,
            health_check_timeout_s=20,
            logging_config=silent,
        ).bind(settings.engine, settings.precision)
        handle = serve.run(application, name=APPLICATION, route_prefix=None)
        here = choose_engine("auto", settings.precision, settings.cache_dir)
        yield RayServeEngine(handle, here)
