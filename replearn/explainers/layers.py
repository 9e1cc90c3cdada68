"""Layers of a network by name: which there are, what they give, and with which gradient."""

from contextlib import ExitStack
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from replearn.core.errors import CapabilityError, InputError
from replearn.core.registry import nearest
from replearn.encoders.tower import POOLED, ImageTower, as_map
from replearn.encoders.watched import watched
from replearn.explainers.base import Score


@dataclass(frozen=True)
class Layer:
    """A place in a network whose output lies over the picture.

    Attributes:
        name: as `tower.trunk.named_modules` says, or `POOLED`.
        channels, rows, columns: of its output, as a map.
    """

    name: str
    channels: int
    rows: int
    columns: int

    def __str__(self) -> str:
        return f"{self.name} ({self.channels} x {self.rows} x {self.columns})"


@dataclass(frozen=True, eq=False)
class Tapped:
    """What a layer gave, and how the score changes with it.

    Attributes:
        layer: its name.
        activations: (n, c, h, w), without gradient.
        gradients: (n, c, h, w).
    """

    layer: str
    activations: Tensor
    gradients: Tensor


def layers(tower: ImageTower, pixels: Tensor) -> tuple[Layer, ...]:
    """Return the layers whose output lies over the picture, shallow to deep.

    Args:
        tower: the network.
        pixels: (n, 3, h, w); one picture is enough.
    """
    found: dict[str, Layer] = {}

    def note(name: str, output: Tensor) -> None:
        seen = as_map(tower, output)
        if seen is not None:
            found[name] = Layer(name, *seen.shape[1:])

    with ExitStack() as stack, torch.no_grad():
        for name, module in candidates(tower):
            stack.enter_context(watched(module, lambda out, name=name: note(name, out)))  # type: ignore[misc]
        features = tower.features(pixels[:1].to(tower.device))
    if tower.spatial:
        note(POOLED, features)
    return tuple(found.values())


def candidates(tower: ImageTower) -> list[tuple[str, nn.Module]]:
    """Blocks and stages; what is inside a block (one convolution, one norm) is left out."""
    return [
        (name, module)
        for name, module in tower.trunk.named_modules()
        if name
        and any(module.children())
        and not isinstance(module, nn.MultiheadAttention)
        and "norm" not in type(module).__name__.lower()
        and not any(part in name for part in (".attn", ".mlp", ".bn", "patch_embed.backbone."))
    ]


def usual_layer(tower: ImageTower, pixels: Tensor) -> str:
    """Return the layer that a CAM method looks at where none is named.

    The map that is pooled; in a transformer that reads the class token the last block whose
    patches still reach it: the last but one.

    Raises:
        CapabilityError: the network has no such layer.
    """
    if tower.spatial:
        return POOLED
    blocks = [layer.name for layer in layers(tower, pixels) if layer.name[-1].isdigit()]
    if len(blocks) < 2:
        raise CapabilityError(
            "This network has no layer whose output lies over the picture; choose occlusion or "
            "rise, which work with every model."
        )
    return blocks[-2]


def _module(tower: ImageTower, name: str, pixels: Tensor) -> nn.Module:
    known = [layer.name for layer in layers(tower, pixels)]
    if name not in known:
        raise InputError(
            f"This model has no layer {name!r} that lies over the picture; it has "
            f"{', '.join(known)}.{nearest(name, known)}"
        )
    return tower.trunk.get_submodule(name)


def activations(tower: ImageTower, layer: str, pixels: Tensor) -> Tensor:
    """Return what a layer gives, (n, c, h, w).

    Raises:
        InputError: there is no such layer.
    """
    kept: list[Tensor] = []
    with torch.no_grad():
        if layer == POOLED:
            return tower.features(pixels)
        with watched(_module(tower, layer, pixels), kept.append):
            tower(pixels)
    seen = as_map(tower, kept[-1])
    assert seen is not None  # _module has looked
    return seen


def tapped(tower: ImageTower, layer: str, pixels: Tensor, score: Score) -> Tapped:
    """Return a layer's output and the score's gradient there.

    Args:
        tower: the network.
        layer: a name of `layers`; empty takes `usual_layer`.
        pixels: (n, 3, h, w), on the network's device.
        score: what is explained.

    Raises:
        InputError: there is no such layer.
        CapabilityError: the network has no usual layer, or the gradient is zero everywhere.
    """
    name = layer or usual_layer(tower, pixels)
    leaves: list[Tensor] = []

    def cut(output: Tensor) -> Tensor:
        leaves.append(output.detach().clone().requires_grad_(True))
        return leaves[-1]

    if name == POOLED:
        with torch.no_grad():
            features = tower.features(pixels)
        with torch.enable_grad():
            outputs = tower.head(cut(features))
    else:
        with torch.enable_grad(), watched(_module(tower, name, pixels), cut):
            outputs = tower(pixels)
    with torch.enable_grad():
        (gradient,) = torch.autograd.grad(score(outputs).sum(), leaves[-1], allow_unused=True)
    gradients = None if gradient is None else as_map(tower, gradient)
    if gradients is None or not bool(gradients.abs().sum() > 0):
        raise CapabilityError(
            f"The score's gradient at {name} is zero everywhere: what it says of the patches "
            "doesn't reach the answer. Choose another layer, or occlusion."
        )
    seen = as_map(tower, leaves[-1].detach())
    assert seen is not None  # its gradient has the same shape
    return Tapped(name, seen, gradients)
