"""Pictures that fool a network: a small or large change after which it says what we want.

Projected gradient descent (Madry et al. 2018, https://arxiv.org/abs/1706.06083); from noise these
are the fooling pictures of Nguyen et al. 2015 (https://arxiv.org/abs/1412.1897).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.encoders.tower import ImageTower

GREY_LEVELS = 255


@dataclass(frozen=True)
class FoolingSettings:
    """How far and how fast.

    Attributes:
        epsilon: the largest change of any value, in grey levels of 255.
        step: of the sign of the gradient, in grey levels.
        steps: at most.
        enough: the value at which it ends.
        levels: how many a file keeps: 255 of 8 bits, 65535 of 16.
    """

    epsilon: float = 255.0
    step: float = 1.0
    steps: int = 100
    enough: float = math.log(0.99)
    levels: int = GREY_LEVELS


@dataclass(frozen=True, eq=False)
class FoolingStep:
    """Where it is.

    Attributes:
        done: steps that were made.
        picture: (1, 3, h, w), from 0 to 1, rounded to grey levels as a file keeps them.
        value: of the rounded picture.
    """

    done: int
    picture: Tensor
    value: float


def fooling(
    tower: ImageTower,
    rising: Callable[[Tensor], Tensor],
    picture: Tensor,
    settings: FoolingSettings,
    normalise: Callable[[Tensor], Tensor],
    progress: Progress = silent,
) -> Iterator[FoolingStep]:
    """Yield the picture as it is, and after every step, until a value is high enough.

    The same steps as Captum's `robust.PGD` makes, which keeps no track of them, doesn't end when it
    is enough, and leaves pictures that no file keeps.

    Args:
        tower: the network; left as it is.
        rising: from outputs (n, k) to a value, (n,), such as the log of a class's probability.
        picture: (1, 3, h, w), from 0 to 1.
        settings: how.
        normalise: from a picture between 0 and 1 to what the network wants.
        progress: told before each step; may raise `StoppedError`.
    """
    reach, step = settings.epsilon / GREY_LEVELS, settings.step / GREY_LEVELS
    lowest, highest = (picture - reach).clamp(0, 1), (picture + reach).clamp(0, 1)
    changed = picture.clone()
    for done in range(settings.steps + 1):
        progress(done, settings.steps, "steps")
        rounded = as_grey_levels(changed, lowest, highest, settings.levels)
        with torch.inference_mode():
            value = float(rising(tower(normalise(rounded.to(tower.device))))[0])
        yield FoolingStep(done, rounded, value)
        if value >= settings.enough or done == settings.steps:
            return
        with torch.enable_grad():
            leaf = changed.detach().clone().requires_grad_(True)
            risen = rising(tower(normalise(leaf.to(tower.device)))).sum()
            (gradient,) = torch.autograd.grad(risen, leaf)
        changed = (changed + step * gradient.sign()).clamp(lowest, highest)


def as_grey_levels(
    picture: Tensor, lowest: Tensor, highest: Tensor, levels: int = GREY_LEVELS
) -> Tensor:
    """Round to what a file keeps, without leaving the range that is allowed."""
    rounded = (picture * levels).round()
    # a thousandth of a grey level: what single precision makes of whole ones
    within = rounded.clamp((lowest * levels - 1e-3).ceil(), (highest * levels + 1e-3).floor())
    return within / levels
