"""How long made pictures take, and how often a network is fooled: python -m benchmarks.dreams.

A gradient step is set beside a bare forward and backward pass of the same network in one run, in
turns. Fooling takes photographs that ship and classes drawn at random.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
import torch
from PIL import Image

from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.studies.answering.opened_network import opened
from replearn.studies.dreams.dream import dream
from replearn.studies.dreams.evolve import evolve
from replearn.studies.dreams.fool import FoolChoice, fool
from replearn.studies.dreams.smallest_change import smallest_change
from replearn.studies.dreams.targets import target_of
from replearn.studies.dreams.visualise import visualise, visualise_growing
from replearn.visualisations.ascent import AscentSettings, ascend
from replearn.visualisations.parametrisations import Frequencies
from replearn.visualisations.wobble import Wobble

MODEL = "imagenet"
ROUNDS, STEPS = 5, 20
FOOLED = 24


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def step_ratio() -> tuple[float, float]:
    """Return the seconds of a gradient step, and its ratio to a bare pass there and back; medians.

    The two stand side by side in each round, so that what else the machine does weighs on both.
    """
    from replearn.studies.dreams.kept_statistics import statistics as picture_statistics

    network = opened(MODEL)
    wanted = target_of(network, "#417")
    generator = torch.Generator().manual_seed(0)
    known = picture_statistics(MODEL)
    pixels = torch.rand(1, 3, network.side, network.side)
    pixels = pixels.contiguous(memory_format=torch.channels_last)

    def bare() -> None:
        leaf = pixels.clone().requires_grad_(True)
        torch.autograd.grad(network.tower(leaf)[:, 417].sum(), leaf)

    def climb() -> None:
        begun = Frequencies.drawn(1, network.side, known, generator)
        settings = AscentSettings(STEPS, 0.05, Wobble(), (network.side,), every=STEPS)
        tower = network.climbed(wanted.objective)
        for _ in ascend(tower, wanted.objective, begun, settings, network.normalise, generator):
            pass

    bare()
    climb()
    rounds = [(seconds(climb) / STEPS, _mean_of(bare)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in rounds), statistics.median(a / b for a, b in rounds)


def _mean_of(work: Callable[[], None]) -> float:
    return seconds(lambda: [work() for _ in range(STEPS)]) / STEPS


def first_frame() -> float:
    """Return the seconds until a unit's first picture is there, the network being open."""
    load_model(MODEL).tower()
    layer = "network.blocks.5.3"
    return seconds(lambda: next(visualise_growing(model=MODEL, layer=layer, unit=7)))


def fooling() -> tuple[list[int], int]:
    """Return the steps of those that were fooled within 100, and how many were tried."""
    photos, rng = Photos(), np.random.default_rng(0)
    names = load_model(MODEL).class_names
    took, choice = [], FoolChoice(epsilon=8)
    for number in range(FOOLED):
        picture = photos[number % len(photos)].image
        target = f"#{rng.integers(len(names))}"
        found = fool(picture, target, MODEL, choice=choice)
        if found.reached:
            took.append(found.done)
    return took, FOOLED


def flipping() -> tuple[list[float], list[str]]:
    """Return the smallest changes that flip the answers to the photographs, in grey levels.

    And which of them a file of 8 bits keeps.
    """
    photos, found = Photos(), []
    for number in range(len(photos)):
        found.append(smallest_change(photos[number].image, MODEL))
    flipped = [one for one in found if one.epsilon is not None]
    return [one.epsilon for one in flipped], [
        one.saved for one in flipped if one.saved != one.before
    ]


def main() -> None:
    """Print all of it."""
    print(f"first frame of a unit {first_frame():.2f} s")
    step, ratio = step_ratio()
    print(f"gradient step {1000 * step:.1f} ms = {ratio:.2f} x a bare pass there and back")
    print(f"class picture {seconds(lambda: visualise('balloon', MODEL)):.1f} s")
    print(f"unit of the last layer {seconds(lambda: visualise(model=MODEL, unit=7)):.1f} s")
    for unit, what in ((7, "whose responses to photographs don't ship"), (8, "again")):
        took = seconds(lambda: visualise(model=MODEL, layer="network.blocks.5.3", unit=unit))  # noqa: B023
        print(f"unit of an inner layer, {what} {took:.1f} s")
    picture = Photos()[0].image.resize((384, 288), Image.Resampling.BICUBIC)
    dream(picture, MODEL)
    print(f"DeepDream of 384 x 288 {seconds(lambda: dream(picture, MODEL)):.1f} s")
    bounds, kept = flipping()
    print(
        f"smallest change of {len(bounds)} photographs {min(bounds):.2g} to {max(bounds):.2g} grey "
        f"levels, median {statistics.median(bounds):.2g}; {len(kept)} still flipped in 8 bits"
    )
    start = time.perf_counter()
    evolved = [evolve(f"#{target}", MODEL) for target in (417, 500, 701)] + [evolve("", MODEL)]
    each = (time.perf_counter() - start) / len(evolved)
    for one in evolved:
        print(f"evolved {one.target}: {one.probabilities[-1]:.2g} of {one.evaluations} patterns")
    print(f"an evolution {each:.1f} s")
    took, tried = fooling()
    print(
        f"fooled to 0.99 within 100 steps and 8 grey levels: {len(took)} of {tried}, "
        f"{min(took)} to {max(took)} steps, median {statistics.median(took):.0f}"
    )


if __name__ == "__main__":
    main()
