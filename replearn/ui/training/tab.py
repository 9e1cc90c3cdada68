"""Training: what happens while it learns?"""

from typing import Any

import gradio as gr

from replearn.core.settings import TRAINING_IS_OFF, from_environment
from replearn.ui.frame.code import train_code
from replearn.ui.frame.components import code_panel
from replearn.ui.frame.figure import Shown, refusing
from replearn.ui.frame.subject import LinkedData, Subject
from replearn.ui.frame.turns import LATEST, QUIET, Turns
from replearn.ui.lessons.introduced import introduced
from replearn.ui.training.knobs import OF_SOME, USUAL, fitting, settings_of, training_knobs
from replearn.ui.training.loss_panel import loss_panel
from replearn.ui.training.predict_panel import predict_panel
from replearn.ui.training.recording_panel import recording_panel
from replearn.ui.training.run_panel import run_choices, run_panel

TAB = "training"


def training_tab(turns: Turns, subject: Subject, to_train: gr.State) -> None:
    """Build the tab; it opens with the pictures that are put into `to_train`."""
    introduced(
        "training",
        "**What happens while it learns?** A small network from scratch, on pictures whose every "
        "factor is known.",
        "The loss of a contrastive run soon looks flat; what the features are good for goes on "
        "rising: accuracy by neighbours (kNN) and by a linear probe on pictures that were never "
        "trained on. Alignment is the mean squared distance of views that belong together, "
        "uniformity how evenly all vectors fill the sphere; both are better when lower (Wang and "
        "Isola 2020). In the matrix, orange squares mark the pairs that the loss draws together.",
        "A map turns and shrinks all directions into two; accuracies are of 200 to 1,000 pictures "
        "and have intervals of up to seven points. A low loss at a low temperature isn't a better "
        "model.",
        ("Chen et al. 2020 (SimCLR)", "https://arxiv.org/abs/2002.05709"),
    )
    recording_panel(turns, TAB)
    gr.Markdown("**Train your own.** The first settings are those of the recording on the left.")
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            knobs = training_knobs()
            name = gr.Textbox(
                label="Name",
                placeholder="named by itself",
                max_lines=1,
                max_length=60,
                elem_id="run-name",
            )
            allowed = from_environment().may_train
            start = gr.Button("train", variant="primary", elem_id="train", visible=allowed)
            if not allowed:
                gr.Markdown(TRAINING_IS_OFF, elem_classes="rl-card")
        with gr.Column(scale=2, min_width=300):
            views = gr.Gallery(
                label="A picture and its two views",
                columns=6,
                height=120,
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="views",
            )
            panel = run_panel(turns, subject)
            code = code_panel("training-code")
    predict_panel(turns)
    loss_panel(turns, subject)

    @refusing(panel.refused)
    def previewed(*values: Any) -> Shown:
        from replearn.studies.training.views import two_views

        recipe, settings = settings_of(values)
        titles = ("picture", "view 1", "view 2")
        rows = [zip(row, titles, strict=True) for row in two_views(recipe, settings, 2)]
        return {views: [one for row in rows for one in row], code: train_code(recipe, settings)}

    @refusing(panel.refused)
    def started(called: str | None, *values: Any) -> Shown:
        from replearn.studies.training.runs import free_name, start_run

        recipe, settings = settings_of(values)
        run = (called or "").strip() or free_name(recipe)
        start_run(recipe, run, settings)
        return {panel.shown: run_choices(run), panel.timer: gr.Timer(active=True), name: ""}

    def handed(wanted: LinkedData) -> Shown:
        return {
            knobs.by_name["recipe"]: "supervised",
            knobs.by_name["dataset"]: wanted.dataset,
            knobs.by_name["balance"]: wanted.balance,
            knobs.by_name["views"]: "augment",
        }

    shaping = knobs.some("recipe", "dataset", "views", *USUAL, "balance", "side")
    gr.on(
        [turns.first(TAB).change, *(knob.change for knob in shaping)],
        previewed,
        knobs.components,
        [views, code, panel.refused],
        **LATEST,
    )
    knobs.by_name["recipe"].change(
        lambda recipe: {knobs.by_name[knob]: update for knob, update in fitting(recipe).items()},
        knobs.by_name["recipe"],
        knobs.some(*USUAL, *OF_SOME),
        **QUIET,
    )
    to_train.change(
        handed, to_train, knobs.some("recipe", "dataset", "balance", "views"), **QUIET
    ).then(None, None, None, js="() => { replearn.go('Training', null); }", **QUIET)
    start.click(
        started, [name, *knobs.components], [panel.shown, panel.timer, panel.refused, name], **QUIET
    )
