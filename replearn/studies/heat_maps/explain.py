"""Where does it look? A heat map for a class, a text, a difference of two, or a likeness."""

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from replearn.core.progress import Progress, silent
from replearn.encoders.base import Picture
from replearn.encoders.registry import load_model
from replearn.explainers import EXPLAINERS, explainer_class, load_explainer
from replearn.results.heat_map import HeatMap
from replearn.results.stamp import Stamp
from replearn.studies.answering.heat_map_question import HeatMapQuestion, Target, ask

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer, Maps
    from replearn.explainers.layers import Layer


def explain(
    image: Picture,
    target: Target,
    model: str = "photo-clip",
    method: str = "cam",
    *,
    against: str = "",
    finer: bool = False,
    settings: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> HeatMap:
    """Say which parts of a picture a score depends on.

    Args:
        image: a PIL picture, a path, or an array or tensor.
        target: a class of the model's head, by name or as "#281"; any text, for a model that
            reads text; or a second picture (anything but a text): why are the two alike?
        model: the model that is explained.
        method: an entry of `replearn.explainers.EXPLAINERS`.
        against: another class or text, whose score is taken off.
        finer: the picture goes in at twice the network's own side.
        settings: of the method: its layer, patch, steps, masks, ...
        progress: told as the work goes; may raise `StoppedError`.

    Raises:
        InputError: the picture can't be opened, or the target, method or setting doesn't exist.
        CapabilityError: the method can't be used with this model.

    Example:
        >>> explain("cat.jpg", "a cat", against="a dog", method="grad-cam").overlay()
    """
    explainer = load_explainer(method, settings)
    question = ask(image, target, model, against, finer)
    start = time.perf_counter()
    values = explainer.explain(question.explained, question.pixels, question.score, progress)[0]
    return heat_map(question, explainer, values, time.perf_counter() - start)


def explain_growing(
    image: Picture,
    target: Target,
    model: str = "photo-clip",
    method: str = "occlusion",
    *,
    against: str = "",
    finer: bool = False,
    settings: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Iterator[HeatMap]:
    """Yield the map as it grows, where the method grows one; else the map alone.

    Takes and raises what `explain` does.
    """
    from replearn.explainers.base import GrowingExplainer

    explainer = load_explainer(method, settings)
    question = ask(image, target, model, against, finer)
    start = time.perf_counter()
    network, score = question.explained, question.score
    if not isinstance(explainer, GrowingExplainer):
        values = explainer.explain(network, question.pixels, score, progress)[0]
        yield heat_map(question, explainer, values, time.perf_counter() - start)
        return
    for values in explainer.grow(network, question.pixels[0], score, progress):
        yield heat_map(question, explainer, values, time.perf_counter() - start)


def heat_map(
    question: HeatMapQuestion, explainer: "Explainer", values: "Maps", seconds: float
) -> HeatMap:
    """Return a method's answer with its stamp."""
    import dataclasses

    import torch

    own = dataclasses.asdict(explainer)
    layer = explainer.place(question.explained.tower(), torch.from_numpy(question.pixels))
    told = {"method": explainer.name, "layer": layer, "target": question.score.name}
    told |= {"side": str(question.pixels.shape[-1])}
    told |= {key: value for key, value in own.items() if key not in {"layer", "batch", "seed"}}
    stamp = Stamp(
        question.encoder.name,
        question.encoder.fingerprint,
        seconds,
        seed=own.get("seed"),
        settings=told,
    )
    return HeatMap(
        values,
        question.picture,
        question.value,
        question.score.name,
        explainer.name,
        layer,
        explainer.signed,
        question.contrast,
        stamp,
    )


def layers_of(model: str) -> tuple["Layer", ...]:
    """Return a model's layers that lie over the picture, with their shapes, shallow to deep.

    Raises:
        InputError: there is no such model.
    """
    import torch
    from PIL import Image

    from replearn.explainers.layers import layers

    encoder = load_model(model)
    pixels = encoder.preprocess([Image.new("RGB", (64, 64))])
    return layers(encoder.tower(), torch.from_numpy(pixels))


def methods_of(model: str) -> tuple[str, ...]:
    """Return the methods that a model can be asked with.

    Raises:
        InputError: there is no such model.
    """
    tower = load_model(model).tower()
    return tuple(name for name in EXPLAINERS if explainer_class(name).fits(tower))
