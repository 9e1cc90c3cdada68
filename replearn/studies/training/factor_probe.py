"""What did it keep, what did it throw away? Every factor of the world of shapes, by probe."""

import time
from dataclasses import dataclass

import numpy as np

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import Proportion, proportion
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.results.stamp import Stamp
from replearn.store.encoded import encode_dataset
from replearn.training.measures import knn_predictions, linear_probe


@dataclass(frozen=True)
class FactorRow:
    """How well one factor can be read off a model's vectors.

    Attributes:
        factor: an entry of `FACTORS`.
        probe: accuracy of a linear probe, with its interval.
        knn: accuracy by the 20 nearest.
        chance: of guessing.
    """

    factor: str
    probe: Proportion
    knn: Proportion
    chance: float


@dataclass(frozen=True)
class FactorProbe:
    """A row per factor, and where the figures come from."""

    rows: tuple[FactorRow, ...]
    stamp: Stamp


def factor_probe(
    model: str,
    level: str = "shapes",
    size: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> FactorProbe:
    """Fit a linear probe and a kNN for every factor on train pictures; measure on test pictures.

    Args:
        model: any model.
        level: "shapes" or "shapes-free".
        size: test pictures; the probe is fitted on twice as many.
        seed: of the pictures.
        progress: told as pictures are encoded.

    Raises:
        InputError: there is no such model or level, or too few pictures.
    """
    if size < 50:
        raise InputError(f"{size} pictures say nothing; ask for at least 50.")
    encoder = load_model(model)
    start = time.perf_counter()
    fit = Shapes("train", seed, 2 * size, level=level)
    test = Shapes("test", seed, size, level=level)
    fit_vectors = encode_dataset(encoder, fit, progress)
    test_vectors = encode_dataset(encoder, test, progress)
    fit_scenes, test_scenes = fit.scenes(0, 2 * size), test.scenes(0, size)
    rows = []
    for factor, values in FACTORS.items():
        known, asked = fit_scenes.labels(factor), test_scenes.labels(factor)
        probe = linear_probe(fit_vectors, known, len(values))
        guesses = (test_vectors @ probe.weight.T + probe.bias).argmax(1)
        nearest = knn_predictions(fit_vectors, known, test_vectors)
        rows.append(
            FactorRow(
                factor,
                proportion(int((guesses == asked).sum()), size),
                proportion(int((nearest == asked).sum()), size),
                float(np.bincount(asked).max() / size),
            )
        )
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=size,
        seed=seed,
        settings={"data": f"{level}, test", "probe fitted on": 2 * size},
    )
    return FactorProbe(tuple(rows), stamp)
