"""Experiments that two short runs answer while one waits."""

import functools
import statistics
import time
from typing import Any

import numpy as np

from replearn.core.progress import Progress
from replearn.core.statistics import proportion
from replearn.data.shapes import World, draw
from replearn.data.shapes.render import render
from replearn.results.training import Reading
from replearn.studies.training.compared_readings import larger, of_proportion, of_uniformity
from replearn.studies.training.predict import Experiment, Measured
from replearn.training.loop import Loop
from replearn.training.measures import knn_predictions, linear_probe
from replearn.training.short_run import projections, short_run

STEPS = 100
TRIED = 6  # steps that tell how long a step takes
TEST = 400  # pictures that readings are of
SMALL: dict[str, Any] = {"dataset": "shapes-easy", "side": 32, "width": 8, "batch": 64}
SETTINGS = f"shapes-easy, 32 pixels, width 8, batch 64, {STEPS} steps, seed 0"


def _run(recipe: str, progress: Progress, **settings: Any) -> Loop:
    return short_run(recipe, {**SMALL, **settings}, STEPS, progress)


@functools.cache
def _cost() -> float:
    """Return the seconds of two runs, from the median of a few steps of one."""
    ended: list[float] = []
    short_run("simclr", SMALL, TRIED, lambda *_: ended.append(time.perf_counter()))
    return 2 * STEPS * statistics.median(np.diff(ended))


def _temperature(progress: Progress) -> Measured:
    low, high = (
        of_uniformity(
            f"temperature {temperature}",
            projections(_run("simclr", progress, temperature=temperature), TEST),
        )
        for temperature in (0.01, 0.5)
    )
    # lower is more even: the first choice is that the low temperature spreads
    answer = {0: 1, 1: 0, 2: 2}[larger(low, high)]
    return Measured(answer, (low, high), f"simclr, {SETTINGS}")


def _labels(progress: Progress) -> Measured:
    supcon, simclr = (
        _knn(f"solid by kNN, {recipe}", _run(recipe, progress)) for recipe in ("supcon", "simclr")
    )
    return Measured(larger(supcon, simclr), (supcon, simclr), SETTINGS)


def _colour(progress: Progress) -> Measured:
    kept, changed = (
        _read_colour(said, _run("simclr", progress, colour=strength, grey=grey))
        for said, strength, grey in (
            ("views keep their colours", 0.0, 0.0),
            ("views change colour", 1.0, 0.5),
        )
    )
    return Measured(larger(kept, changed), (kept, changed), f"simclr, {SETTINGS}")


def _knn(name: str, loop: Loop) -> Reading:
    fit, known = loop.probe_features("fit", 2 * TEST)
    test, asked = loop.probe_features("test", TEST)
    right = knn_predictions(fit, known, test) == asked
    return of_proportion(name, proportion(int(right.sum()), TEST))


def _read_colour(name: str, loop: Loop) -> Reading:
    """Return how well a linear probe reads the colour off a run's features."""
    features, labels = [], []
    for split, count in (("train", 2 * TEST), ("test", TEST)):
        # another seed than the run's own pictures
        scenes = draw(World("shapes-easy", split, 11), np.arange(count))
        features.append(loop.frozen.features(render(scenes, loop.source.side)))
        labels.append(scenes.labels("colour"))
    probe = linear_probe(features[0], labels[0], int(labels[0].max()) + 1)
    right = round(probe.accuracy(features[1], labels[1]) * TEST)
    return of_proportion(f"colour by linear probe, {name}", proportion(right, TEST))


TEMPERATURE = Experiment(
    question="What happens to the map in the first hundred steps as the temperature goes to 0.01, "
    "beside a run at 0.5?",
    choices=(
        "it spreads more evenly over the sphere",
        "it draws together",
        "nothing: the intervals overlap",
    ),
    expected="It draws together. At 0.01 a difference of 0.1 between two cosines counts 10 nats: "
    "the loss starts far above log(2N - 1), the price of guessing, and the quickest way down is to "
    "make all cosines alike. Only a much longer run then pushes the nearest apart, and ends more "
    "even than at a high temperature (Wang and Liu 2021). The loss explorer below shows the same "
    "sharpening. Uniformity is lower where vectors lie more evenly.",
    unit="uniformity of the projections (lower is more even)",
    measure=_temperature,
    cost=_cost,
)
LABELS = Experiment(
    question="The same network, pictures and number of steps: with which loss are solids told "
    "apart sooner by their neighbours?",
    choices=("SupCon, which is told the solids", "SimCLR, which isn't", "alike: they overlap"),
    expected="SupCon: all pictures of one solid draw each other, whatever their colour and size. "
    "SimCLR draws only two views of one picture together, and may find them by colour alone "
    "(Khosla et al. 2020).",
    unit="accuracy by the 20 nearest",
    measure=_labels,
    cost=_cost,
)
COLOUR = Experiment(
    question="SimCLR once with views that keep their colours, once with views that change them "
    "strongly. From which run can the colour of the solid be read better?",
    choices=("views that keep them", "views that change them", "alike: the intervals overlap"),
    expected="From the run whose views keep their colours: what differs between the two views "
    "can't help to find the partner, so the loss is free to throw it away (Chen et al. 2020; "
    "Tian et al. 2020).",
    unit="accuracy of a linear probe",
    measure=_colour,
    cost=_cost,
)
