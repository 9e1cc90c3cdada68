"""Several maps side by side: of methods, of classes, of layers, of many pictures."""

from collections.abc import Sequence

from replearn.core.errors import CapabilityError, InputError
from replearn.core.progress import Progress, silent
from replearn.core.question import Question
from replearn.data import load_dataset
from replearn.data.base import Dataset
from replearn.data.opening import readable
from replearn.encoders.base import Picture
from replearn.results.heat_map import HeatMap
from replearn.studies.answering.answered import best_targets
from replearn.studies.answering.heat_map_question import Target
from replearn.studies.heat_maps.explain import explain, layers_of, methods_of

QUICK = (
    "cam",
    "grad-cam",
    "grad-cam++",
    "layer-cam",
    "eigen-cam",
    "input-gradient",
    "guided-backprop",
    "guided-grad-cam",
    "integrated-gradients",
    "occlusion",
    "attention-rollout",
    "attention-relevance",
)
MOST_PICTURES = 500
CLASSES, LAYERS = 5, 8  # how many maps stand side by side
BY_LAYER = "layer-cam"


def of_methods(
    image: Picture,
    target: Target,
    model: str,
    against: str = "",
    progress: Progress = silent,
) -> list[HeatMap]:
    """Return the maps of all methods that take a model no more than a few seconds.

    Raises:
        InputError: the picture or target can't be used.
    """
    found = []
    usable = [name for name in methods_of(model) if name in QUICK]
    for number, method in enumerate(usable):
        progress(number, len(usable), method)
        try:
            found.append(explain(image, target, model, method, against=against))
        except CapabilityError:
            continue  # a gradient that is zero for this picture: the others still have something
    return found


def of_top_classes(
    image: Picture,
    labels: Sequence[str] | Question,
    model: str,
    method: str,
    count: int = CLASSES,
    progress: Progress = silent,
) -> list[HeatMap]:
    """Return the maps of the model's best answers: its own classes, or of the labels given.

    Raises:
        InputError: the picture or a label can't be used.
        CapabilityError: the method can't be used with this model.
    """
    best = best_targets(image, model, labels, count)
    found = []
    for number, target in enumerate(best):
        progress(number, len(best), target)
        found.append(explain(image, target, model, method))
    return found


def of_layers(
    image: Picture,
    target: Target,
    model: str,
    method: str = BY_LAYER,
    count: int = LAYERS,
    progress: Progress = silent,
) -> list[HeatMap]:
    """Return one method's maps at layers from shallow to deep.

    Raises:
        InputError: the picture or target can't be used, or the method looks at no layer.
    """
    names = [layer.name for layer in layers_of(model)]
    step = max(1, -(-len(names) // count))
    chosen = names[::-1][::step][::-1]
    found = []
    for number, layer in enumerate(chosen):
        progress(number, len(chosen), layer)
        try:
            found.append(explain(image, target, model, method, settings={"layer": layer}))
        except CapabilityError:
            continue  # the last block of a transformer: its patches don't reach the answer
    return found


def over_pictures(
    dataset: str | Dataset,
    target: str,
    model: str,
    method: str,
    count: int = 60,
    progress: Progress = silent,
) -> list[tuple[str, HeatMap]]:
    """Return one target's maps over a data set, highest score first, each with its picture's id.

    Pictures that can't be opened are left out.

    Args:
        dataset: a data set or its name; of a larger one, pictures at even distances.
        target: a class or a text.
        model: the model that is explained.
        method: an entry of `EXPLAINERS`.
        count: how many pictures.
        progress: told as the work goes.

    Raises:
        InputError: the data set, target or method can't be used.
        CapabilityError: the method can't be used with this model.
    """
    if not 1 <= count <= MOST_PICTURES:
        raise InputError(f"Ask for 1 to {MOST_PICTURES} pictures, not {count}.")
    data = load_dataset(dataset) if isinstance(dataset, str) else dataset
    step = max(1, len(data) // count)
    rows = range(0, len(data), step)[:count]
    found = []
    for number, sample in enumerate(readable(data, rows)):
        progress(number, len(rows), "pictures")
        found.append((sample.id, explain(sample.image, target, model, method)))
    if not found:
        raise InputError(f"None of the pictures of {data.name} can be opened; choose another one.")
    return sorted(found, key=lambda pair: -pair[1].score)
