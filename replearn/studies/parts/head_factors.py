"""What does a head carry, by numbers? Each factor of `shapes` read from each head alone."""

import json
import time

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data.shapes import FACTORS
from replearn.data.shapes.dataset import Shapes
from replearn.encoders.registry import load_model
from replearn.results.head_factors import HeadFactors
from replearn.results.stamp import Stamp
from replearn.studies.parts.head_table import MOST, HeadTable, head_states_of

SEED = 7


def head_factors(
    model: str = "shapes-clip", level: str = "shapes", progress: Progress = silent
) -> HeadFactors:
    """Read every factor from every head's contribution by a linear classifier.

    It is fitted on a thousand train pictures and asked about a thousand test pictures; beside it
    stands the same with the labels shuffled, which is what chance gives.

    Args:
        model: a transformer whose heads can be taken apart.
        level: "shapes" or "shapes-free".
        progress: told as pictures are shown.

    Raises:
        InputError: there is no such model or level.
        CapabilityError: the model has no heads that can be taken apart.
    """
    start = time.perf_counter()
    fit, test = (Shapes(split, SEED, MOST, level=level) for split in ("train", "test"))
    known, asked = (head_states_of(model, data, progress) for data in (fit, test))
    layers, heads = known.shape
    shape = (layers, heads, len(FACTORS))
    read, shuffled = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    order = np.random.default_rng(SEED).permutation(MOST)
    chance = []
    for f, factor in enumerate(FACTORS):
        learnt = fit.scenes(0, MOST).labels(factor)
        wanted = test.scenes(0, MOST).labels(factor)
        chance.append(float(np.bincount(wanted).max() / MOST))
        for layer in range(layers):
            for head in range(heads):
                at = (layer, head)
                read[(*at, f)] = _right(known, asked, at, learnt, wanted)
                shuffled[(*at, f)] = _right(known, asked, at, learnt[order], wanted)
    encoder = load_model(model)
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=MOST,
        seed=SEED,
        settings={"data": f"{level}, test", "read by": "ridge on one head", "fitted on": MOST},
    )
    widest = proportion(MOST // 2, MOST)
    return HeadFactors(
        tuple(FACTORS), read, shuffled, tuple(chance), widest.high - widest.value, stamp
    )


def _right(
    known: HeadTable,
    asked: HeadTable,
    at: tuple[int, int],
    learnt: npt.NDArray[np.int64],
    wanted: npt.NDArray[np.int64],
) -> float:
    """Return the share of test pictures whose factor is read rightly."""
    from sklearn.linear_model import RidgeClassifier

    given, shown = (table.states[:, *at] / table.lengths[:, None] for table in (known, asked))
    mean, spread = given.mean(0), given.std(0) + 1e-9
    reader = RidgeClassifier(alpha=1.0).fit((given - mean) / spread, learnt)
    return float((reader.predict((shown - mean) / spread) == wanted).mean())


def shipped_head_factors(model: str) -> HeadFactors | None:
    """Return the table that ships for a model, where one does and is of its weights."""
    path = asset_path("parts", f"{model}-heads.json")
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    stamp = Stamp(**said["stamp"])
    if stamp.fingerprint != load_model(model).fingerprint:
        return None
    return HeadFactors(
        tuple(said["factors"]),
        np.array(said["read"], np.float32),
        np.array(said["shuffled"], np.float32),
        tuple(said["chance"]),
        said["half_width"],
        stamp,
    )
