"""Form or texture: which does it go by?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.data.labels import parse_labels
from replearn.plotting.shape_figures import rendition_figure, shape_bias_figure
from replearn.studies.published import shape_biases as published_biases
from replearn.studies.renditions import renditions_answered
from replearn.studies.shape_bias import shape_bias
from replearn.studies.shape_rows import (
    read_shape_rows,
    rendition_accuracies,
    shape_biases,
    shipped_shape_rows,
)
from replearn.ui.components import described, notice, plot, stamp
from replearn.ui.patches_panel import patches_panel
from replearn.ui.stopping import Stops
from replearn.ui.subject import NO_COMPARISON, Subject
from replearn.ui.zero_shot_tab import Question

CHANCE = 1 / 8  # of the eight solids
_stops = Stops("Stopped; nothing was counted.")


def shape_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab."""
    described(
        "**Form or texture: which does it go by?** Five renditions of the picture, and pictures "
        "whose form says one thing and whose texture another.",
        "Under each rendition stands the answer and its probability. An answer that survives the "
        "silhouette rests on form, one that survives the texture on local patterns. Shape bias is "
        "the share of the form's category among the answers that went with either cue.",
        "Silhouettes and edges are themselves unlike anything that was trained on: being wrong "
        "about them needn't mean that form is ignored. The renditions of a photograph are made "
        "without cutting the object out; those of `shapes` are exact.",
        ("Geirhos et al. 2019", "https://arxiv.org/abs/1811.12231"),
    )
    refused = notice("shape-notice")
    gallery = gr.Gallery(
        label="Five renditions of the subject",
        columns=5,
        height=230,
        object_fit="contain",
        elem_id="renditions",
        buttons=[],
    )
    with gr.Row():
        with gr.Column(min_width=320):
            gr.Markdown("**Who still knows the solid?** `shapes`, renditions made exactly")
            accuracy = plot("rendition-accuracy")
        with gr.Column(min_width=320):
            gr.Markdown(
                "**When form and texture disagree**: solids in the texture of another solid. "
                "Upright lines are the models' means."
            )
            conflict = plot("cue-conflict")
    origin = stamp("shape-stamp")
    with gr.Accordion("your own cue-conflict pictures", open=False, elem_id="own-cues"):
        gr.Markdown(
            "Choose a folder at the left as data set (`folder:PATH`), in the layout of the paper: "
            "`cat/cat7-elephant2.png` has the form of a cat and an elephant's texture. Models of "
            "ImageNet answer by the sixteen categories' classes in WordNet, models that read text "
            "by sixteen prompts."
        )
        with gr.Row():
            button = gr.Button("ask the model", variant="primary", elem_id="ask-cues")
            stop = gr.Button("stop", elem_id="stop-cues")
        own_refused = notice("own-cues-notice")
        own = plot("own-cue-conflict")
        own_origin = stamp("own-cues-stamp")
    patches_panel(tab, subject)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on(
        [
            tab.select,
            subject.picture.change,
            subject.model.change,
            subject.compare.change,
            question.labels.change,
        ],
        _renditions,
        [subject.picture, subject.model, subject.compare, question.labels],
        [gallery, refused],
        trigger_mode="always_last",
        **quiet,
    )
    tab.select(_shipped, None, [accuracy, conflict, origin], **quiet)
    button.click(
        _own,
        [subject.dataset, subject.model],
        [own, own_origin, own_refused],
        api_visibility="private",
        concurrency_limit=2,
    )
    stop.click(_stops.wish, None, own_refused, **quiet)


def _renditions(picture: str | None, model: str, compared: str, labels: str) -> tuple[Any, Any]:
    if picture is None:
        return [], "Choose a picture: upload, paste, or take an example."
    models = [model] if compared in {NO_COMPARISON, model} else [model, compared]
    try:
        names = list(parse_labels(labels).names)
        rows = [renditions_answered(picture, one, names) for one in models]
    except ReplearnError as error:
        return [], str(error)
    shown = []
    for answers in zip(*rows, strict=True):
        said = [
            f"{label} {share:.2f}" + (f" ({name})" if len(models) > 1 else "")
            for name, (_, label, share) in zip(models, answers, strict=True)
        ]
        shown.append((answers[0][0].picture, f"{answers[0][0].name}: {'; '.join(said)}"))
    return shown, None


def _shipped() -> tuple[Any, ...]:
    try:
        rows = read_shape_rows(shipped_shape_rows())
    except ReplearnError as error:
        return {"traces": []}, {"traces": []}, {"text": str(error)}
    renditions, biases = rendition_accuracies(rows), shape_biases(rows)
    models = ", ".join(f"{name} {bias.stamp.fingerprint[:6]}" for name, bias in biases.items())
    first = next(iter(biases.values()))
    text = (
        f"{models} | shapes, test, seed 0 | n = {renditions[0].accuracy.n:,} a rendition, "
        f"{first.stamp.n:,} in conflict | 95 % intervals (Wilson)"
    )
    return rendition_figure(renditions, CHANCE), shape_bias_figure(biases), {"text": text}


def _own(
    dataset: str,
    model: str,
    request: gr.Request,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
) -> tuple[Any, ...]:
    try:
        found = shape_bias(dataset, model, _stops.progress(request, progress))
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error)
    text = f"{found.stamp} | shape bias {found.overall} | by either cue {found.either}"
    return shape_bias_figure({model: found}, published_biases()), {"text": text}, None
