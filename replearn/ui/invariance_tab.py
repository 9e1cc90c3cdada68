"""Invariance: what leaves its features unmoved?"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.invariance_table import MEASURES
from replearn.studies.invariance_factors import FACTORS, TABLE
from replearn.ui.components import described, legend, notice, plot, stamp
from replearn.ui.invariance_answers import (
    OWN,
    SCENE,
    STOPS,
    SUBJECT,
    WHOSE,
    findings_text,
    levels_answer,
    measure_answer,
    measure_label,
    redrawn,
    table_text,
)
from replearn.ui.invariance_layers_panel import layers_panel
from replearn.ui.saving import save_invariance
from replearn.ui.shift_panel import shift_panel
from replearn.ui.subject import Subject
from replearn.ui.zero_shot_tab import Question

FIRST = TABLE[0]
BESIDE = ("pixels", "shapes-untrained")
GOODFELLOW = (
    "Goodfellow et al. 2009",
    "https://papers.nips.cc/paper/3790-measuring-invariances-in-deep-networks",
)


@dataclass(frozen=True)
class Asking:
    """What is asked: the factor, of which pictures, of which models."""

    factor: gr.Radio
    whose: gr.Radio
    scene: gr.Number
    beside: gr.Dropdown
    plain: gr.Checkbox


def invariance_tab(tab: gr.Tab, subject: Subject, question: Question) -> None:
    """Build the tab: curves of the chosen pictures, the shipped table, layers, and shifts."""
    described(
        "**What leaves its features unmoved?** Turn one knob of the picture and watch how far the "
        "vector, the answer and the accuracy follow.",
        "Left: how like the vector still is to that of the untouched picture, where 1 is the same "
        "and 0 is how alike two different pictures are to this model. Middle: the probability of "
        "what it took the untouched picture for. Right: accuracy on labelled pictures, by a linear "
        "probe fitted on untouched ones, alike for all models; dotted is chance. A flat line is "
        "invariance, and the area under it is the number in the table. Further: "
        "[Lenc and Vedaldi 2015](https://arxiv.org/abs/1411.5908) on maps that move along, "
        "[Azulay and Weiss 2019](https://arxiv.org/abs/1805.12177) on shifts by a pixel.",
        "A network that answers the same for everything is perfectly invariant and useless: hence "
        "the scale from chance to 1, and the accuracy beside it. Moving, turning or shrinking a "
        "picture also brings in grey, which networks may mind more than the move. A round solid "
        "that turns where it stands doesn't change at all. One picture is an example, 200 are a "
        "measurement.",
        GOODFELLOW,
    )
    asking = _controls(subject)
    refused = notice("invariance-notice")
    strip = gr.Gallery(
        label="The picture at each level",
        show_label=False,
        columns=9,
        height="auto",
        object_fit="contain",
        allow_preview=False,
        buttons=[],
        elem_id="invariance-strip",
    )
    marks = legend("invariance-legend")
    with gr.Row(elem_id="invariance-curves"):
        curves = []
        for name in ("cosine", "probability", "accuracy"):
            with gr.Column(min_width=280):
                curves.append(plot(f"invariance-{name}"))
    note = gr.Markdown(elem_id="invariance-note", elem_classes="rl-card")
    origin = stamp("invariance-stamp")
    kept = gr.State(None)
    save = gr.Button("save", size="sm", elem_id="invariance-save")
    saved = gr.DownloadButton(visible="hidden", elem_id="invariance-saved")
    with gr.Row(visible=False, elem_id="invariance-own") as own:
        measure = gr.Button("measure", variant="primary", elem_id="invariance-measure")
        stop = gr.Button("stop", variant="stop", elem_id="invariance-stop")
    _table()
    layers_panel(subject, asking.factor)
    shift_panel(subject, question)
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False)

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    inputs: list[Any] = [
        subject.picture,
        subject.model,
        subject.compare,
        subject.dataset,
        question.labels,
        *(asking.factor, asking.whose, asking.scene, asking.beside, asking.plain),
    ]
    outputs = [refused, strip, marks, *curves, note, origin, code, kept]
    changed = [component.change for component in inputs]
    gr.on(
        [tab.select, *changed],
        levels_answer,
        inputs,
        outputs,
        trigger_mode="always_last",
        concurrency_limit=2,
        **quiet,
    )
    asking.whose.change(
        lambda whose: (gr.update(visible=whose == OWN), gr.update(visible=whose == SCENE)),
        asking.whose,
        [own, asking.scene],
        **quiet,
    )
    gr.on(
        [asking.whose.change, asking.factor.change, subject.dataset.change, asking.beside.change],
        measure_label,
        inputs,
        measure,
        trigger_mode="always_last",
        **quiet,
    )
    measuring = measure.click(
        measure_answer,
        inputs,
        outputs,
        concurrency_limit=1,
        api_visibility="private",
        show_progress="full",
        show_progress_on=[curves[0]],
    )
    stop.click(STOPS.wish, None, refused, **quiet)
    asking.plain.change(redrawn, [kept, asking.whose, asking.plain], curves[0], **quiet)
    gr.on(  # what was asked before would be drawn over what is asked now
        [asking.whose.change, asking.factor.change],
        None,
        cancels=[measuring],
        api_visibility="private",
    )
    save.click(save_invariance, kept, saved, **quiet).then(
        None, None, None, js="() => document.querySelector('#invariance-saved').click()"
    )


def _controls(subject: Subject) -> Asking:
    names = list(dict.fromkeys([*BESIDE, *(str(name) for _, name in subject.model.choices)]))
    factor = gr.Radio(
        list(FACTORS), value=FIRST, label="What is changed", elem_id="invariance-factor"
    )
    with gr.Row():
        whose = gr.Radio(
            WHOSE, value=SUBJECT, label="Of which pictures", scale=3, elem_id="invariance-of"
        )
        scene = gr.Number(
            3,
            label="Scene",
            minimum=0,
            maximum=9999,
            precision=0,
            visible=False,
            min_width=90,
            elem_id="invariance-scene",
        )
        beside = gr.Dropdown(
            names,
            value=list(BESIDE),
            multiselect=True,
            max_choices=9,
            label="Beside the model at the left",
            scale=2,
            elem_id="invariance-beside",
        )
        plain = gr.Checkbox(
            False,
            label="plain cosine",
            info="high everywhere without training",
            elem_id="invariance-plain",
        )
    return Asking(factor, whose, scene, beside, plain)


def _table() -> None:
    gr.Markdown("### Models by factors: 200 test pictures of `shapes`")
    measure = gr.Radio(
        [(text, name) for name, text in MEASURES.items()],
        value="rescaled",
        label="Area under the curve of",
        elem_id="invariance-table-of",
    )
    table = gr.Markdown(table_text("rescaled"), elem_id="invariance-table", elem_classes="rl-wide")
    gr.Markdown(findings_text(), elem_id="invariance-findings")
    measure.change(table_text, measure, table, api_visibility="private", show_progress="hidden")
