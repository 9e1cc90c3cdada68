"""A dictionary learnt on top: are its features cleaner than the neurons?"""

import gradio as gr

from replearn.plotting.parts.features import (
    FEATURE_COLUMNS,
    feature_figure,
    feature_lines,
    feature_rows,
)
from replearn.studies.parts.feature_factors import shipped_feature_factors
from replearn.ui.frame.components import plot, stamp
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import LATEST, Turns

NONE_SHIPS = (
    "No dictionary on this model ships; `shapes-clip` has one. Learn your own in a minute or "
    "three, and it opens as `run:mine`:\n\n```\npython -m replearn train sae --set model={model} "
    "--dataset shapes --name mine\n```"
)


def features_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion("a dictionary on top", open=False, elem_id="features") as panel:
        gr.Markdown(
            "**What it shows**: a sparse autoencoder writes each vector of a model as a sum of a "
            "few of many learnt directions, its features; each value of `shapes` has the feature "
            "that tells it best, beside the best single number (neuron) of the vector. "
            "**How to read it**: further right is cleaner; what as many random directions reach is "
            "what trying many gives. Units are chosen on other pictures than they are told on. "
            "**When it misleads**: one feature may tell a value and yet mean another thing that "
            "goes with it; another seed or size gives other features; a value that the model "
            "doesn't keep has none. Choose `shapes-clip-sae` in the Model list, then *one unit at "
            "a time* below opens its features. Paper: "
            "[Gao et al. 2024](https://arxiv.org/abs/2406.04093)"
        )
        said = gr.Markdown(elem_id="features-said")
        with gr.Row():
            with gr.Column(scale=2, min_width=300):
                dots = plot("feature-dots")
            with gr.Column(scale=1, min_width=260):
                table = gr.Dataframe(
                    headers=FEATURE_COLUMNS,
                    interactive=False,
                    wrap=True,
                    label="Mean AUC of the best of each",
                    elem_id="feature-table",
                )
        origin = stamp("features-stamp")

    def beside_neurons(model: str) -> Shown:
        found = shipped_feature_factors(model)
        if found is None:
            return {
                said: NONE_SHIPS.format(model=model),
                dots: {"traces": []},
                table: [],
                origin: {"text": ""},
            }
        return {
            said: feature_lines(found),
            dots: feature_figure(found),
            table: feature_rows(found),
            origin: {"text": str(found.stamp)},
        }

    turns.panel("features", "parts", panel).change(
        beside_neurons, subject.model, [said, dots, table, origin], **LATEST
    )
