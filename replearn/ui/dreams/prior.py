"""A learnt prior: the choice beside the helps, and what it is good for."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.plotting.dreams.prior_tables import PRIOR_COLUMNS, prior_origin, prior_rows
from replearn.plotting.enlarged import enlarged
from replearn.studies.dreams.priors.known import priors_of, without_prior
from replearn.studies.dreams.priors.shipped import shipped_prior
from replearn.ui.frame.components import notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import Turns

NONE = "none"
LEAST = 128  # pixels in height of a row of pictures
NOT_MEASURED = "No figures ship for this model's priors; draw by them, and look at who sees it."


@dataclass(frozen=True)
class PriorControls:
    """Which prior, or why there is none."""

    choice: gr.Radio
    without: gr.Markdown

    @property
    def outputs(self) -> list[Any]:
        """Both."""
        return [self.choice, self.without]

    def values(self, model: str) -> Shown:
        """Return what a model has; nothing is chosen."""
        names = priors_of(model)
        return {
            self.choice: gr.Radio([NONE, *names], value=NONE, visible=bool(names)),
            self.without: gr.Markdown(without_prior(model), visible=not names),
        }


def prior_controls() -> PriorControls:
    """Build the choice."""
    choice = gr.Radio(
        [NONE],
        value=NONE,
        label="Learnt prior",
        info="a generator's code is changed in place of the picture; of the helps the moves count",
        visible=False,
        elem_id="dream-prior",
    )
    return PriorControls(choice, gr.Markdown(visible=False, elem_id="dream-no-prior"))


def chosen_prior(value: str | None) -> str:
    """Return a prior's name as `DreamChoice` has it."""
    return "" if value in {None, NONE} else str(value)


def prior_panel(turns: Turns, subject: Subject) -> None:
    """Build the panel."""
    with gr.Accordion(
        "a learnt prior: what is it good for?", open=False, elem_id="priors"
    ) as panel:
        gr.Markdown(
            "A generator learnt to turn the model's responses to a picture back into the picture. "
            "Ascent then changes the generator's code, held to where pictures' codes lie, so that "
            "what comes out looks like what the generator was trained on. The rows show pictures "
            "that it never saw, what it made of the model's responses to them, and classes drawn "
            "with and without it; the table says what networks without a part in it name. It "
            "misleads where one takes its pictures for the model's own idea: floor, shading and "
            "form are the generator's, which knows nothing but its world. Papers: "
            "[Dosovitskiy and Brox 2016](https://arxiv.org/abs/1602.02644), "
            "[Nguyen et al. 2016](https://arxiv.org/abs/1605.09304)"
        )
        refused = notice("priors-notice")
        with figure("priors"):
            rows = gr.Gallery(
                label="Rebuilt and drawn",
                columns=1,
                height="auto",
                object_fit="contain",
                allow_preview=False,
                format="png",
                buttons=[],
                elem_id="prior-rows",
            )
            table = gr.Dataframe(
                headers=PRIOR_COLUMNS, interactive=False, wrap=True, elem_id="prior-trial"
            )
            line = gr.Markdown(elem_id="prior-line")
            origin = stamp("prior-stamp")

    @refusing(refused)
    def measured(model: str) -> Shown:
        found = shipped_prior(model)
        if found is None:
            return {
                rows: gr.Gallery(visible=False),
                table: gr.Dataframe(visible=False),
                line: NOT_MEASURED if priors_of(model) else without_prior(model),
                origin: None,
            }
        trial, strips = found
        return {
            rows: gr.Gallery([(enlarged(one, LEAST), name) for name, one in strips], visible=True),
            table: gr.Dataframe(prior_rows(trial), visible=True),
            line: "",
            origin: {"text": prior_origin(trial)},
        }

    draws(
        "priors",
        [turns.panel("priors", "dreams", panel).change],
        measured,
        [subject.model],
        [rows, table, line, origin, refused],
        refused,
        show_progress="hidden",
    )
