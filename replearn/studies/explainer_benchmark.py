"""How good are the methods? Each on mosaics, on known objects, in the order of its own map."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.benchmark_results import RANDOM, MethodTrial
from replearn.core.errors import CapabilityError, InputError
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.explainers import load_explainer
from replearn.studies.explain import methods_of
from replearn.studies.heat_map_question import HeatMapQuestion, ask
from replearn.studies.mosaics import Mosaic, SurePicture, mosaics, sure_pictures
from replearn.studies.object_scenes import ObjectScene, knows_solids, object_scenes
from replearn.studies.order_curves import KINDS, CurveSettings, order_curve
from replearn.studies.pointing import point_at_region
from replearn.studies.randomised_weights import randomised

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

Floats = npt.NDArray[np.float32]
SLOW = ("score-cam",)  # a forward pass for each of 1,280 channels: only where it is named
HALF = 112  # side of a mosaic's cell where a map is measured


@dataclass(frozen=True)
class BenchmarkChoice:
    """What is measured.

    Attributes:
        model: one with classes.
        dataset: whose pictures are taken.
        methods: entries of `EXPLAINERS`; () takes all that fit the model but the slowest.
        mosaics: how many; each is asked about its four classes.
        pictures: how many, for the curves and the time.
        twins: how many of those are explained on shuffled weights too.
        scenes: how many with one object and how many with two.
        seed: of every choice.
    """

    model: str
    dataset: str
    methods: tuple[str, ...] = ()
    mosaics: int = 25
    pictures: int = 25
    twins: int = 10
    scenes: int = 50
    seed: int = 0


@dataclass(frozen=True, eq=False)
class _Bench:
    """A choice, opened."""

    choice: BenchmarkChoice
    encoder: Encoder
    pictures: tuple[SurePicture, ...]
    mosaics: tuple[Mosaic, ...]
    scenes: tuple[tuple[str, ObjectScene], ...]

    def trial(self, measure: str, method: str, item: str, value: float) -> MethodTrial:
        choice, encoder = self.choice, self.encoder
        # rows ship: a folder's own name and the pictures' digests, not where they lie here
        where = choice.dataset
        dataset = f"folder:{Path(where).name}" if where.startswith("folder:") else where
        origin = (choice.model, encoder.fingerprint, dataset, choice.seed)
        return MethodTrial(*origin, measure, method, of_parts([item])[:8], value)

    def ask(self, picture: SurePicture | ObjectScene, finer: bool = False) -> HeatMapQuestion:
        return ask(picture.image, f"#{picture.index}", self.choice.model, finer=finer)


def explainer_trials(
    choice: BenchmarkChoice, progress: Progress = silent
) -> Iterator[list[MethodTrial]]:
    """Yield each method's trials.

    Raises:
        CapabilityError: the model has no classes.
        InputError: the model, data set or a method doesn't exist, or doesn't fit.
    """
    bench = _opened(choice, progress)
    methods = choice.methods or tuple(m for m in methods_of(choice.model) if m not in SLOW)
    unfit = sorted(set(methods) - set(methods_of(choice.model)))
    if unfit:
        raise InputError(f"{choice.model} can't be asked with {', '.join(unfit)}; leave it out.")
    for number, name in enumerate(methods):
        progress(number, len(methods), f"methods; now {name}")
        explainer = load_explainer(name)
        yield [
            *_on_pictures(bench, explainer, with_random=number == 0),
            *_on_mosaics(bench, explainer),
            *_on_scenes(bench, explainer),
        ]


def _opened(choice: BenchmarkChoice, progress: Progress) -> _Bench:
    encoder = load_model(choice.model)
    # twice what the mosaics hold, for each wants four classes
    wanted = max(8 * choice.mosaics, choice.pictures)
    data = load_dataset(choice.dataset)
    sure = sure_pictures(data, encoder, wanted, choice.seed, progress)
    scenes = [
        (measure, scene)
        for objects, measure in ((1, "object"), (2, "named object"))
        if knows_solids(encoder) and choice.scenes
        for scene in object_scenes(objects, choice.scenes, choice.seed)
    ]
    made = tuple(mosaics(sure))[: choice.mosaics]
    return _Bench(choice, encoder, tuple(sure[: choice.pictures]), made, tuple(scenes))


def _on_pictures(bench: _Bench, explainer: "Explainer", with_random: bool) -> Iterator[MethodTrial]:
    settings = CurveSettings(seed=bench.choice.seed)
    for number, picture in enumerate(bench.pictures):
        question = bench.ask(picture)
        values, seconds = _timed(question, explainer)
        if number:  # the first map of a method pays for imports and for the engine's start
            yield bench.trial("milliseconds", explainer.name, picture.id, 1000 * seconds)
        for kind in KINDS:
            own, random = order_curve(question, values, kind, settings).relative
            yield bench.trial(kind, explainer.name, picture.id, own)
            if with_random:
                yield bench.trial(kind, RANDOM, picture.id, random)
        if number < bench.choice.twins:
            twin = randomised(question, explainer, values, seed=bench.choice.seed)
            yield bench.trial("random weights", explainer.name, picture.id, twin.correlation)


def _timed(question: HeatMapQuestion, explainer: "Explainer") -> tuple[Floats, float]:
    start = time.perf_counter()
    values = explainer.explain(question.explained, question.pixels, question.score)[0]
    return values, time.perf_counter() - start


def _sizes(explainer: "Explainer") -> dict[str, bool]:
    """Return what a measure's name ends in, and whether the map is the finer one."""
    from replearn.explainers.base import GrowingExplainer

    # many passes at four times the pixels would take minutes a picture
    return {"": False} if isinstance(explainer, GrowingExplainer) else {"": False, ", finer": True}


def _on_mosaics(bench: _Bench, explainer: "Explainer") -> Iterator[MethodTrial]:
    for mosaic in bench.mosaics:
        for ending, finer in _sizes(explainer).items():
            shares = [
                cell_share(bench.choice.model, mosaic, cell, explainer, finer)
                for cell in range(len(mosaic.indices))
            ]
            known = [share for share in shares if np.isfinite(share)]
            # one value a mosaic, for its four questions aren't independent
            value = float(np.mean(known)) if known else float("nan")
            yield bench.trial(f"grid pointing{ending}", explainer.name, mosaic.id, value)


def cell_share(model: str, mosaic: Mosaic, cell: int, explainer: "Explainer", finer: bool) -> float:
    """Return the share of the positive map of a cell's class that lies in that cell."""
    question = ask(mosaic.image, f"#{mosaic.indices[cell]}", model, finer=finer)
    try:
        values = explainer.explain(question.explained, question.pixels, question.score)[0]
    except CapabilityError:  # no gradient for this class in this mosaic
        return float("nan")
    return point_at_region(values, cell_region(cell)).energy


def cell_region(cell: int) -> Floats:
    """Return a region (224, 224) that is 1 in one of the four cells, counted row by row."""
    of_cell = np.zeros((2, 2), np.float32)
    of_cell.flat[cell] = 1
    return np.kron(of_cell, np.ones((HALF, HALF), np.float32))


def _on_scenes(bench: _Bench, explainer: "Explainer") -> Iterator[MethodTrial]:
    for measure, scene in bench.scenes:
        for ending, finer in _sizes(explainer).items():
            values, _ = _timed(bench.ask(scene, finer), explainer)
            found = point_at_region(values, scene.mask)
            yield bench.trial(
                f"{measure}{ending}", explainer.name, scene.id, found.energy / found.area
            )
