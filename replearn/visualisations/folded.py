"""A network with its batch normalisations folded into the convolutions before them.

In evaluation a normalisation is a scale and a shift for each channel, which the convolution before
it can give by itself. Where a pass goes there and back for one picture the normalisations take a
third of the time, for they read and write every map (`python -m benchmarks.dreams`).
"""

import copy
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from replearn.encoders.tower import ImageTower
from replearn.visualisations.objectives import AS_IT_IS

CLOSE = 1e-3  # relative; what is further from the network itself isn't that network

# of a network that can't be folded, or isn't the same then: None
_KEPT: WeakKeyDictionary[ImageTower, "Folded | None"] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Folded:
    """A folded copy of a network.

    Attributes:
        tower: gives the outputs of the network that it was made from.
        changed: the layers, by their names in the trunk, that give something else, or are gone.
    """

    tower: ImageTower
    changed: frozenset[str]


def folded(tower: ImageTower, reads: Sequence[str], side: int) -> ImageTower:
    """Return the folded copy of a network, or the network itself where that isn't the same.

    Args:
        tower: in evaluation.
        reads: the layers that will be looked at.
        side: of its input, in pixels.
    """
    if tower not in _KEPT:
        # a large network without any isn't copied
        made = _folded(tower) if any(_pairs(tower.trunk)) else None
        _KEPT[tower] = made if made is not None and _alike(tower, made.tower, side) else None
    found = _KEPT[tower]
    looked_at = {name.removeprefix(AS_IT_IS) for name in reads}
    return tower if found is None or found.changed & looked_at else found.tower


def _folded(tower: ImageTower) -> Folded:
    copied = copy.deepcopy(tower)
    changed: set[str] = set()
    for place, (before, conv), (name, norm) in list(_pairs(copied.trunk)):
        parent = copied.trunk.get_submodule(place)
        setattr(parent, before, fuse_conv_bn_eval(conv, norm))
        # timm's have their activation inside
        inside = (getattr(norm, "drop", None), getattr(norm, "act", None))
        setattr(parent, name, nn.Sequential(*(part for part in inside if part is not None)))
        path = f"{place}." if place else ""
        changed |= {path + before, *(f"{path}{name}.{part}" for part, _ in norm.named_modules())}
    return Folded(copied.to(memory_format=torch.channels_last), frozenset(changed))


def _pairs(
    trunk: nn.Module,
) -> Iterator[tuple[str, tuple[str, nn.Conv2d], tuple[str, nn.BatchNorm2d]]]:
    """Yield where they stand, a convolution and the normalisation registered right after it."""
    for place, parent in trunk.named_modules():
        children = list(parent.named_children())
        for (before, conv), (name, norm) in itertools.pairwise(children):
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                yield place, (before, conv), (name, norm)


def _alike(tower: ImageTower, made: ImageTower, side: int) -> bool:
    """Say whether it answers like the network: what is registered in a row needn't run in it."""
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(1, 3, side, side, generator=generator).to(tower.device)
    with torch.inference_mode():
        true, ours = tower.features(noise), made.features(noise)
    return bool((true - ours).abs().max() < CLOSE * true.abs().max())
