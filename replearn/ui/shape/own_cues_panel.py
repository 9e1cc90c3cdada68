"""A folder of cue-conflict pictures, in the layout of Geirhos et al."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.core.settings import from_environment
from replearn.data.published import shape_biases as published_biases
from replearn.plotting.shape.figures import shape_bias_figure
from replearn.studies.shape.shape_bias import shape_bias
from replearn.ui.frame.components import notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, stop_button
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import QUIET

_stops = Stops("Stopped; nothing was counted.")


def own_cues_panel(subject: Subject) -> None:
    """Build the panel; the data set above is asked about."""
    with gr.Accordion(
        "your own cue-conflict pictures",
        open=False,
        visible=from_environment().opens_folders,
        elem_id="own-cues",
    ):
        gr.Markdown(
            "Choose a folder above as data set (`folder:PATH`), in the layout of the paper: "
            "`cat/cat7-elephant2.png` has the form of a cat and an elephant's texture. Models of "
            "ImageNet answer by the sixteen categories' classes in WordNet, models that read text "
            "by sixteen prompts."
        )
        with gr.Row(elem_classes="rl-buttons"):
            button = gr.Button("ask the model", size="sm", variant="primary", elem_id="ask-cues")
            stop = stop_button("own-cues")
        own_refused = notice("own-cues-notice")
        with figure("own-cues"):
            own = plot("own-cue-conflict")
            own_origin = stamp("own-cues-stamp")

    @refusing(own_refused)
    def own_cues(
        dataset: str,
        model: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if dataset == "photos":
            raise InputError(
                "The example photographs are asked about in the panel above; choose a folder as "
                "data set here, by folder:PATH."
            )
        found = shape_bias(dataset, model, _stops.progress(request, progress))
        text = f"{found.stamp} | shape bias {found.overall} | by either cue {found.either}"
        return {
            own: shape_bias_figure({model: found}, published_biases()),
            own_origin: {"text": text},
        }

    draws(
        "own-cues",
        [button.click],
        own_cues,
        [subject.dataset, subject.model],
        [own, own_origin, own_refused],
        own_refused,
        concurrency_limit=1,
        show_progress_on=[own],
    )
    stop.click(_stops.wish, None, own_refused, **QUIET)
