"""A way out for units that don't respond at all: their gradient is zero wherever one starts."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from torch import Tensor, nn

LEAK = 0.1


@contextmanager
def leaking(network: nn.Module, leak: float = LEAK) -> Iterator[None]:
    """Let gradients through closed rectifiers, in this thread alone; no value changes.

    Args:
        network: whose ReLU and ReLU6 leak.
        leak: the share of the gradient that passes.
    """
    owner = threading.get_ident()
    with ExitStack() as stack:
        for module in network.modules():
            if isinstance(module, nn.ReLU | nn.ReLU6):
                stack.enter_context(_leak_of(module, leak, owner))
        yield


@contextmanager
def _leak_of(module: nn.Module, leak: float, owner: int) -> Iterator[None]:
    given: list[Tensor] = []

    def before(_module: nn.Module, inputs: Any) -> Any:
        if threading.get_ident() != owner:
            return None
        given.append(inputs[0])
        return (inputs[0].clone(),)  # a rectifier may work in place

    def after(_module: nn.Module, _inputs: Any, output: Tensor) -> Tensor | None:
        if threading.get_ident() != owner:
            return None
        value = given.pop()
        return output + leak * (value - value.detach())

    handles = [module.register_forward_pre_hook(before), module.register_forward_hook(after)]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
