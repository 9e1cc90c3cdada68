"""What a heat map is asked with: the target, the method, its layer and its settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.pace import duration
from replearn.explainers import EXPLAINERS
from replearn.explainers.fills import FILLS
from replearn.studies.answering.answered import best_target
from replearn.studies.answering.heat_map_question import Target
from replearn.studies.heat_maps.cost import method_seconds
from replearn.studies.heat_maps.explain import layers_of, methods_of
from replearn.ui.frame.figure import Shown, changes
from replearn.ui.frame.picture_input import PictureInput
from replearn.ui.frame.question import Asked as PageAsked
from replearn.ui.frame.turns import QUIET

KINDS = {
    "a class or a text": "what",
    "one against another": "against",
    "a second picture: why alike?": "like",
}
OWN_LAYER = ""
LAYERED = frozenset({"grad-cam", "grad-cam++", "layer-cam", "eigen-cam", "score-cam"})
LAYERED |= {"guided-grad-cam"}
WORTH_TELLING = 1.0  # seconds: a wait that is more than a moment


@dataclass(frozen=True)
class HeatMapControls:
    """The components of the left third, in the order of `inputs`."""

    kind: gr.Radio
    target: gr.Textbox
    against: gr.Textbox
    other: PictureInput
    method: gr.Dropdown
    layer: gr.Dropdown
    finer: gr.Checkbox
    knobs: tuple[tuple[str, str, Any], ...]  # method, setting, component

    @property
    def events(self) -> list[Any]:
        """What asks for another map; a text is asked by Enter."""
        chosen = [self.kind, self.method, self.layer, self.finer]
        knobs = [knob for _, _, knob in self.knobs]
        return [
            *(one.input for one in (*chosen, *knobs)),
            self.target.submit,
            self.against.submit,
            *changes(self.other),
        ]

    def at(self, component: Any) -> int:
        """Return where a component's value stands among those of `inputs`."""
        return next(i for i, one in enumerate(self.inputs) if one is component)

    @property
    def inputs(self) -> list[Any]:
        """All components, as `asked_of` takes their values."""
        return [
            self.kind,
            self.target,
            self.against,
            self.other,
            self.method,
            self.layer,
            self.finer,
            *(knob for _, _, knob in self.knobs),
        ]


@dataclass(frozen=True)
class Asked:
    """What `studies.explain.explain` takes beside picture and model."""

    target: Target
    against: str
    method: str
    finer: bool
    settings: dict[str, Any]


@dataclass(frozen=True, eq=False)
class DrawnMap:
    """What the map on the page was drawn from; a check of it asks the same."""

    picture: str
    model: str
    asked: Asked


def heat_map_controls() -> HeatMapControls:
    """Build the controls."""
    kind = gr.Radio(list(KINDS), value=next(iter(KINDS)), label="Ask about", elem_id="heat-kind")
    target = gr.Textbox(
        label="What to look for (press Enter)",
        placeholder="empty: the model's own best answer",
        elem_id="target",
        max_lines=1,
    )
    against = gr.Textbox(label="Against", visible=False, elem_id="against", max_lines=1)
    other = PictureInput(
        type="filepath",
        sources=["upload", "clipboard"],
        label="Second picture",
        visible=False,
        height=160,
        image_mode=None,
        elem_id="second-picture",
    )
    method = gr.Dropdown(list(EXPLAINERS), value="cam", label="Method", elem_id="method")
    layer = gr.Dropdown(
        [("the method's own", OWN_LAYER)],
        value=OWN_LAYER,
        label="Layer",
        visible=False,
        elem_id="layer",
    )
    knobs = tuple((of, name, make(visible=False, **how)) for of, name, make, how in _KNOBS)
    finer = gr.Checkbox(
        False, label="finer map", info="the picture goes in at twice its size", elem_id="finer"
    )

    def kind_chosen(chosen: str) -> Shown:
        return {
            against: gr.update(visible=KINDS[chosen] == "against"),
            other: gr.update(visible=KINDS[chosen] == "like"),
            target: gr.update(visible=KINDS[chosen] != "like"),
        }

    def method_chosen(chosen: str) -> Shown:
        shown: Shown = {knob: gr.update(visible=owner == chosen) for owner, _, knob in knobs}
        return {**shown, layer: gr.update(visible=chosen in LAYERED)}

    kind.input(kind_chosen, kind, [against, other, target], **QUIET)
    method.change(method_chosen, method, [layer, *(knob for _, _, knob in knobs)], **QUIET)
    return HeatMapControls(kind, target, against, other, method, layer, finer, knobs)


