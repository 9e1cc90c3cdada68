"""All layers of a network at once: one forward pass, and the map of every block."""

from collections.abc import Sequence
from contextlib import ExitStack

import torch
from torch import Tensor

from replearn.encoders.tower import POOLED, ImageTower, as_map
from replearn.encoders.watched import watched
from replearn.explainers.layers import candidates

MOST = 8  # layers that a reader can follow from shallow to deep


def blocks(tower: ImageTower, pixels: Tensor, most: int = MOST) -> tuple[str, ...]:
    """Return the layers worth comparing, shallow to deep: the blocks, each once.

    A container whose output is that of its last block, and what stands inside a block, are left
    out; of more than `most`, as many are taken at even steps, the last among them.

    Args:
        tower: the network.
        pixels: (n, 3, h, w); one picture is enough.
        most: how many at the most.
    """
    seen: dict[str, Tensor] = {}
    with ExitStack() as stack, torch.no_grad():
        for name, module in candidates(tower):
            stack.enter_context(watched(module, lambda out, name=name: _note(seen, name, out)))  # type: ignore[misc]
        features = tower.features(pixels[:1].to(tower.device))
    if tower.spatial:
        seen.setdefault(POOLED, features)
    lying = {name: out for name, out in seen.items() if as_map(tower, out) is not None}
    own = [name for name, out in lying.items() if not _repeats(name, out, lying)]
    apart = [name for name in own if not any(name.startswith(f"{one}.") for one in own)]
    if len(apart) <= most:
        return tuple(apart)
    steps = [round(i * (len(apart) - 1) / (most - 1)) for i in range(most)]
    return tuple(apart[i] for i in steps)


def _note(seen: dict[str, Tensor], name: str, output: Tensor) -> None:
    seen[name] = output


def _repeats(name: str, output: Tensor, lying: dict[str, Tensor]) -> bool:
    """Say whether a layer merely hands on what another one has given before it."""
    for other, given in lying.items():
        if other == name:
            return False
        if given is output:
            return True
    return False


def feature_maps(tower: ImageTower, layers: Sequence[str], pixels: Tensor) -> dict[str, Tensor]:
    """Return the maps of several layers from one forward pass, (n, c, h, w) each.

    Args:
        tower: the network.
        layers: names that `blocks` gave.
        pixels: (n, 3, h, w).
    """
    seen: dict[str, Tensor] = {}
    with ExitStack() as stack, torch.inference_mode():
        for name in layers:
            if name != POOLED:
                module = tower.trunk.get_submodule(name)
                stack.enter_context(watched(module, lambda out, name=name: _note(seen, name, out)))  # type: ignore[misc]
        features = tower.features(pixels.to(tower.device))
    seen[POOLED] = features
    found = {}
    for name in layers:
        seen_as_map = as_map(tower, seen[name])
        assert seen_as_map is not None  # `blocks` has looked
        found[name] = seen_as_map
    return found
