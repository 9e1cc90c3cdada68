"""The bar of picture, model and data set above the tabs, and who listens to them."""

from typing import Any

import gradio as gr

from replearn.core.settings import Settings
from replearn.data.photos import Photos
from replearn.ui.frame.components import notice
from replearn.ui.frame.dataset_checks import DatasetChecks
from replearn.ui.frame.examples import FIRST_PHOTO, first_example
from replearn.ui.frame.framing import CENTRE, framing
from replearn.ui.frame.picture_input import PictureInput
from replearn.ui.frame.subject import Choosers, Subject
from replearn.ui.frame.subject_checks import SubjectChecks
from replearn.ui.frame.subject_names import NO_COMPARISON, choices, model_line, model_names
from replearn.ui.frame.turns import LATEST
from replearn.ui.getting.panel import WATCHED, getting_panel, listen

FIRST_DATA = "emoji"


def subject_bar(settings: Settings) -> Subject:
    """Build the bar; `static/subject.js` folds what isn't needed at each moment."""
    names = model_names(settings)
    first = first_example()
    with gr.Column(elem_id="subject", min_width=0):
        with gr.Row(elem_id="subject-bar"):
            chosen = {
                **_picture(first, names[0]),
                **_models(settings, names[0]),
                **_data(settings),
            }
        choosers = Choosers(
            **chosen,
            refused=notice("picture-notice"),
            refused_name=notice("name-notice"),
            get_model=getting_panel("get-model"),
            get_dataset=getting_panel("get-dataset"),
        )
    subject = Subject(
        gr.State(first),
        gr.State(first),
        gr.State(CENTRE),
        gr.State(names[0]),
        gr.State(NO_COMPARISON),
        gr.State(FIRST_DATA),
        tuple(names),
        choosers,
    )
    _listen(subject)
    return subject


def _picture(first: str, model: str) -> dict[str, Any]:
    """Build the picture, its frame and the examples; return them by name."""
    with gr.Column(elem_id="subject-picture", min_width=0):
        picture = PictureInput(
            value=first,
            type="filepath",
            sources=["upload", "clipboard", "webcam"],
            label="Subject",
            elem_id="picture",
            height=260,
            image_mode=None,
        )
        gr.Button("change", size="sm", elem_id="subject-more")
        line = framing(model)
    photos = Photos()
    with gr.Column(elem_id="subject-examples", min_width=0):
        examples = gr.Gallery(
            label="Examples",
            show_label=False,
            columns=6,
            object_fit="cover",
            allow_preview=False,
            elem_id="examples",
            buttons=[],
        )
        told = photos.why(photos.index(FIRST_PHOTO))
        why = gr.Markdown(told, elem_id="why", elem_classes="rl-card")
    return {"picture": picture, "framing": line, "examples": examples, "why": why}


def _models(settings: Settings, first: str) -> dict[str, Any]:
    """Build the model and the one beside it; return them by name."""
    names, compared, _ = choices(settings)
    may_choose = settings.fixed_model is None
    with gr.Column(elem_id="subject-model", min_width=0):
        model = gr.Dropdown(
            names,
            value=first,
            label="Model",
            allow_custom_value=True,
            interactive=may_choose,
            elem_id="model",
        )
        card = gr.Markdown(model_line(first), elem_id="model-card", elem_classes="rl-card")
    with gr.Column(elem_id="subject-compare", min_width=0):
        compare = gr.Dropdown(
            compared,
            value=NO_COMPARISON,
            label="Compare with",
            allow_custom_value=True,
            interactive=may_choose,
            elem_id="compare",
        )
    return {"model": model, "card": card, "compare": compare}


def _data(settings: Settings) -> dict[str, Any]:
    """Build the data set and its split; return them by name."""
    _, _, data = choices(settings)
    with gr.Column(elem_id="subject-dataset", min_width=0):
        dataset = gr.Dropdown(
            data,
            value=FIRST_DATA,
            label="Data set, or folder:PATH" if settings.opens_folders else "Data set",
            allow_custom_value=True,
            elem_id="dataset",
        )
        split = gr.Dropdown([], label="Split", visible=False, elem_id="split")
        told = gr.Markdown("", elem_id="dataset-told", elem_classes="rl-card")
    return {"dataset": dataset, "split": split, "told": told}


def _listen(subject: Subject) -> None:
    """Check what comes in, once; gr.Image's `change` would never come to rest."""
    at, checks, of_data = subject.choosers, SubjectChecks(subject), DatasetChecks(subject)
    framed = [subject.original, subject.frame, subject.picture, at.framing]
    gr.on(
        [at.picture.upload, at.picture.clear],
        checks.checked_picture,
        [at.picture, subject.model],
        [*framed, at.picture, at.refused, at.why],
        **LATEST,
    )
    at.framing.framed(  # the event exists because its name stands in framing.js
        checks.chosen_frame,
        [subject.original, subject.model],
        [subject.frame, subject.picture, at.framing, at.refused],
        **LATEST,
    )
    of_model = [
        *(subject.model, at.model, at.card, at.refused_name),
        *(subject.picture, at.framing, at.get_model),
    ]
    of_dataset = [
        *(subject.dataset, at.dataset, at.refused_name),
        *(at.split, at.told, at.get_dataset),
    ]
    # models open on threads of their own, and the line below says how long it takes
    shown = {"show_progress": "full", "show_progress_on": at.card}
    opens: dict[str, Any] = {**LATEST, **shown, "concurrency_limit": WATCHED}
    # `change`, for a choice from the list raises `input` twice
    at.model.change(
        checks.checked_model,
        [at.model, subject.model, subject.original, subject.frame],
        of_model,
        **opens,
    )
    at.compare.change(
        checks.checked_comparison,
        [at.compare, subject.compare],
        [subject.compare, at.compare, at.refused_name, at.get_model],
        **opens,
    )
    at.dataset.change(
        of_data.checked_dataset,
        [at.dataset, subject.dataset],
        of_dataset,
        **LATEST,
    )
    at.split.input(
        of_data.checked_split,
        [at.dataset, at.split],
        [subject.dataset, at.refused_name, at.told],
        **LATEST,
    )
    for panel in (at.get_model, at.get_dataset):
        listen(panel)
    # the events exist because their names stand in getting.js
    at.get_model.chosen(
        checks.came,
        [subject.model, subject.compare, subject.original, subject.frame],
        [*of_model, subject.compare, at.compare],
        **opens,
    )
    at.get_dataset.chosen(of_data.came, subject.dataset, of_dataset, **LATEST)