def asked_of(
    picture: str, model: str, page: PageAsked, values: Sequence[Any], knobs: HeatMapControls
) -> Asked:
    """Return what the controls' values ask.

    Args:
        picture: the subject's path.
        model: the model's name.
        page: the page's question, among whose labels an empty target takes the best.
        values: of `HeatMapControls.inputs`.
        knobs: the controls, which know whose setting a knob is.

    Raises:
        InputError: something is missing.
    """
    kind, target, against, other, method, layer, finer, *settings = values
    given: dict[str, Any] = {
        name: value
        for (owner, name, _), value in zip(knobs.knobs, settings, strict=True)
        if owner == method
    }
    if layer and method in LAYERED:
        given["layer"] = layer
    wanted: Target
    if KINDS[kind] == "like":
        if not other:
            raise InputError("Give the second picture: upload or paste it.")
        wanted = Path(other)
    else:
        wanted = (target or "").strip() or best_target(picture, model, page.get())
    minus = (against or "").strip() if KINDS[kind] == "against" else ""
    if KINDS[kind] == "against" and not minus:
        raise InputError("Type what to compare against, for example “dog”.")
    return Asked(wanted, minus, method, bool(finer), given)


# method, setting -> the component's class and what it is built with
_KNOBS: tuple[tuple[str, str, Any, dict[str, Any]], ...] = (
    ("occlusion", "patch", gr.Slider, {"minimum": 0.05, "maximum": 0.5, "value": 0.15,
     "step": 0.01, "label": "Patch, share of the side", "elem_id": "patch"}),
    ("occlusion", "steps", gr.Slider, {"minimum": 4, "maximum": 28, "value": 14, "step": 1,
     "label": "Positions along a side", "elem_id": "steps"}),
    ("occlusion", "fill", gr.Radio, {"choices": list(FILLS), "value": "grey",
     "label": "Covered by", "elem_id": "occluded-by"}),
    ("rise", "masks", gr.Slider, {"minimum": 100, "maximum": 4000, "value": 1000, "step": 100,
     "label": "Masks", "elem_id": "masks"}),
    ("input-gradient", "samples", gr.Slider, {"minimum": 1, "maximum": 64, "value": 16,
     "step": 1, "label": "Noisy copies (SmoothGrad)", "elem_id": "noisy-copies"}),
    ("input-gradient", "noise", gr.Slider, {"minimum": 0, "maximum": 0.5, "value": 0.15,
     "step": 0.01, "label": "Noise, share of the range", "elem_id": "noise"}),
    ("integrated-gradients", "steps", gr.Slider, {"minimum": 8, "maximum": 128, "value": 32,
     "step": 8, "label": "Steps from grey", "elem_id": "steps-from-grey"}),
)  # fmt: skip


def fitting_methods(model: str, method: str) -> tuple[str, Any, Any]:
    """Return a method that fits the model, and the lists of all that do and of its layers.

    Raises:
        ReplearnError: the model can't be opened.
    """
    fitting = methods_of(model)
    layers = [(str(layer), layer.name) for layer in layers_of(model)]
    chosen = method if method in fitting else fitting[0]
    return (
        chosen,
        gr.update(choices=fitting, value=chosen),
        gr.update(choices=[("the method's own", OWN_LAYER), *layers], value=OWN_LAYER),
    )


def timed_methods(model: str) -> Any:
    """Return the list of methods with the time that each takes here, where it is worth telling.

    Raises:
        ReplearnError: the model can't be opened.
    """
    took = method_seconds(model)
    told = {name: f" (about {duration(s)})" for name, s in took.items() if s >= WORTH_TELLING}
    return gr.update(choices=[(f"{name}{told.get(name, '')}", name) for name in took])
