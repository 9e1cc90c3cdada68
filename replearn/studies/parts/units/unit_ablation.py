"""What does a model still get right without one unit?"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from replearn.core.errors import CapabilityError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import mean_of, proportion
from replearn.data import load_dataset
from replearn.data.base import Dataset, Listed
from replearn.data.shapes.dataset import Shapes
from replearn.data.vocabularies import usual_dataset
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.results.stamp import Floats, Stamp
from replearn.results.unit import UnitAblation
from replearn.studies.answering.distorted_answers import classes_of
from replearn.studies.answering.kept_responses import Responses
from replearn.studies.answering.layers import checked_layer
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.answering.responses import checked_unit, responses
from replearn.studies.answering.samples import of_one_thing
from replearn.studies.parts.units.class_weights import last_linear

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Reader:
    """From outputs (n, k) to a class of the data set, (n,); `said` names who answers."""

    read: Callable[[Floats], Labels]
    said: str


def without_unit(
    model: str,
    layer: str = "",
    index: int = 0,
    dataset: str = "",
    progress: Progress = silent,
) -> UnitAblation:
    """Ask a model about a labelled data set with and without a unit, its mean in its place.

    In a transformer the patches get the coordinate's mean over all patches and pictures, and each
    token before them its own mean. What later layers make of the unit goes with it. Squares cut
    from one photograph count as one in the interval of the change.

    Args:
        model: one with a head for the data set's classes, or one that reads text.
        layer: left out, the last.
        index: of the unit.
        dataset: left out, the one that suits the model.
        progress: told as pictures are shown.

    Raises:
        InputError: there is no such layer or unit, or the head doesn't know the classes.
        CapabilityError: the model can't answer at all.
    """
    start = time.perf_counter()
    encoder, layer = load_model(model), checked_layer(model, layer)
    data = load_dataset(dataset or usual_dataset(model))
    reader = _reader(encoder, data, progress)
    found = responses(model, layer, dataset or usual_dataset(model), progress)
    checked_unit(found, model, layer, index)
    try:
        outputs = _pooled_outputs(encoder, layer, index, found)
    except CapabilityError:
        from replearn.studies.parts.units.replaced_unit import outputs_with_and_without

        outputs = outputs_with_and_without(encoder, layer, index, data, found, progress)
    return _compared(encoder, layer, index, data, found, reader, outputs, start)


def known_without(
    encoder: Encoder, layer: str, index: int, data: Dataset, found: Responses
) -> UnitAblation:
    """Return what is known of a last layer's unit without a forward pass.

    The mean over the cells of each picture is all that a linear layer behind average pooling reads.

    Raises:
        InputError: the head doesn't know the classes.
        CapabilityError: another layer reads the unit, or the model answers by prompts.
    """
    start = time.perf_counter()
    if "text" in encoder.card.capabilities:
        raise CapabilityError(
            f"{encoder.name} answers by prompts: what is right without a unit is found on demand, "
            "by without_unit."
        )
    outputs = _pooled_outputs(encoder, layer, index, found)
    reader = _reader(encoder, data, silent)
    return _compared(encoder, layer, index, data, found, reader, outputs, start)


def _reader(encoder: Encoder, data: Dataset, progress: Progress) -> _Reader:
    names = classes_of(encoder, data.name, data.class_names)
    if "text" in encoder.card.capabilities:
        vectors = encode_prompts(encoder, data.class_names, None, progress=progress)
        texts = vectors.classifier(1).text_vectors
        # lengths don't count for an argmax
        return _Reader(lambda outputs: (outputs @ texts.T).argmax(1), "prompts")
    known = {name.casefold(): i for i, name in enumerate(data.class_names)}
    of_data = np.array([known.get(name.casefold(), -1) for name in names])
    return _Reader(lambda outputs: of_data[outputs.argmax(1)], "its own head")


def _pooled_outputs(
    encoder: Encoder, layer: str, index: int, found: Responses
) -> tuple[Floats, Floats]:
    """Return outputs (n, k) with and without a unit, from the means over the cells."""
    linear = last_linear(encoder, layer)
    weight: Floats = linear.weight.detach().cpu().numpy()  # (k, units)
    whole = found.means @ weight.T
    if linear.bias is not None:
        whole = whole + linear.bias.detach().cpu().numpy()
    own = found.means[:, index]
    return whole, whole - np.outer(own - own.mean(), weight[:, index])


def _compared(
    encoder: Encoder,
    layer: str,
    index: int,
    data: Dataset,
    found: Responses,
    reader: _Reader,
    outputs: tuple[Floats, Floats],
    start: float,
) -> UnitAblation:
    truth = _labels(data, found.rows)
    known = truth >= 0
    before, after = ((reader.read(one) == truth)[known] for one in outputs)
    n, together = int(known.sum()), of_one_thing(data)
    change = after.astype(float) - before
    stamp = Stamp(
        encoder.name,
        encoder.fingerprint,
        time.perf_counter() - start,
        n=n,
        settings={
            "layer": layer,
            "unit": index,
            "data": data.name,
            "in its place": "its mean",
            "answers from": reader.said,
            "independent": n // together,
        },
    )
    return UnitAblation(
        proportion(int(before.sum()), n),
        proportion(int(after.sum()), n),
        mean_of(change.reshape(-1, together).mean(1)),
        reader.said,
        stamp,
    )


def _labels(data: Dataset, rows: tuple[int, ...]) -> Labels:
    if isinstance(data, Shapes):
        return np.asarray(data.scenes_at(np.array(rows)).labels(data.label))
    if isinstance(data, Listed):
        labels = [data.entry(row).label for row in rows]
    else:
        labels = [data[row].label for row in rows]
    return np.array([-1 if label is None else label for label in labels])
