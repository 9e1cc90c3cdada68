"""Data-parallel training under torchrun: who we are, and gathering with gradients."""

import os

import torch
from torch import Tensor, nn


def start() -> None:
    """Join the group that torchrun describes; nothing without one."""
    if "RANK" in os.environ and not torch.distributed.is_initialized():
        backend = "nccl" if torch.cuda.is_available() else "gloo"
        torch.distributed.init_process_group(backend)


def rank() -> int:
    """Return this process's number, 0 where it is alone."""
    return torch.distributed.get_rank() if torch.distributed.is_initialized() else 0


def world_size() -> int:
    """Return how many processes train together."""
    return torch.distributed.get_world_size() if torch.distributed.is_initialized() else 1


def gathered(rows: Tensor) -> Tensor:
    """Return the rows of every process, (world * n, ...), in order; gradients flow back to each.

    Every process then computes the same loss over the global batch. Each gets the gradient of that
    loss `world` times, summed over processes; `average_gradients` divides it again.
    """
    if world_size() == 1:
        return rows
    if not rows.requires_grad:
        parts = [torch.empty_like(rows) for _ in range(world_size())]
        torch.distributed.all_gather(parts, rows.contiguous())
        return torch.cat(parts)
    from torch.distributed.nn.functional import all_gather

    return torch.cat(all_gather(rows.contiguous()))  # type: ignore[no-untyped-call]


def average_gradients(module: nn.Module) -> None:
    """Replace every gradient by its mean over the processes."""
    if world_size() == 1:
        return
    for parameter in module.parameters():
        if parameter.grad is not None:
            torch.distributed.all_reduce(parameter.grad)
            parameter.grad /= world_size()


def broadcast_parameters(module: nn.Module) -> None:
    """Give every process the weights of the first."""
    if world_size() > 1:
        for value in module.state_dict().values():
            torch.distributed.broadcast(value, 0)
