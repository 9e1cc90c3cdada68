"""Two models' maps of one data set face to face."""

import gradio as gr

from replearn.core.errors import InputError
from replearn.plotting.map.values import as_text, map_value
from replearn.studies.map.colour import categories
from replearn.studies.map.fixed_map import is_quick
from replearn.studies.map.variants import facing_maps
from replearn.ui.frame.components import channel, map_canvas, notice, stamp
from replearn.ui.frame.figure import Shown, draws, figure, refusing, unchanged
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_names import NO_COMPARISON, with_own
from replearn.ui.frame.turns import LATEST, Turns
from replearn.ui.map.kept_maps import Drawn, kept_map, sheet_of
from replearn.ui.map.parts import NO_DATA_SET, STOPS, MapParts

SIDES = ("map-a", "map-b")


def facing_panel(turns: Turns, parts: MapParts, subject: Subject, names: list[str]) -> None:
    """Build the panel, folded; a model to compare with unfolds it and is drawn beside the first.

    Args:
        turns: the page's.
        parts: the map's.
        subject: whose comparison is followed.
        names: the models to choose the second from.
    """
    with gr.Accordion("two models side by side", open=False, elem_id="facing") as panel:
        other = gr.Dropdown(
            names, value=names[min(1, len(names) - 1)], label="Second model", elem_id="facing-model"
        )
        draw = gr.Button("draw both maps", size="sm", elem_id="facing-button")
        gr.Markdown(
            "The second map is shifted, turned, mirrored and scaled onto the first (Procrustes). "
            "Click a point or draw a lasso on one: the same pictures are ringed on the other.",
            elem_classes="rl-card",
        )
        refused = notice("facing-notice")
        origins, canvases, sheets = [], [], []
        with figure("facing"), gr.Row():
            for side in SIDES:
                with gr.Column(min_width=240):
                    origins.append(stamp(f"{side}-stamp"))
                    canvases.append(map_canvas(side))
                    sheets.append(channel(side, "pictures"))

    @refusing(refused)
    def faced(
        drawn: Drawn | None,
        other: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Shown:
        if drawn is None or drawn.file:
            raise InputError(NO_DATA_SET)
        maps = facing_maps(drawn.choice, other, STOPS.progress(request, progress))
        kept = kept_map(drawn)
        colour = categories("label", kept.table.groups)
        shown: Shown = dict.fromkeys(sheets, as_text(sheet_of(kept)))
        for found, canvas, origin in zip(maps, canvases, origins, strict=True):
            value = {**map_value(found, colour), "linked": "facing", "height": 420}
            shown |= {canvas: as_text(value), origin: {"text": str(found.stamp)}}
        return shown

    def second_followed(drawn: Drawn | None, model: str) -> Shown:
        """Take the model that is compared with; what was drawn of others is left as it is."""
        if drawn is None or drawn.file or model in {NO_COMPARISON, drawn.choice.model}:
            return unchanged()
        if not is_quick(drawn.choice.dataset, model):
            said = f"{model} hasn't seen these pictures yet: choose it below, and draw both maps."
            return {panel: gr.Accordion(open=True), refused: said}
        return {
            panel: gr.Accordion(open=True),
            other: gr.Dropdown(with_own(model, names), value=model),
            second: (drawn, model),
        }

    second = gr.State(None)
    draws(
        "facing",
        [draw.click, second.change],
        faced,
        [parts.drawn, other],
        [*canvases, *sheets, *origins, refused],
        refused,
        show_progress_on=[canvases[0]],
    )
    gr.on(
        [turns.beside("facing", "map", after="map").change, parts.drawn.change],
        second_followed,
        [parts.drawn, subject.compare],
        [panel, other, second, refused],
        **LATEST,
    )
