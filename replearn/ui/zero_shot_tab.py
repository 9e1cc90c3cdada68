"""Zero-shot: what is it? The picture against sentences."""

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.core.answers import ClassProbabilities, Probabilities
from replearn.core.errors import ReplearnError
from replearn.data.labels import (
    TEMPLATE_PRESETS,
    parse_labels,
    parse_templates,
    preset_labels,
    preset_names,
)
from replearn.encoders.registry import load_model
from replearn.plotting.bars import bar_rows
from replearn.studies.zero_shot import classify, zero_shot
from replearn.ui.code import zero_shot_code
from replearn.ui.components import bars, described, notice, stamp
from replearn.ui.progress import to_page
from replearn.ui.saving import save_answer
from replearn.ui.subject import NO_COMPARISON, Subject

START_LABELS = "cheetah\nlion\ndog\ncat\nhorse\ntower\ncup of coffee\nrocket"
NULL_PROMPT = "a photo"
SOFTMAX_NOTE = (
    "These probabilities are a softmax over the labels you gave: they say which label fits best "
    "among these, not how likely any of them is. The cosine beside each bar is the raw likeness."
)


@dataclass(frozen=True)
class Question:
    """The labels of the page, which other tabs ask about too, and how the first answer is asked."""

    labels: gr.Textbox
    templates: gr.Textbox
    ask: Callable[..., tuple[Any, ...]]
    inputs: list[Any]
    outputs: list[Any]


