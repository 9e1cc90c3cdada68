"""What would the network like to see? A picture for a class, a text or a unit."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.results.dreams import Dream
from replearn.results.stamp import Stamp
from replearn.studies.answering.opened_network import (
    OpenedNetwork,
    as_picture,
    as_tensor,
    opened,
)
from replearn.studies.dreams.aims import Aim
from replearn.studies.dreams.dream_choice import (
    FREQUENCIES,
    GROWING,
    MAGNITUDES,
    WOBBLE,
    DreamChoice,
)
from replearn.studies.dreams.judges import judgements
from replearn.studies.dreams.kept_statistics import statistics
from replearn.studies.dreams.paused import Paused
from replearn.studies.dreams.priors.known import opened_prior
from replearn.studies.dreams.real_responses import real_responses
from replearn.studies.dreams.targets import Target

if TYPE_CHECKING:
    import torch

    from replearn.visualisations.ascent import AscentSettings
    from replearn.visualisations.objectives import Objective
    from replearn.visualisations.parametrisations import Parametrisation

KEPT_STEPS = 24  # pictures of an animation
GROWTH = (0.43, 0.57, 0.79, 1.0)  # of the network's side: 96, 128, 177, 224


def visualise(
    target: str | Aim = "",
    model: str = "imagenet",
    *,
    against: str = "",
    layer: str = "",
    unit: int | None = None,
    choice: DreamChoice | None = None,
    progress: Progress = silent,
) -> Dream:
    """Make a picture that a network answers strongly, by gradient ascent.

    Olah, Mordvintsev and Schubert 2017 (https://distill.pub/2017/feature-visualization).

    Args:
        target: a class of the model's head, by name or as "#281", or any text for a model that
            reads text; or an `Aim`: a head, a direction between pictures, a sum.
        model: the network.
        against: another class or text, whose score is taken off.
        layer: with `unit`: of that unit; left out, the last.
        unit: a channel of a layer, instead of a target.
        choice: helps, steps, seed, how many, and a learnt prior.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: there is no such model, class, layer, unit, help or prior.
        ModelError: the prior's files can't be read, or are of other weights.
        CapabilityError: the model has no gradient, or neither classes nor reads text.

    Example:
        >>> found = visualise("balloon", "imagenet")
        >>> found.image.save("balloon.png"), found.judges
    """
    growing = visualise_growing(
        target, model, against=against, layer=layer, unit=unit, choice=choice, progress=progress
    )
    return deque(growing, maxlen=1)[0]


def visualise_growing(
    target: str | Aim = "",
    model: str = "imagenet",
    *,
    against: str = "",
    layer: str = "",
    unit: int | None = None,
    choice: DreamChoice | None = None,
    every: int = 8,
    progress: Progress = silent,
) -> Iterator[Dream]:
    """Yield the picture after every few steps; only the last one has been judged.

    Args:
        target, model, against, layer, unit, choice, progress: as `visualise` has them.
        every: steps between two pictures; the first comes after one.
    """
    aim = _aim(target, against, layer, unit)
    return drawn((aim, model, choice or DreamChoice()), None, every, progress)


def _aim(target: str | Aim, against: str, layer: str, unit: int | None) -> Aim:
    """Return what is asked for as one aim.

    Raises:
        InputError: both or neither of a target and a unit are asked for.
    """
    if not isinstance(target, str):
        if unit is not None:
            raise InputError("Ask for an aim or for a unit, not for both at once.")
        return target - Aim.text(against) if against.strip() else target
    if unit is not None:
        if target.strip():
            raise InputError("Ask for a class or for a unit, not for both at once.")
        return Aim.unit(unit, layer)
    return Aim.text(target, against)


def drawn(
    what: tuple[Aim, str, DreamChoice], paused: Paused | None, every: int, progress: Progress
) -> Iterator[Dream]:
    """Yield an aim, for a model, drawn as a choice says, anew or from where it was paused.

    Args:
        what: aim, model and choice.
        paused: where it stood, or None.
        every: steps between two pictures; the first comes after one.
        progress: told before each step; may raise `StoppedError`.
    """
    import torch

    from replearn.visualisations.ascent import ascend

    start = time.perf_counter() - (paused.seconds if paused else 0)
    aim, model, asked = what
    network = opened(model)
    wanted = aim.target(network)
    generator = torch.Generator().manual_seed(asked.seed)
    begun, sides = started(network, asked, generator)
    objective = _spread(wanted, asked.count)
    climb = ascend(
        network.climbed(objective),
        objective,
        paused.climb if paused else begun,
        ascent_settings(asked, sides, every),
        network.normalise,
        generator,
        progress,
    )
    kept = list(paused.steps) if paused else [as_picture(begun.pictures()[0])]
    for step in climb:
        last = step.done == asked.steps
        images = tuple(as_picture(one) for one in step.pictures)
        kept.append(images[0])
        found = Dream(
            image=images[0],
            images=images,
            steps=_some(kept),
            target=wanted.name,
            score=float(step.values[0]),
            done=step.done,
            total=asked.steps,
            best_real=None,
            judges=(),
            stamp=_stamp(network, wanted, asked, start),
        )
        if last:
            yield _finished(found, network, wanted, start)
        else:
            seconds = time.perf_counter() - start
            standing = Paused(aim, model, asked, tuple(kept), seconds, step.standing)
            yield replace(found, standing=standing)


def ascent_settings(asked: DreamChoice, sides: tuple[int, ...], every: int) -> "AscentSettings":
    """Return how a picture climbs through the sides, shown after every few steps."""
    from replearn.visualisations.ascent import AscentSettings
    from replearn.visualisations.wobble import Wobble

    wobble = Wobble() if WOBBLE in asked.counted else None
    # phases turn where other numbers grow
    rate = 0.2 if MAGNITUDES in asked.counted else 0.05
    return AscentSettings(asked.steps, rate, wobble, sides, every)


def started(
    network: OpenedNetwork, asked: DreamChoice, generator: "torch.Generator"
) -> "tuple[Parametrisation, tuple[int, ...]]":
    """Return what a picture begins with, and the sides that it grows through."""
    from replearn.visualisations.parametrisations import FixedMagnitudes, Frequencies, PlainPixels

    side, model = network.side, network.encoder.name
    if asked.prior:
        from replearn.visualisations.decoders.decoded_code import DecodedCode

        prior = opened_prior(model, asked.prior)
        return DecodedCode.drawn(asked.count, prior, side, generator), (side,)
    growth = GROWTH if GROWING in asked.helps else (1.0,)
    sides = tuple(2 * round(share * side / 2) for share in growth)
    if MAGNITUDES in asked.helps:
        drawn: Parametrisation = FixedMagnitudes.drawn(
            asked.count, sides[0], statistics(model), generator
        )
        return drawn, sides
    if FREQUENCIES in asked.helps:
        return Frequencies.drawn(asked.count, sides[0], statistics(model), generator), sides
    return PlainPixels.drawn(asked.count, sides[0], generator), sides


def _spread(wanted: Target, count: int) -> "Objective":
    """Keep several pictures unlike each other; one alone needs nothing."""
    from replearn.visualisations.objectives import Diversity

    return wanted.objective if count == 1 else wanted.objective + Diversity(wanted.layer)


def _some(pictures: list[Image.Image]) -> tuple[Image.Image, ...]:
    """Return pictures at even steps, the last among them."""
    if len(pictures) <= KEPT_STEPS:
        return tuple(pictures)
    last = len(pictures) - 1
    return tuple(pictures[round(i * last / (KEPT_STEPS - 1))] for i in range(KEPT_STEPS))


def _finished(found: Dream, network: OpenedNetwork, wanted: Target, start: float) -> Dream:
    """Score the picture as it is, without the moves, and ask the judges."""
    model = network.encoder.name
    unit = wanted.unit
    best = None if unit is None else float(real_responses(model, wanted.layer)[unit])
    judges = judgements(found.image, wanted.judged, model) if wanted.judged else ()
    stamp = replace(found.stamp, seconds=time.perf_counter() - start)
    score = network.value(wanted.objective, as_tensor(found.image))
    return replace(found, score=score, judges=judges, best_real=best, stamp=stamp)


def _stamp(network: OpenedNetwork, wanted: Target, asked: DreamChoice, start: float) -> Stamp:
    return Stamp(
        network.encoder.name,
        network.encoder.fingerprint,
        time.perf_counter() - start,
        seed=asked.seed,
        settings={
            "target": wanted.name,
            "helps": ", ".join(asked.counted) or "none",
            **({"prior": asked.prior} if asked.prior else {}),
            "steps": asked.steps,
        },
    )
