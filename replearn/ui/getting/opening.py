"""Opening a model on a thread of its own: the page says how long it takes and stays alive."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextvars import copy_context
from time import monotonic

from replearn.encoders.base import Encoder
from replearn.encoders.lab import model_folder
from replearn.encoders.names import canonical
from replearn.encoders.registry import load_model

SAID_EVERY = 1.0  # seconds
_pool = ThreadPoolExecutor(2, thread_name_prefix="opening")
_under_way: dict[str, "Future[Encoder]"] = {}
_lock = threading.Lock()


def opening(name: str) -> Iterator[str]:
    """Open a model; yield a sentence for each second that it takes.

    Raises:
        ReplearnError: it can't be opened.
    """
    model_folder(canonical(name))  # else one could wait for another visitor's
    with _lock:  # two visitors wait for one opening
        future = _under_way.get(name)
        if future is None:
            future = _under_way[name] = _pool.submit(copy_context().run, load_model, name)
            future.add_done_callback(lambda _: _under_way.pop(name, None))
    began = monotonic()
    while True:
        try:
            future.result(SAID_EVERY)
            return
        except NotYet:
            if future.done():
                raise
            yield f"Opening {name}: {monotonic() - began:.0f} s so far."
