"""The attention of every block of a transformer, computed so that it has a gradient."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.core.errors import CapabilityError
from replearn.encoders.tower import ImageTower, TokenGrid


def attentions(tower: ImageTower, name: str, pixels: Tensor) -> tuple[list[Tensor], Tensor]:
    """Run the network; return each block's attention (n, heads, t, t) and the outputs (n, k).

    Under `torch.enable_grad` the attentions are in the graph of the outputs.

    Raises:
        CapabilityError: the network isn't a transformer whose attention can be read.
    """
    modules = [module for module in tower.trunk.modules() if _is_attention(module)]
    if tower.tokens is None or not modules:
        raise CapabilityError(
            f"{name} has no attention to show: it isn't a transformer. shapes-clip and OpenCLIP's "
            "ViTs are; or choose grad-cam."
        )
    found: list[Tensor] = []
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(_replaced(module, found))
        if not torch.is_grad_enabled():
            outputs = tower(pixels)
        else:  # parameters have no gradient here, so the graph must begin at the pixels
            outputs = tower(pixels.detach().clone().requires_grad_(True))
    return found, outputs


def token_grid(tower: ImageTower) -> TokenGrid:
    """Return how the tokens lie, where `attentions` has found a transformer."""
    assert tower.tokens is not None
    return tower.tokens


def _is_attention(module: nn.Module) -> bool:
    if isinstance(module, nn.MultiheadAttention):
        return True
    return all(hasattr(module, part) for part in ("qkv", "proj", "num_heads", "q_norm", "scale"))


@contextmanager
def _replaced(module: nn.Module, found: list[Tensor]) -> Iterator[None]:
    """Compute a module's output anew, through an attention that is kept, in this thread alone."""
    owner = threading.get_ident()

    def hook(_module: nn.Module, inputs: tuple[Any, ...], output: Any) -> Any:
        if threading.get_ident() != owner:
            return None
        attention, again = _attended(module, inputs[0])
        found.append(attention)
        return (again, None) if isinstance(output, tuple) else again

    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def _attended(module: Any, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Return attention (n, heads, t, t) and output, from tokens as the module gets them."""
    torchs = isinstance(module, nn.MultiheadAttention)
    flipped = torchs and not module.batch_first
    x = tokens.transpose(0, 1) if flipped else tokens  # (n, t, d)
    weight = module.in_proj_weight if torchs else module.qkv.weight
    bias = module.in_proj_bias if torchs else module.qkv.bias
    joined = F.linear(x, weight, bias)  # (n, t, 3 d)
    heads = joined.reshape(*x.shape[:2], 3, module.num_heads, -1).permute(2, 0, 3, 1, 4)
    q, k, v = heads.unbind(0)  # (n, heads, t, d / heads)
    if not torchs:
        q, k = module.q_norm(q), module.k_norm(k)
    attention = (q @ k.transpose(2, 3) / q.shape[-1] ** 0.5).softmax(-1)
    mixed = (attention @ v).transpose(1, 2).flatten(2)
    out = module.out_proj(mixed) if torchs else module.proj(mixed)
    return attention, out.transpose(0, 1) if flipped else out
