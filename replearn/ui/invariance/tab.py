"""Invariance: what leaves its features unmoved?"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.invariance.table import MEASURES
from replearn.studies.invariance.factors import FACTORS, TABLE
from replearn.ui.frame.components import code_panel
from replearn.ui.frame.figure import Shown, breaks_off, draws, refusing, stop_button
from replearn.ui.frame.keeping import ASKED
from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.saving import save_invariance, saved_by
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.invariance.answers import STOPS, levels_answer, measure_answer, redrawn
from replearn.ui.invariance.asked import (
    FIRST_SCENE,
    OWN,
    SCENE,
    SUBJECT,
    WHOSE,
    Asked,
    asked_code,
    invariance_entry,
    measure_label,
)
from replearn.ui.invariance.layers_panel import layers_panel
from replearn.ui.invariance.shift_panel import shift_panel
from replearn.ui.invariance.shipped import findings_text, table_text
from replearn.ui.invariance.viewer import Measured, invariance_viewer
from replearn.ui.lessons.introduced import introduced

NAME = "invariance"
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

    @property
    def inputs(self) -> list[Any]:
        """The components, in order."""
        return list(vars(self).values())


def invariance_tab(turns: Turns, subject: Subject, question: QuestionBox) -> None:
    """Build the tab: curves of the chosen pictures, the shipped table, layers, and shifts."""
    introduced(
        "invariance",
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
    view = invariance_viewer()
    with gr.Row(visible=False, elem_id="invariance-own", elem_classes="rl-buttons") as own:
        measure = gr.Button("measure", size="sm", variant="primary", elem_id="invariance-measure")
        stop = stop_button("invariance")
    _table()
    layers_panel(turns, subject, asking.factor)
    shift_panel(turns, subject, question)
    code = code_panel("invariance-code")

    @refusing(view.refused)
    def drawn(asked: Asked, kept: Measured | None) -> Shown:
        return redrawn(view, kept, asked) or levels_answer(view, asked)

    def levels(*values: Any) -> Shown:
        """Draw, say how long measuring takes, and show the controls that belong to the question."""
        asked, kept = Asked(*values[:-1]), values[-1]
        return {
            **with_code(drawn(asked, kept)),
            measure: measure_label(asked),
            own: gr.update(visible=asked.whose == OWN),
            asking.scene: gr.update(visible=asked.whose == SCENE),
        }

    @refusing(view.refused)
    def measured(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
        *values: Any,
    ) -> Shown:
        return with_code(measure_answer(view, Asked(*values), request, progress))

    def with_code(shown: Shown) -> Shown:
        kept = shown.get(view.kept)
        if kept is None:
            return shown
        entry = invariance_entry(kept.asked, kept.stack, kept.found[0])
        return {**shown, code: asked_code(kept.asked, kept.stack), ASKED: entry}

    inputs: list[Any] = [
        subject.picture,
        subject.model,
        subject.compare,
        subject.dataset,
        question.asked,
        *asking.inputs,
    ]
    outputs = [*view.outputs, code]
    draws(
        "invariance",
        [turns.of(NAME).change, *(one.input for one in asking.inputs)],
        levels,
        inputs,
        [*outputs, measure, own, asking.scene],
        view.refused,
        also=[view.kept],
        concurrency_limit=2,
        show_progress="minimal",
        show_progress_on=[view.cosine],
    )
    measuring = draws(
        "invariance",
        [measure.click],
        measured,
        inputs,
        outputs,
        view.refused,
        concurrency_limit=1,
        show_progress="full",
        show_progress_on=[view.cosine],
    )
    stop.click(STOPS.wish, None, view.refused, **QUIET)
    # what was asked before would be drawn over what is asked now
    anew = [asking.whose.input, asking.factor.input]
    breaks_off(anew, "invariance", {measured.__name__: measuring})
    saved_by("invariance", _saved, [view.kept])


def _saved(kept: Measured | None) -> str | None:
    return None if kept is None else save_invariance(kept.found)


def _controls(subject: Subject) -> Asking:
    names = list(dict.fromkeys([*BESIDE, *subject.models]))
    factor = gr.Radio(
        list(FACTORS), value=FIRST, label="What is changed", elem_id="invariance-factor"
    )
    with gr.Row():
        whose = gr.Radio(
            WHOSE, value=SUBJECT, label="Of which pictures", scale=3, elem_id="invariance-of"
        )
        scene = gr.Number(
            FIRST_SCENE,
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
            label="Beside the model above",
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
    gr.Markdown("## Models by factors: 200 test pictures of `shapes`")
    measure = gr.Radio(
        [(text, name) for name, text in MEASURES.items()],
        value="rescaled",
        label="Area under the curve of",
        elem_id="invariance-table-of",
    )
    table = gr.Markdown(table_text("rescaled"), elem_id="invariance-table", elem_classes="rl-wide")
    gr.Markdown(findings_text(), elem_id="invariance-findings")
    measure.change(table_text, measure, table, api_visibility="private", show_progress="hidden")
