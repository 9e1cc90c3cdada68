"""Where the page's networks run: in its own process, or on replicas."""

import contextlib
from collections.abc import Iterator

from replearn.core.settings import Settings

OWN = 2  # questions that the page's own process works on at once


@contextlib.contextmanager
def networks_running(settings: Settings) -> Iterator[None]:
    """Have the networks of all models run where the settings say.

    Raises:
        InputError: Ray isn't installed, or its cluster can't be reached.
    """
    if settings.serve is None:
        yield
        return
    from replearn.encoders.engines import running_on
    from replearn.encoders.ray_serve.deployment import deployed

    print(f"Starting {settings.replicas} replicas of the models on Ray ...", flush=True)
    with deployed(settings) as engine, running_on(engine):
        yield


def at_once(settings: Settings) -> int:
    """Return how many questions are worked on at once; replicas take the networks' part."""
    return OWN if settings.serve is None else OWN + settings.replicas
