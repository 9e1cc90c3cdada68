"""Seeing, and perhaps replacing, what a part of a network gives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn


@contextmanager
def watched(module: nn.Module, change: Callable[[Tensor], Tensor | None]) -> Iterator[None]:
    """Let `change` see, and perhaps replace, a module's output, in this thread alone.

    Other threads may run the same module meanwhile: theirs is neither seen nor changed.
    """
    owner = threading.get_ident()

    def hook(_module: nn.Module, _inputs: Any, output: Any) -> Tensor | None:
        if threading.get_ident() != owner or not isinstance(output, Tensor):
            return None
        return change(output)

    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()
