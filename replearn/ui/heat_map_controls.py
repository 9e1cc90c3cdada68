"""What a heat map is asked with: the target, the method, its layer and its settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.data.labels import parse_labels
from replearn.encoders.registry import load_model
from replearn.explainers import EXPLAINERS
from replearn.explainers.fills import FILLS
from replearn.studies.explain import layers_of, methods_of
from replearn.studies.heat_map_question import Target
from replearn.studies.zero_shot import classify, zero_shot
from replearn.ui.subject import PictureInput, Subject

KINDS = {
    "a class or a text": "what",
    "one against another": "against",
    "a second picture: why alike?": "like",
}
OWN_LAYER = ""
LAYERED = frozenset({"grad-cam", "grad-cam++", "layer-cam", "eigen-cam", "score-cam"})
LAYERED |= {"guided-grad-cam"}
# what a wait is to be expected on two cores, where it is more than a moment
SECONDS = {
    "score-cam": "10 to 20 s",
    "rise": "5 to 10 s",
    "occlusion": "1 to 2 s",
    "integrated-gradients": "2 s",
    "input-gradient": "1 s",
}


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


def heat_map_controls() -> HeatMapControls:
    """Build the controls."""
    kind = gr.Radio(list(KINDS), value=next(iter(KINDS)), label="Ask about", elem_id="heat-kind")
    target = gr.Textbox(
        label="What to look for",
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
    method = gr.Dropdown(
        [(_timed(name), name) for name in EXPLAINERS], value="cam", label="Method", elem_id="method"
    )
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
    kind.change(_kind, kind, [against, other, target], **_quiet())
    method.change(_method, method, [layer, *(knob for _, _, knob in knobs)], **_quiet())
    return HeatMapControls(kind, target, against, other, method, layer, finer, knobs)


def follow_model(controls: HeatMapControls, subject: Subject, events: Sequence[Any]) -> None:
    """Offer the methods that fit the model, and its real layers, after each event."""
    gr.on(
        events,
        _of_model,
        [subject.model, controls.method],
        [controls.method, controls.layer],
        **_quiet(),
    )


def asked_of(
    picture: str, model: str, labels: str, values: Sequence[Any], knobs: HeatMapControls
) -> Asked:
    """Return what the controls' values ask.

    Args:
        picture: the subject's path.
        model: the model's name.
        labels: of the page, among which an empty target takes the best.
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
        wanted = (target or "").strip() or best_answer(picture, model, labels)
    minus = (against or "").strip() if KINDS[kind] == "against" else ""
    if KINDS[kind] == "against" and not minus:
        raise InputError("Type what to compare against, for example “dog”.")
    return Asked(wanted, minus, method, bool(finer), given)


def best_answer(picture: str, model: str, labels: str) -> str:
    """Return the label, or the model's own class, that fits the picture best."""
    if "text" in load_model(model).card.capabilities:
        return zero_shot(picture, parse_labels(labels).names, model).top(1)[0][0]
    # the number, for two classes may share a name
    return f"#{classify(picture, model).order[0]}"


# method, setting -> the component's class and what it is built with
_KNOBS: tuple[tuple[str, str, Any, dict[str, Any]], ...] = (
    ("occlusion", "patch", gr.Slider, {"minimum": 0.05, "maximum": 0.5, "value": 0.15,
     "step": 0.01, "label": "Patch, share of the side", "elem_id": "patch"}),
    ("occlusion", "steps", gr.Slider, {"minimum": 4, "maximum": 28, "value": 14, "step": 1,
     "label": "Positions along a side", "elem_id": "steps"}),
    ("occlusion", "fill", gr.Radio, {"choices": list(FILLS), "value": "grey",
     "label": "Covered by"}),
    ("rise", "masks", gr.Slider, {"minimum": 100, "maximum": 4000, "value": 1000, "step": 100,
     "label": "Masks"}),
    ("input-gradient", "samples", gr.Slider, {"minimum": 1, "maximum": 64, "value": 16,
     "step": 1, "label": "Noisy copies (SmoothGrad)"}),
    ("input-gradient", "noise", gr.Slider, {"minimum": 0, "maximum": 0.5, "value": 0.15,
     "step": 0.01, "label": "Noise, share of the range"}),
    ("integrated-gradients", "steps", gr.Slider, {"minimum": 8, "maximum": 128, "value": 32,
     "step": 8, "label": "Steps from grey"}),
)  # fmt: skip


def _timed(name: str) -> str:
    return f"{name} ({SECONDS[name]})" if name in SECONDS else name


def _kind(kind: str) -> tuple[Any, Any, Any]:
    against, like = KINDS[kind] == "against", KINDS[kind] == "like"
    return gr.update(visible=against), gr.update(visible=like), gr.update(visible=not like)


def _method(method: str) -> list[Any]:
    shown = [gr.update(visible=owner == method) for owner, _, _, _ in _KNOBS]
    return [gr.update(visible=method in LAYERED), *shown]


def _of_model(model: str, method: str) -> tuple[Any, Any]:
    try:
        fitting = methods_of(model)
        layers = [(str(layer), layer.name) for layer in layers_of(model)]
    except ReplearnError:
        return gr.skip(), gr.skip()  # what is wrong with the model is said where it answers
    chosen = method if method in fitting else fitting[0]
    return (
        gr.update(choices=[(_timed(name), name) for name in fitting], value=chosen),
        gr.update(choices=[("the method's own", OWN_LAYER), *layers], value=OWN_LAYER),
    )


def _quiet() -> dict[str, Any]:
    return {"api_visibility": "private", "show_progress": "hidden"}