def zero_shot_tab(subject: Subject) -> Question:
    """Build the tab; return the components that hold labels and templates."""
    described(
        "**What is it?** The picture is compared with sentences, not with fixed classes.",
        "Each label is written into every template; the model turns sentences and picture into "
        "vectors; the cosine between them is divided by the temperature and goes through a "
        "softmax. The thin line on the cosine axis is the spread over templates.",
        "The bars always add up to 1, even when no label fits: keep “none of these” on. The words "
        "matter: try “kitten” for “cat”. A cosine of 0.3 can be a strong match; compare cosines "
        "within one model only.",
        ("Radford et al. 2021", "https://arxiv.org/abs/2103.00020"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            preset = gr.Dropdown(
                ["my own", *preset_names()], value="my own", label="Label set", elem_id="preset"
            )
            labels = gr.Textbox(
                START_LABELS,
                label="Labels, one a line",
                lines=8,
                max_lines=14,
                elem_id="labels",
            )
            with gr.Row():
                null_on = gr.Checkbox(True, label="“none of these” may win", elem_id="null-on")
                null_text = gr.Textbox(
                    NULL_PROMPT, label="its prompt", max_lines=1, elem_id="null-prompt"
                )
            with gr.Accordion("Templates and temperature", open=False):
                template_preset = gr.Dropdown(
                    list(TEMPLATE_PRESETS), value="a photo", label="Template set"
                )
                templates = gr.Textbox(
                    "\n".join(TEMPLATE_PRESETS["a photo"]),
                    label="Templates, one a line, {} is the label",
                    lines=3,
                    elem_id="templates",
                )
                own = gr.Checkbox(True, label="the model's own temperature", elem_id="own-tau")
                temperature = gr.Slider(
                    0.002, 0.2, 0.01, step=0.001, label="Temperature", elem_id="temperature"
                )
            refused = notice("zero-shot-notice")
        with gr.Column(scale=2, min_width=300), gr.Row():
            with gr.Column(min_width=280):
                result = bars("answer")
                origin = stamp("answer-stamp")
            with gr.Column(min_width=280, visible=False) as second_column:
                second = bars("answer-2")
                second_origin = stamp("answer-2-stamp")
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", elem_id="code", interactive=False)
    with gr.Row():
        save = gr.Button("save", size="sm", elem_id="save")
        saved = gr.DownloadButton(visible="hidden", elem_id="saved")
        stop = gr.Button("stop", size="sm", variant="stop", elem_id="stop")
    kept = gr.State(None)

    inputs = [
        subject.picture,
        subject.model,
        subject.compare,
        labels,
        templates,
        null_on,
        null_text,
        own,
        temperature,
    ]
    outputs = [
        result,
        origin,
        second_column,
        second,
        second_origin,
        code,
        refused,
        kept,
        temperature,
    ]
    asked = gr.on(
        [
            subject.picture.change,
            subject.model.change,
            subject.compare.change,
            labels.change,
            templates.change,
            null_on.change,
            null_text.change,
            own.change,
            temperature.release,
        ],
        _ask,
        inputs,
        outputs,
        trigger_mode="always_last",
        show_progress="minimal",
        show_progress_on=[result],
        concurrency_limit=4,
        api_visibility="private",
    )
    preset.input(_preset, preset, labels, api_visibility="private", show_progress="hidden")
    template_preset.input(
        lambda name: "\n".join(TEMPLATE_PRESETS[name]),
        template_preset,
        templates,
        api_visibility="private",
        show_progress="hidden",
    )
    save.click(save_answer, kept, saved, api_visibility="private").then(
        None, None, None, js="() => document.querySelector('#saved').click()"
    )
    stop.click(None, cancels=[asked], api_visibility="private")
    return Question(labels, templates, _ask, inputs, outputs)


def _preset(name: str) -> Any:
    return gr.skip() if name == "my own" else "\n".join(preset_labels(name))


def _ask(  # noqa: PLR0913, PLR0917  (Gradio passes one argument per component)
    picture: str | None,
    model: str,
    compare: str,
    labels: str,
    templates: str,
    null_on: bool,
    null_text: str,
    own: bool,
    temperature: float,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    """Answer for one model or two; an error leaves the last answer and says what to do."""
    if picture is None:
        return (*[gr.skip()] * 6, "Choose a picture: upload, paste, or take an example.", *_rest())
    null = null_text.strip() or NULL_PROMPT if null_on else None
    try:
        names = parse_labels(labels)
        chosen = parse_templates(templates)
        tau = None if own else temperature

        def answer(name: str) -> Probabilities | ClassProbabilities:
            progress(0, desc=f"opening {name}")
            if "text" not in load_model(name).card.capabilities:
                return classify(picture, name)
            return zero_shot(
                picture,
                names.names,
                name,
                chosen,
                null_prompt=null,
                temperature=tau,
                progress=to_page(progress),
            )

        first = answer(model)
        other = answer(compare) if compare not in (NO_COMPARISON, model) else None
    except ReplearnError as error:
        return (*[gr.skip()] * 6, str(error), *_rest())
    query = urllib.parse.urlencode({"model": model, "labels": labels, "templates": templates})
    learnt = first.model_temperature if isinstance(first, Probabilities) else None
    slider = (
        gr.Slider(value=learnt if own else temperature, label=f"Temperature (own: {learnt:.3g})")
        if learnt
        else gr.skip()
    )
    return (
        drawn(first, names.notes),
        {"text": str(first.stamp), "query": query},
        gr.Column(visible=other is not None),
        drawn(other) if other else None,
        {"text": str(other.stamp)} if other else None,
        zero_shot_code(picture, first, chosen),
        None,
        (picture, first),
        slider,
    )


def _rest() -> list[Any]:
    return [gr.skip(), gr.skip()]


def drawn(
    answer: Probabilities | ClassProbabilities, notes: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return rows for the bars, with the line that says what the softmax means."""
    if isinstance(answer, Probabilities):
        return {**bar_rows(answer), "note": " ".join([SOFTMAX_NOTE, *notes])}
    note = (
        f"{answer.stamp.model} has no text tower: your labels are not used. It answers with its "
        f"own {len(answer.labels):,} classes, by a softmax over their logits."
    )
    return {**bar_rows(answer), "note": note}
