"""What leaves its features unmoved? Vectors and answers over the levels of a factor.

Goodfellow et al. 2009 ("Measuring invariances in deep networks") ask how far a transformation of
the input goes before a unit no longer answers; here it is asked of the whole vector, by cosine.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data import DATASETS, load_dataset
from replearn.data.base import Dataset
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.results.invariance import EMBEDDING, Invariance
from replearn.results.stamp import Stamp
from replearn.studies.invariance.chance import reference_chance
from replearn.studies.invariance.class_reader import Reader, data_readers, own_reader
from replearn.studies.invariance.factors import Stack, checked_levels, factor_named
from replearn.studies.invariance.models_at_work import Look, look
from replearn.studies.invariance.pictures import Tested, others, some_pictures, subject_stack
from replearn.studies.invariance.trials import Watched, measured

PICTURES, FIT, SEED = 200, 2000, 7


@dataclass(frozen=True)
class InvarianceOptions:
    """How a factor is measured.

    Attributes:
        levels: of the factor; None takes its own.
        n: pictures of a data set, at most.
        fit: others of it that a linear probe is fitted on, at most.
        seed: draws them.
        layers: whether the layers are measured too; they run in torch and take longer.
        labels: what a model with a text tower chooses from, where one picture is measured.
        reference: the data set whose pictures say what chance is, where one picture is measured;
            empty takes photographs, and scenes of shapes for a scene.
    """

    levels: tuple[float, ...] | None = None
    n: int = PICTURES
    fit: int = FIT
    seed: int = SEED
    layers: bool = False
    labels: tuple[str, ...] | Question = ()
    reference: str = ""


def invariance(
    pictures: str | Dataset | Stack | Picture,
    factor: str = "translation",
    models: Sequence[str] = ("photo-clip", "pixels"),
    options: InvarianceOptions | None = None,
    progress: Progress = silent,
) -> Invariance:
    """Change pictures level by level and say how far vectors and answers follow.

    Args:
        pictures: a data set, or its name; or one picture: PIL, a path, or a rendered scene
            (`scene_stack`).
        factor: an entry of `FACTORS`: translation, scale, rotation, brightness, perspective of any
            picture; light direction and 3-D pose of rendered scenes.
        models: names of models; `pixels` is the baseline.
        options: levels, number of pictures, layers, labels.
        progress: told after each batch; may raise `StoppedError`.

    Raises:
        InputError: a picture, data set, factor, level or label can't be used.

    Example:
        >>> found = invariance("shapes", "rotation", ["shapes-simclr", "pixels"])
        >>> {curve.model: str(curve.rescaled) for curve in found.curves}
    """
    if not models:
        raise InputError("Choose at least one model.")
    chosen, asked = options or InvarianceOptions(), factor_named(factor)
    levels = checked_levels(asked, chosen.levels)
    start = time.perf_counter()
    found, watched, told = _prepared(pictures, tuple(dict.fromkeys(models)), chosen, progress)
    trials = measured(found, asked, levels, watched, progress)
    *before, last = [one.look.encoder for one in watched]
    stamp = Stamp(
        "".join(f"{one.name} {one.fingerprint[:6]}, " for one in before) + last.name,
        last.fingerprint,
        time.perf_counter() - start,
        n=len(found.ids),
        seed=None if len(found.ids) == 1 else chosen.seed,
        settings={"factor": factor, "levels": len(levels), **told},
    )
    curves = tuple(one.curve() for one in trials)
    return Invariance(factor, asked.unit, asked.identity, told["data"], curves, trials, stamp)


def _prepared(
    pictures: str | Dataset | Stack | Picture,
    models: tuple[str, ...],
    options: InvarianceOptions,
    progress: Progress,
) -> tuple[Tested, list[Watched], dict[str, str]]:
    """Return pictures, models, and what the stamp should say of them."""
    data = _dataset(pictures, options)
    if data is not None:
        return *watch(data, models, options, progress), {"data": data.name}
    if isinstance(pictures, Stack):
        rendered = pictures.scenes is not None
        name = "one scene of shapes" if rendered else "one picture"
        found = Tested(pictures, ("scene" if rendered else "picture",), None)
    else:
        assert not isinstance(pictures, Dataset)  # it was opened before
        found, name = Tested(subject_stack(pictures), ("picture",), None), "one picture"
    reference = options.reference or ("photos" if found.stack.scenes is None else "shapes")
    looks = [look(load_model(name), None if options.layers else ()) for name in models]
    told = {"data": name, "chance": f"between pictures of {reference}"}
    return found, [_alone(one, options, reference) for one in looks], told


def watch(
    data: Dataset,
    models: Sequence[str],
    options: InvarianceOptions,
    progress: Progress = silent,
) -> tuple[Tested, list[Watched]]:
    """Return a data set's pictures, and models with a probe fitted on others of them.

    Args:
        data: labelled or not.
        models: names.
        options: number of pictures, seed, layers.
        progress: told as pictures are encoded.

    Raises:
        InputError: fewer than two pictures can be opened, or there is no such model.
    """
    found, fit = (
        some_pictures(data, options.n, options.seed),
        others(data, options.n, options.seed, options.fit),
    )
    looks = [look(load_model(name), None if options.layers else ()) for name in models]
    return found, [Watched(one, data_readers(one, data, fit, progress)) for one in looks]


def _dataset(
    pictures: str | Dataset | Stack | Picture, options: InvarianceOptions
) -> Dataset | None:
    """Open a data set; None where one picture is meant."""
    if isinstance(pictures, str):
        if pictures.partition(":")[0] not in DATASETS:
            return None
        kind = pictures.partition(":")[0]
        if kind.startswith("shapes"):
            # shifts are of test scenes alone
            which = {} if kind == "shapes-shifted" else {"split": "test"}
            return load_dataset(pictures, seed=options.seed, size=max(2, options.n), **which)
        return load_dataset(pictures)
    return pictures if isinstance(pictures, Dataset) else None


def _alone(one: Look, options: InvarianceOptions, reference: str) -> Watched:
    """Return a model that answers about one picture by itself."""
    own = own_reader(one.encoder, options.labels)
    silent_layer = Reader(None, own.classes, "a layer alone gives no answer")
    readers = {**dict.fromkeys(one.names, silent_layer), EMBEDDING: own}
    return Watched(one, readers, reference_chance(one, load_dataset(reference)))
