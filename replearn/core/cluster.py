"""The Ray cluster that this process works on: the one that `RAY_ADDRESS` names, or its own.

Ray is optional (requirements-scale.txt). One's own is reached from this computer alone.
"""

import contextlib
import importlib.util
import os
import secrets
import socket
from collections.abc import Iterator
from typing import Any

from replearn.core.errors import InputError
from replearn.core.registry import nearest

# what a cluster of one's own reads when it starts
_OWN = {
    "RAY_USAGE_STATS_ENABLED": "0",  # it would look for a network
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # its ports lie on 127.0.0.1, not on the network
    "RAY_worker_niceness": "0",  # visitors wait for its workers
}


ENGINES = ("local", "ray")
STARTS = 3  # how often a start is tried
_SILENT: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}


def need_ray(option: str) -> None:
    """Make sure that Ray can be imported.

    Args:
        option: what asked for it.

    Raises:
        InputError: Ray isn't installed.
    """
    if importlib.util.find_spec("ray") is None:
        raise missing(option)


def check_engine(engine: str) -> None:
    """Make sure that work can be shared out as it is wanted: locally, or on Ray.

    Raises:
        InputError: there is no such engine, or Ray isn't installed.
    """
    if engine not in ENGINES:
        names = " or ".join(ENGINES)
        raise InputError(
            f"There is no engine {engine!r}; choose {names}.{nearest(engine, ENGINES)}"
        )
    if engine == "ray":
        need_ray("--engine")


def missing(option: str) -> InputError:
    """Return what is said where Ray, or a part of it, isn't installed."""
    return InputError(
        f"Ray isn't installed; run pip install -r requirements-scale.txt, or leave {option} out."
    )


@contextlib.contextmanager
def connected(processors: int | None = None) -> Iterator[None]:
    """Stay connected to the cluster; one that was started for this is ended afterwards.

    Args:
        processors: how many tasks a cluster of one's own runs at once; None takes the cores.

    Raises:
        InputError: the cluster that `RAY_ADDRESS` names can't be joined, or none can be started.
    """
    own = not os.environ.get("RAY_ADDRESS")
    if own:
        # nobody who hasn't this token is answered at the ports of its processes
        for name, value in {**_OWN, "RAY_AUTH_TOKEN": secrets.token_hex(32)}.items():
            os.environ.setdefault(name, value)
    import ray  # reads most of these when it is imported

    if ray.is_initialized():
        yield
        return
    if own:
        _start(processors)
    else:
        _join()
    try:
        yield
    finally:
        ray.shutdown()


def _join() -> None:
    address = os.environ["RAY_ADDRESS"]
    host, _, port = address.rpartition(":")
    try:
        if host and port.isdigit() and "/" not in host:  # Ray would look for it for minutes
            socket.create_connection((host, int(port)), 10).close()
        import ray

        ray.init(**_SILENT)
    except OSError as error:
        raise InputError(
            f"The Ray cluster at {address} can't be joined ({error.__cause__ or error}); start it, "
            "or set RAY_ADDRESS anew."
        ) from error


def _start(processors: int | None) -> None:
    import ray

    for left in reversed(range(STARTS)):
        try:
            ray.init("local", num_cpus=processors, include_dashboard=False, **_SILENT)
            return
        except Exception as error:  # it raises just that where a busy computer takes half a minute
            ray.shutdown()
            if not left:
                raise InputError(f"Ray can't be started: {error}") from error
