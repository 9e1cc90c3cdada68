"""How small a change flips the answer? The bound is halved until it is known."""

import math
import time
from collections import deque
from collections.abc import Callable

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data.images import open_image
from replearn.encoders.base import Picture
from replearn.results.dreams import SmallestChange, Tried
from replearn.results.stamp import Stamp
from replearn.studies.answering.opened_network import as_picture, as_tensor, opened, with_margin
from replearn.studies.dreams.choices import choices, usual_answer
from replearn.studies.dreams.fool import ANYTHING, answer_to

FIRST = 0.25  # grey levels: where one begins to look
FINE = 65535  # grey levels of 16 bits: a change may be smaller than what 8 bits keep
MOST_STEPS = 200
CLOSE = 1 / 16  # how near two bounds come, of the larger


def smallest_change(
    image: Picture,
    model: str = "imagenet",
    target: str = "",
    *,
    question: Question | None = None,
    most: float = 32.0,
    steps: int = 20,
    progress: Progress = silent,
) -> SmallestChange:
    """Look for the smallest change of a picture that flips a network's answer.

    Projected gradient descent (Madry et al. 2018, https://arxiv.org/abs/1706.06083) within a bound,
    which is doubled until the answer flips and then halved; the steps are a fortieth of the bound
    and more than reach it. What is found is an upper bound, for the descent may miss a smaller one.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        model: the network.
        target: the class, or the label, that it should say; left out, anything else.
        question: labels and templates, for a model that reads text.
        most: the widest bound, in grey levels of 255.
        steps: within each bound.
        progress: told before each step; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, there is no such class, or a number is out of
            range.
        CapabilityError: the model has neither classes nor reads text.

    Example:
        >>> found = smallest_change("cat.jpg", "imagenet")
        >>> found.before, found.after, found.epsilon, found.tried
    """
    import torch

    from replearn.visualisations.fooling import FoolingSettings, FoolingStep, fooling

    start = time.perf_counter()
    if not (FIRST <= most <= ANYTHING and 1 <= steps <= MOST_STEPS):  # nan is neither
        raise InputError(
            f"Choose a change of {FIRST:g} to {ANYTHING:g} grey levels and 1 to {MOST_STEPS} steps."
        )
    network = opened(model)
    begun = as_tensor(network.encoder.preview(open_image(image)))
    known = choices(network.encoder, target or usual_answer(network.encoder, question), question)
    with torch.inference_mode():
        outputs = network.tower(network.normalise(begun.to(network.tower.device)))
        own = known.turned_to(outputs)
    if target and own.wanted == known.wanted:
        raise InputError(f"It says {known.names[known.wanted]} already; choose another answer.")

    def rising(found: "torch.Tensor") -> "torch.Tensor":
        return known.margin(found) if target else -own.margin(found)

    ends: dict[float, FoolingStep] = {}
    tried: list[Tried] = []

    def flips(epsilon: float) -> bool:
        settings = FoolingSettings(epsilon, 2.5 * epsilon / steps, steps, math.ulp(0), FINE)
        found = fooling(network.tower, rising, begun, settings, network.normalise, progress)
        last = deque(found, maxlen=1)[0]
        ends[epsilon] = last
        tried.append(Tried(epsilon, last.value > 0, last.done))
        return tried[-1].flipped

    epsilon = least(flips, FIRST, most)
    ended = ends[tried[-1].epsilon if epsilon is None else epsilon]
    change = (ended.picture - begun)[0]
    strength = 0.5 / max(float(change.abs().max()), 1 / FINE)
    steps_of = network.encoder.preprocessing
    image_after = as_picture(ended.picture[0])
    return SmallestChange(
        image=with_margin(steps_of, image_after),
        original=with_margin(steps_of, as_picture(begun[0])),
        changes=as_picture(0.5 + strength * change),
        magnified=strength,
        before=own.names[own.wanted],
        after=answer_to(network, known, ended.picture),
        epsilon=epsilon,
        mean_levels=float(change.abs().mean() * 255),
        saved=answer_to(network, known, as_tensor(image_after)),
        tried=tuple(tried),
        stamp=Stamp(
            network.encoder.name,
            network.encoder.fingerprint,
            time.perf_counter() - start,
            settings={
                "target": known.names[known.wanted] if target else "anything else",
                "steps": steps,
                "most": f"{most:g} of 255",
            },
        ),
    )


def least(succeeds: Callable[[float], bool], first: float, most: float) -> float | None:
    """Return the least number that succeeds, found by doubling and then by halving.

    Args:
        succeeds: asked once about each number; may fail above one that succeeds, which isn't seen.
        first: to ask about; where it succeeds, smaller ones are asked about down to nothing.
        most: beyond which nothing is asked; None is returned where that fails too.
    """
    low, high = 0.0, first
    while not succeeds(high):
        if high >= most:
            return None
        low, high = high, min(2 * high, most)
    while high - low > CLOSE * high and high > 2 / 257:  # as fine as pictures of 16 bits are
        middle = (low + high) / 2
        if succeeds(middle):
            high = middle
        else:
            low = middle
    return high
