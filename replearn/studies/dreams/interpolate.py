"""A row of pictures from one target to another: what lies between a cat and a dog?"""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.results.dreams import DreamRow
from replearn.results.stamp import Stamp
from replearn.studies.answering.opened_network import as_picture, as_tensor, opened
from replearn.studies.dreams.aims import Aim
from replearn.studies.dreams.dream_choice import MOST_AT_ONCE, DreamChoice
from replearn.studies.dreams.visualise import ascent_settings, started


def interpolate(
    first: str | Aim,
    second: str | Aim,
    model: str = "imagenet",
    *,
    count: int = 5,
    choice: DreamChoice | None = None,
    progress: Progress = silent,
) -> DreamRow:
    """Make a row of pictures from one target to another.

    Each is made for a weighted sum of both, from all of the first to all of the second, and all
    begin with the same noise and are moved alike (Olah, Mordvintsev and Schubert 2017, on
    interaction between neurons, https://distill.pub/2017/feature-visualization).

    Args:
        first: a class, a text, or an `Aim`.
        second: the same; of scores on one scale with the first, or the row tips over to the one
            with the larger numbers.
        model: the network.
        count: pictures.
        choice: helps, steps and seed; its own count doesn't count.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: there is no such class or model, or a number is out of range.
        CapabilityError: the model has no gradient, or neither classes nor reads text.

    Example:
        >>> for picture in interpolate("tabby cat", "golden retriever", "imagenet").images:
        ...     picture.show()
    """
    growing = interpolate_growing(
        first, second, model, count=count, choice=choice, progress=progress
    )
    return deque(growing, maxlen=1)[0]


def interpolate_growing(
    first: str | Aim,
    second: str | Aim,
    model: str = "imagenet",
    *,
    count: int = 5,
    choice: DreamChoice | None = None,
    every: int = 8,
    progress: Progress = silent,
) -> Iterator[DreamRow]:
    """Yield the row after every few steps.

    Args:
        first, second, model, count, choice, progress: as `interpolate` has them.
        every: steps between two rows; the first comes after one.
    """
    import torch

    from replearn.visualisations.ascent import ascend
    from replearn.visualisations.mixed_objectives import Between
    from replearn.visualisations.objectives import seen_by
    from replearn.visualisations.wobble import MovedTogether

    start = time.perf_counter()
    if not 2 <= count <= MOST_AT_ONCE:
        raise InputError(f"Choose 2 to {MOST_AT_ONCE} pictures for a row, not {count}.")
    asked, network = choice or DreamChoice(), opened(model)
    ends = [
        (Aim.text(one) if isinstance(one, str) else one).target(network) for one in (first, second)
    ]
    shares = torch.linspace(0, 1, count)
    objective = Between(ends[0].objective, ends[1].objective, shares)
    generator = torch.Generator().manual_seed(asked.seed)
    begun, sides = started(network, DreamChoice(asked.helps, asked.steps, asked.seed), generator)
    settings = ascent_settings(asked, sides, every)
    climb = ascend(
        network.climbed(objective),
        objective,
        begun.repeated(count),
        replace(settings, wobble=MovedTogether() if settings.wobble else None),
        network.normalise,
        generator,
        progress,
    )
    for step in climb:
        images = tuple(as_picture(one) for one in step.pictures)
        with torch.inference_mode():
            pixels = network.normalise(torch.cat([as_tensor(one) for one in images]))
            seen = seen_by(network.tower, pixels.to(network.tower.device), objective.reads)
            pairs = [end.objective.value(seen).tolist() for end in ends]
        stamp = Stamp(
            network.encoder.name,
            network.encoder.fingerprint,
            time.perf_counter() - start,
            seed=asked.seed,
            settings={
                "targets": f"{ends[0].name} to {ends[1].name}",
                "helps": ", ".join(asked.helps) or "none",
                "steps": asked.steps,
            },
        )
        yield DreamRow(
            images=images,
            first=ends[0].name,
            second=ends[1].name,
            shares=tuple(shares.tolist()),
            scores=tuple(zip(*pairs, strict=True)),
            done=step.done,
            total=asked.steps,
            stamp=stamp,
        )
