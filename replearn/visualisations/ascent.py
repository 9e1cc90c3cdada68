"""Gradient ascent from nothing to a picture that a network answers strongly."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from replearn.core.progress import Progress, silent
from replearn.core.visitors.precedence import QUESTIONS
from replearn.encoders.tower import ImageTower
from replearn.visualisations.leaking import leaking
from replearn.visualisations.objectives import Objective, seen_by
from replearn.visualisations.parametrisations import Parametrisation
from replearn.visualisations.wobble import Wobble


@dataclass(frozen=True)
class AscentSettings:
    """How the climb goes.

    Attributes:
        steps: of Adam.
        rate: its step size.
        wobble: how pictures are moved before each look; None looks at them as they are.
        sides: the pictures' side in pixels, from first to last; each for as many steps.
        every: steps between two pictures that are shown, beside the first and the last.
    """

    steps: int = 192
    rate: float = 0.05
    wobble: Wobble | None = field(default_factory=Wobble)
    sides: tuple[int, ...] = (224,)
    every: int = 1

    def shows(self, done: int) -> bool:
        """Say whether the picture after so many steps is shown."""
        return done in (1, self.steps) or done % self.every == 0


@dataclass(frozen=True, eq=False)
class Standing:
    """All that a climb needs to go on as if it had never stopped.

    Attributes:
        done: steps that were made.
        made: the pictures' numbers.
        adam: the optimiser's state.
        draws: the state of the generator.
    """

    done: int
    made: Parametrisation
    adam: dict[str, Any]
    draws: Tensor


@dataclass(frozen=True, eq=False)
class AscentStep:
    """Where a climb is.

    Attributes:
        done: steps that were made.
        pictures: (n, 3, side, side), from 0 to 1, as they are; without gradient.
        values: (n,), the objective of what the network looked at in the last step.
        standing: to go on from.
    """

    done: int
    pictures: Tensor
    values: Tensor
    standing: Standing


def ascend(
    tower: ImageTower,
    objective: Objective,
    start: Parametrisation | Standing,
    settings: AscentSettings,
    normalise: Callable[[Tensor], Tensor],
    generator: torch.Generator,
    progress: Progress = silent,
) -> Iterator[AscentStep]:
    """Yield the first picture, the last, and those that the settings ask for between.

    Args:
        tower: the network; left as it is, without a gradient of its own.
        objective: what rises.
        start: pictures to begin with, of the first of the settings' sides; or where a climb with
            the same settings stood, to go on from.
        settings: how.
        normalise: from pictures between 0 and 1 to what the network wants, at its size.
        generator: of the draws; where a climb goes on, it is set to where it was.
        progress: told before each step; may raise `StoppedError`.
    """
    stood = start if isinstance(start, Standing) else None
    if stood is not None:
        generator.set_state(stood.draws)
    made = start.made.copied(generator) if isinstance(start, Standing) else start
    begin = 0 if stood is None else stood.done
    for number, side in enumerate(settings.sides):
        first, last = (
            round(settings.steps * part / len(settings.sides)) for part in (number, number + 1)
        )
        if last <= begin:
            continue
        if side != made.side:
            made = made.enlarged(side)
        adam = torch.optim.Adam([made.leaf], lr=settings.rate)
        if stood is not None and first < begin:
            adam.load_state_dict(copy.deepcopy(stood.adam))
        for step in range(max(first, begin), last):
            progress(step, settings.steps, "steps")
            QUESTIONS.let_pass()
            values = _climb(tower, objective, made, settings.wobble, normalise, generator)
            adam.step()
            made.hold()
            if settings.shows(step + 1):
                with torch.no_grad():
                    pictures = made.pictures().clone()  # of plain pixels it is the leaf itself
                standing = Standing(
                    step + 1,
                    made.copied(generator),
                    copy.deepcopy(adam.state_dict()),
                    generator.get_state(),
                )
                yield AscentStep(step + 1, pictures, values, standing)


def _climb(
    tower: ImageTower,
    objective: Objective,
    made: Parametrisation,
    wobble: Wobble | None,
    normalise: Callable[[Tensor], Tensor],
    generator: torch.Generator,
) -> Tensor:
    """Set the leaf's gradient for one step; return the objective's values, (n,)."""
    with torch.enable_grad():
        pictures = made.pictures()
        moved = wobble(pictures, generator) if wobble else pictures
        pixels = normalise(moved.to(tower.device)).contiguous(memory_format=torch.channels_last)
        values, back = _downhill(tower, objective, pixels)
        if not bool(back.any()):  # a unit that doesn't respond to anything near
            with leaking(tower):
                values, back = _downhill(tower, objective, pixels)
        (made.leaf.grad,) = torch.autograd.grad(pixels, made.leaf, back)
    return values


def _downhill(tower: ImageTower, objective: Objective, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Return the objective's values, (n,), and the gradient of their fall by the pixels.

    The network's pass is a graph of its own, so that it is freed as the gradient comes back; by
    hand, so that no parameter of the network is given a gradient.
    """
    leaf = pixels.detach().requires_grad_(True)
    values = objective.value(seen_by(tower, leaf, objective.reads))
    (back,) = torch.autograd.grad(-values.sum(), leaf)
    return values.detach(), back
