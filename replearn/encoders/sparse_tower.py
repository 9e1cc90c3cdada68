"""A network with a dictionary on top: the latents of a sparse autoencoder over the picture."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from replearn.encoders.small.sparse_autoencoder import Features
from replearn.encoders.tower import POOLED, ImageTower, TokenGrid
from replearn.encoders.watched import watched

WHOLE = TokenGrid(0, 1, 1)  # a vector is one token, which sees all of the picture


class Vector(nn.Module):
    """A network's unit vector as one token: pixels to (n, 1, width)."""

    def __init__(self, tower: ImageTower) -> None:
        super().__init__()
        self.tower = tower

    def at(self, pixels: Tensor) -> Tensor:
        """Return (n, 1, width)."""
        return functional.normalize(self.tower(pixels), dim=1)[:, None]


class Cells(nn.Module):
    """What a layer gives at each place: tokens (n, t, width), or cells (n, rows, columns, width).

    Args:
        tower: the network.
        layer: a module of its trunk, or `POOLED`.
    """

    def __init__(self, tower: ImageTower, layer: str) -> None:
        super().__init__()
        self.tower, self.layer = tower, layer

    def at(self, pixels: Tensor) -> Tensor:
        """Return the layer's output, its channels last."""
        kept: list[Tensor] = []
        if self.layer == POOLED:
            kept.append(self.tower.features(pixels))
        else:
            with watched(self.tower.trunk.get_submodule(self.layer), kept.append):
                self.tower.features(pixels)
        found = kept[-1]
        return found.permute(0, 2, 3, 1) if found.ndim == 4 else found


class _OnTop(nn.Module):
    """Latents at each place, as the layer's own output lies: (n, t, d) or (n, d, rows, columns)."""

    def __init__(self, places: "Vector | Cells", features: Features) -> None:
        super().__init__()
        self.places, self.features = places, features

    def forward(self, pixels: Tensor) -> Tensor:
        latents = self.features.of(self.places.at(pixels))
        return latents.permute(0, 3, 1, 2) if latents.ndim == 4 else latents


class _Trunk(nn.Module):
    """The one layer that is shown; those of the network below are the network's own."""

    def __init__(self, features: _OnTop) -> None:
        super().__init__()
        self.features = features

    def forward(self, pixels: Tensor) -> Tensor:
        found: Tensor = self.features(pixels)
        return found


class _Highest(nn.Module):
    """The highest of each latent over the picture, (n, d)."""

    def __init__(self, tokens: TokenGrid | None) -> None:
        super().__init__()
        self.tokens = tokens

    def forward(self, latents: Tensor) -> Tensor:
        if self.tokens is None:
            return latents.amax((2, 3))
        return latents[:, self.tokens.prefix :].amax(1)


def places_of(tower: ImageTower, layer: str) -> Vector | Cells:
    """Return what a dictionary is learnt on: a network's vector, or a layer's cells or tokens.

    Args:
        tower: the network; one that ends in its vector, where no layer is named.
        layer: a module of its trunk or `POOLED`; nothing takes the vector.
    """
    return Cells(tower, layer) if layer else Vector(tower)


def sparse_tower(tower: ImageTower, layer: str, features: Features) -> ImageTower:
    """Return a network whose last and only layer is a dictionary's latents.

    Args:
        tower: the network below, as `places_of` takes it.
        layer: where the dictionary stands; nothing is the vector.
        features: the dictionary's encoder.
    """
    tokens = tower.tokens if layer else WHOLE
    trunk = _Trunk(_OnTop(places_of(tower, layer), features)).eval().requires_grad_(False)
    return ImageTower(trunk, _Highest(tokens), tokens is None, None, tokens)


@torch.inference_mode()
def at_places(places: Vector | Cells, pixels: Tensor, tokens: TokenGrid | None) -> Tensor:
    """Return what a batch of pictures gives at each place, (n * places, width).

    Args:
        places: of `places_of`.
        pixels: (n, 3, h, w).
        tokens: how the network's tokens lie, where it is a transformer; the prefix is left out.
    """
    found = places.at(pixels.to(places.tower.device))
    if isinstance(places, Cells) and tokens is not None:
        found = found[:, tokens.prefix :]
    return found.flatten(0, -2)
