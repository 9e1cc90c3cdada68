"""One unit at a time: which pictures it responds to, and what of `shapes` it tells apart."""

import time
from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from replearn.core.auc import aucs
from replearn.core.errors import InputError, ReplearnError
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.shapes import FACTORS
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Stamp
from replearn.results.unit import ClassWeight, Unit, UnitAblation, UnitPicture
from replearn.studies.answering.kept_responses import Responses
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.responses import checked_unit, responses
from replearn.studies.answering.samples import samples_of
from replearn.studies.parts.units.class_weights import class_weights
from replearn.studies.parts.units.dissection import overlaps_of
from replearn.studies.parts.units.selectivity import factor_of, selectivity_of
from replearn.studies.parts.units.unit_ablation import known_without

OF_EACH = 6  # pictures from the top, the middle and the low end


def unit(
    model: str,
    layer: str = "",
    index: int = 0,
    dataset: str = "",
    labels: Sequence[str] = (),
    progress: Progress = silent,
) -> Unit:
    """Look at one unit: a channel of a convolutional layer, or a coordinate of a block's tokens.

    Args:
        model: any model with layers that lie over the picture.
        layer: one of them; left out, the last.
        index: of the unit, counted from 0.
        dataset: whose pictures are shown to it; left out, the one that suits the model.
        labels: what it weighs for, in a model that reads text; left out, the data set's classes.
        progress: told as pictures are shown, the first time.

    Raises:
        InputError: there is no such model, layer, unit or data set.

    Example:
        >>> unit("shapes-supervised", "layer4", 7).selectivity[:3]
    """
    start = time.perf_counter()
    encoder, layer = load_model(model), checked_layer(model, layer)
    name = dataset or usual_dataset(model)
    data = load_dataset(name)
    found = responses(model, layer, name, progress)
    count = checked_unit(found, model, layer, index)
    values = found.highest[:, index]
    order = np.lexsort((-found.means[:, index], -values))
    groups = {
        "top": order[:OF_EACH],
        "middle": order[(len(order) - OF_EACH) // 2 :][:OF_EACH],
        "low": order[-OF_EACH:],
    }
    chosen = np.concatenate([*groups.values()])
    pictures = iter(_pictures(encoder, layer, data, found, index, chosen))
    shown = {group: tuple(islice(pictures, len(rows))) for group, rows in groups.items()}
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=len(values),
        settings={"layer": layer, "unit": index, "data": name},
    )
    weights, ablation, notes = _in_the_answer(encoder, layer, index, data, found, labels)
    return Unit(
        layer,
        index,
        count,
        values,
        shown,
        selectivity_of(layer, data, found, index, progress),
        overlaps_of(model, layer, data, index, progress),
        weights,
        ablation,
        notes,
        stamp,
    )


def knowing(
    model: str, value: str, layer: str = "", k: int = 10, progress: Progress = silent
) -> list[tuple[int, float]]:
    """Rank a layer's units by how well they tell one value of a factor of `shapes`, by AUC.

    Args:
        model: any model with layers that lie over the picture.
        value: a solid, colour, texture, ...: "cube", "red", "stripes"; "light: left" where two
            factors have a value of that name.
        layer: left out, the last.
        k: how many.
        progress: told as pictures are shown, the first time.

    Raises:
        InputError: `shapes` has no such value.
    """
    layer = checked_layer(model, layer)
    found, data = responses(model, layer, "shapes", progress), load_dataset("shapes")
    named, _, short = value.rpartition(": ")
    for factor, values in FACTORS.items():
        if short in values and named in ("", factor):
            wanted = factor_of(data, found, factor) == values.index(short)
            areas = np.array(aucs(found.highest, wanted))
            return [(int(i), float(areas[i])) for i in np.argsort(-areas, kind="stable")[:k]]
    known = ", ".join(name for values in FACTORS.values() for name in values)
    raise InputError(f"shapes has nothing called {value!r}; it has {known}.")


def _in_the_answer(
    encoder: Encoder,
    layer: str,
    index: int,
    data: Dataset,
    found: Responses,
    labels: Sequence[str],
) -> tuple[tuple[ClassWeight, ...], UnitAblation | None, tuple[str, ...]]:
    """Return a unit's weights, the answers without it, and why either isn't there."""
    weights: tuple[ClassWeight, ...] = ()
    ablation, notes = None, []
    try:
        weights = class_weights(encoder, layer, index, labels or data.class_names)
    except ReplearnError as error:
        notes.append(str(error))
    try:
        ablation = known_without(encoder, layer, index, data, found)
    except ReplearnError as error:
        notes.append(str(error))
    return weights, ablation, tuple(dict.fromkeys(notes))


def _pictures(
    encoder: Encoder,
    layer: str,
    data: Dataset,
    found: Responses,
    index: int,
    rows: npt.NDArray[np.int64],
) -> tuple[UnitPicture, ...]:
    from replearn.studies.parts.units.receptive_field import receptive_fields  # it brings torch

    places = [
        (int(cell) // found.shape[1], int(cell) % found.shape[1])
        for cell in found.cells[rows, index]
    ]
    boxes = receptive_fields(encoder.name, layer, places)
    pictures = []
    samples = samples_of(data, [found.rows[int(row)] for row in rows])
    for row, sample, box in zip(rows, samples, boxes, strict=True):
        whole = encoder.preview(sample.image)
        value = float(found.highest[int(row), index])
        pictures.append(UnitPicture(whole.crop(box), sample.caption, value, box))
    return tuple(pictures)
