"""How good are the methods? Each on mosaics, on known objects, in the order of its own map."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError, InputError
from replearn.core.fingerprint import of_parts
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.encoders.registry import load_model
from replearn.explainers import load_explainer
from replearn.results.explainer_benchmark import FINER, MEASURES, RANDOM, MethodTrial
from replearn.studies.answering.class_questions import ClassQuestions, class_questions
from replearn.studies.answering.heat_map_question import HeatMapQuestion, ask
from replearn.studies.heat_maps.deletion_and_insertion import KINDS, CurveSettings, order_curve
from replearn.studies.heat_maps.explain import methods_of
from replearn.studies.heat_maps.mosaics import Mosaic, SurePicture, mosaics, sure_pictures
from replearn.studies.heat_maps.object_scenes import ObjectScene, knows_solids, object_scenes
from replearn.studies.heat_maps.pointing import point_at_region
from replearn.studies.heat_maps.randomised_weights import randomised

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

Floats = npt.NDArray[np.float32]
SLOW = ("score-cam",)  # a forward pass for each of 1,280 channels: only where it is named
TIME = "milliseconds"  # only where it is named: it wants a machine that does nothing else
ON_PICTURES = (TIME, *KINDS, "random weights")
CHOICES = tuple(name for name in MEASURES if not name.endswith(FINER))
HALF = 112  # side of a mosaic's cell where a map is measured


@dataclass(frozen=True)
class BenchmarkChoice:
    """What is measured.

    Attributes:
        model: one with classes, or one that reads text and is asked for the data set's.
        dataset: whose pictures are taken.
        methods: entries of `EXPLAINERS`; () takes all that fit the model but the slowest.
        measures: entries of `CHOICES`; () takes all but the time.
        mosaics: how many; each is asked about its four classes.
        pictures: how many, for the curves and the time.
        twins: how many of those are explained on shuffled weights too.
        scenes: how many with one object and how many with two.
        seed: of every choice.

    Raises:
        InputError: there is no such measure.
    """

    model: str
    dataset: str
    methods: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    mosaics: int = 25
    pictures: int = 25
    twins: int = 10
    scenes: int = 50
    seed: int = 0

    def __post_init__(self) -> None:
        for name in set(self.measures) - set(CHOICES):
            raise InputError(f"There is no measure {name!r}; choose {', '.join(CHOICES)}.")

    def wants(self, *measures: str) -> bool:
        """Say whether one of some measures is asked for."""
        chosen = self.measures or tuple(name for name in CHOICES if name != TIME)
        return not set(measures).isdisjoint(chosen)


@dataclass(frozen=True, eq=False)
class _Bench:
    """A choice, opened."""

    choice: BenchmarkChoice
    classes: ClassQuestions
    pictures: tuple[SurePicture, ...]
    mosaics: tuple[Mosaic, ...]
    scenes: tuple[tuple[str, ObjectScene], ...]

    def trial(self, measure: str, method: str, item: str, value: float) -> MethodTrial:
        choice, encoder = self.choice, self.classes.encoder
        # rows ship: a folder's own name and the pictures' digests, not where they lie here
        where = choice.dataset
        dataset = f"folder:{Path(where).name}" if where.startswith("folder:") else where
        origin = (choice.model, encoder.fingerprint, dataset, choice.seed)
        return MethodTrial(*origin, measure, method, of_parts([item])[:8], value)

    def ask(self, picture: SurePicture | ObjectScene, finer: bool = False) -> HeatMapQuestion:
        target = self.classes.targets[picture.index]
        return ask(picture.image, target, self.choice.model, finer=finer)


def explainer_trials(
    choice: BenchmarkChoice, progress: Progress = silent
) -> Iterator[list[MethodTrial]]:
    """Yield each method's trials; random orders are measured beside the first that fits the model.

    Raises:
        CapabilityError: the model can't be asked for classes.
        InputError: the model, data set or a method doesn't exist, or doesn't fit.
    """
    bench = _opened(choice, progress)
    fitting = methods_of(choice.model)
    methods = choice.methods or tuple(name for name in fitting if name not in SLOW)
    unfit = sorted(set(methods) - set(fitting))
    if unfit:
        raise InputError(f"{choice.model} can't be asked with {', '.join(unfit)}; leave it out.")
    for number, name in enumerate(methods):
        progress(number, len(methods), f"methods; now {name}")
        explainer = load_explainer(name)
        yield [
            *_on_pictures(bench, explainer, with_random=name == fitting[0]),
            *_on_mosaics(bench, explainer),
            *_on_scenes(bench, explainer),
        ]


def _opened(choice: BenchmarkChoice, progress: Progress) -> _Bench:
    data = load_dataset(choice.dataset)
    classes = class_questions(load_model(choice.model), data)
    joined = choice.mosaics if choice.wants("grid pointing") else 0
    alone = choice.pictures if choice.wants(*ON_PICTURES) else 0
    # twice what the mosaics hold, for each wants four classes
    wanted = max(8 * joined, alone)
    sure = sure_pictures(data, classes, wanted, choice.seed, progress) if wanted else []
    scenes = [
        (measure, scene)
        for objects, measure in ((1, "object"), (2, "named object"))
        if choice.scenes and choice.wants(measure) and knows_solids(classes)
        for scene in object_scenes(objects, choice.scenes, choice.seed)
    ]
    return _Bench(
        choice, classes, tuple(sure[:alone]), tuple(mosaics(sure))[:joined], tuple(scenes)
    )


def _on_pictures(bench: _Bench, explainer: "Explainer", with_random: bool) -> Iterator[MethodTrial]:
    choice, settings = bench.choice, CurveSettings(seed=bench.choice.seed)
    for number, picture in enumerate(bench.pictures):
        question = bench.ask(picture)
        values, seconds = _timed(question, explainer)
        # the first map of a method pays for imports and for the engine's start
        if number and choice.wants(TIME):
            yield bench.trial(TIME, explainer.name, picture.id, 1000 * seconds)
        for kind in filter(choice.wants, KINDS):
            own, random = order_curve(question, values, kind, settings).relative
            yield bench.trial(kind, explainer.name, picture.id, own)
            if with_random:
                yield bench.trial(kind, RANDOM, picture.id, random)
        if number < choice.twins and choice.wants("random weights"):
            twin = randomised(question, explainer, values, seed=choice.seed)
            yield bench.trial("random weights", explainer.name, picture.id, twin.correlation)


def _timed(question: HeatMapQuestion, explainer: "Explainer") -> tuple[Floats, float]:
    start = time.perf_counter()
    values = explainer.explain(question.explained, question.pixels, question.score)[0]
    return values, time.perf_counter() - start


def _sizes(bench: _Bench, explainer: "Explainer") -> dict[str, bool]:
    """Return what a measure's name ends in, and whether the map is the finer one."""
    from replearn.explainers.base import GrowingExplainer

    # many passes at four times the pixels take minutes a picture; a transformer takes one size
    one_size = isinstance(explainer, GrowingExplainer) or not bench.classes.encoder.tower().spatial
    return {"": False} if one_size else {"": False, FINER: True}


def _on_mosaics(bench: _Bench, explainer: "Explainer") -> Iterator[MethodTrial]:
    for mosaic in bench.mosaics:
        for ending, finer in _sizes(bench, explainer).items():
            shares = [
                _cell_share(bench, mosaic, cell, explainer, finer)
                for cell in range(len(mosaic.indices))
            ]
            known = [share for share in shares if np.isfinite(share)]
            # one value a mosaic, for its four questions aren't independent
            value = float(np.mean(known)) if known else float("nan")
            yield bench.trial(f"grid pointing{ending}", explainer.name, mosaic.id, value)


def _cell_share(
    bench: _Bench, mosaic: Mosaic, cell: int, explainer: "Explainer", finer: bool
) -> float:
    """Return the share of the positive map of a cell's class that lies in that cell."""
    target = bench.classes.targets[mosaic.indices[cell]]
    question = ask(mosaic.image, target, bench.choice.model, finer=finer)
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
        for ending, finer in _sizes(bench, explainer).items():
            values, _ = _timed(bench.ask(scene, finer), explainer)
            found = point_at_region(values, scene.mask)
            yield bench.trial(
                f"{measure}{ending}", explainer.name, scene.id, found.energy / found.area
            )
