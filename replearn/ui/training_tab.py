"""Training: what happens while it learns?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.ui.code import train_code
from replearn.ui.components import described
from replearn.ui.loss_panel import loss_panel
from replearn.ui.predict_panel import predict_panel
from replearn.ui.run_panel import run_choices, run_panel
from replearn.ui.subject import Subject
from replearn.ui.training_knobs import USUAL, settings_of, training_knobs, usual_values


def training_tab(tab: gr.Tab, subject: Subject) -> None:
    """Build the tab."""
    described(
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
            start = gr.Button("train", variant="primary", elem_id="train")
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
            panel = run_panel(tab, subject)
            with gr.Accordion("code", open=False):
                code = gr.Code(language="python", interactive=False)
    predict_panel()
    loss_panel(subject)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    previewed = knobs.some("recipe", "dataset", "views", *USUAL, "side")
    gr.on(
        [tab.select, *(knob.change for knob in previewed)],
        _preview,
        knobs.components,
        [views, code, panel.refused],
        trigger_mode="always_last",
        **quiet,
    )
    knobs.by_name["recipe"].change(
        lambda recipe: list(usual_values(recipe).values()),
        knobs.by_name["recipe"],
        knobs.some(*USUAL),
        **quiet,
    )
    start.click(
        _start, [name, *knobs.components], [panel.shown, panel.timer, panel.refused, name], **quiet
    )


def _preview(*values: Any) -> tuple[Any, Any, str | None]:
    from replearn.studies.views import two_views

    recipe, settings = settings_of(values)
    try:
        rows = two_views(recipe, settings, 2)
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error)
    titles = ("picture", "view 1", "view 2")
    pictures = [(p, title) for row in rows for p, title in zip(row, titles, strict=True)]
    return pictures, train_code(recipe, settings), None


def _start(name: str | None, *values: Any) -> tuple[Any, Any, str | None, Any]:
    from replearn.studies.lab import free_name, start_run

    recipe, settings = settings_of(values)
    called = (name or "").strip() or free_name(recipe)
    try:
        start_run(recipe, called, settings)
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error), gr.skip()
    return run_choices(called), gr.Timer(active=True), None, ""
