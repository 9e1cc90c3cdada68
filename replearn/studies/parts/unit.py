"""One unit at a time: which pictures it responds to, and what of `shapes` it tells apart."""

import time
from itertools import islice

import numpy as np
import numpy.typing as npt

from replearn.core.auc import auc, aucs, aucs_of_each
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.shapes import FACTORS
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats, Stamp
from replearn.results.unit import Selectivity, Unit, UnitPicture
from replearn.studies.parts.kept_responses import Responses
from replearn.studies.parts.responses import checked_layer, responses
from replearn.studies.parts.samples import samples_of

OF_EACH = 6  # pictures from the top, the middle and the low end
UNTRAINED = "shapes-untrained"


def unit(
    model: str,
    layer: str = "",
    index: int = 0,
    dataset: str = "",
    progress: Progress = silent,
) -> Unit:
    """Look at one unit: a channel of a convolutional layer, or a coordinate of a block's tokens.

    Args:
        model: any model with layers that lie over the picture.
        layer: one of them; left out, the last.
        index: of the unit, counted from 0.
        dataset: whose pictures are shown to it; left out, the one that suits the model.
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
    count = found.highest.shape[1]
    if not 0 <= index < count:
        raise InputError(f"{layer} of {model} has units 0 to {count - 1}; there is no {index}.")
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
    told = _selectivity(layer, data, found, index, progress)
    return Unit(layer, index, count, values, shown, told, stamp)


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
            wanted = _factor(data, found, factor) == values.index(short)
            areas = np.array(aucs(found.highest, wanted))
            return [(int(i), float(areas[i])) for i in np.argsort(-areas, kind="stable")[:k]]
    known = ", ".join(name for values in FACTORS.values() for name in values)
    raise InputError(f"shapes has nothing called {value!r}; it has {known}.")


def _pictures(
    encoder: Encoder,
    layer: str,
    data: Dataset,
    found: Responses,
    index: int,
    rows: npt.NDArray[np.int64],
) -> tuple[UnitPicture, ...]:
    from replearn.studies.parts.receptive_field import receptive_fields  # it brings torch

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


def _factor(data: Dataset, found: Responses, factor: str) -> Floats:
    scenes = data.scenes(0, len(data))  # type: ignore[attr-defined]
    return np.asarray(scenes.labels(factor)[list(found.rows)])


def _selectivity(
    layer: str, data: Dataset, found: Responses, index: int, progress: Progress
) -> tuple[Selectivity, ...]:
    """Return how well the unit tells each value of each factor, best first; only on `shapes`."""
    if not data.name.startswith("shapes") or not hasattr(data, "scenes"):
        return ()
    asked, wanted = [], []
    for factor, values in FACTORS.items():
        labels = _factor(data, found, factor)
        for number, value in enumerate(values):
            shown = labels == number
            if shown.any() and not shown.all():
                asked.append((factor, value))
                wanted.append(shown)
    best = aucs_of_each(_untrained(layer, data.name, progress).highest, np.array(wanted)).max(1)
    rows = [
        Selectivity(factor, value, auc(found.highest[:, index], shown), float(area))
        for (factor, value), shown, area in zip(asked, wanted, best, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: -row.area.value))


def _untrained(layer: str, dataset: str, progress: Progress) -> Responses:
    """Return the untrained network's responses, in the same layer where it has one."""
    from replearn.studies.parts.responses import layers_worth_showing

    there = layer if layer in layers_worth_showing(UNTRAINED) else ""
    return responses(UNTRAINED, checked_layer(UNTRAINED, there), dataset, progress)
