"""Photographs in conflict, made while one looks on, and what networks of photographs go by."""

from collections.abc import Iterator, Mapping

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.data.published import shape_biases as published_biases
from replearn.plotting.shape.figures import shape_bias_figure
from replearn.results.shape import ShapeBias
from replearn.studies.shape.conflict_pictures import SHOWN
from replearn.studies.shape.photo_biases import MODELS, PhotoBiases, growing_biases
from replearn.studies.shape.rows import photo_biases
from replearn.ui.frame.components import code_panel, notice, plot, stamp
from replearn.ui.frame.figure import Shown, draws, figure, shows, stop_button
from replearn.ui.frame.stopping import Stops
from replearn.ui.frame.turns import QUIET, Turns
from replearn.ui.shape.asked import photographs_code
from replearn.ui.shape.conflict_view import conflict_view

COUNTS = (6, 12, 18, 24, 30)
NAME = "photo-conflicts"
_stops = Stops("Stopped; what was made is kept, and the button goes on from there.")


def photographs_panel(turns: Turns) -> None:
    """Build the panel: what ships is drawn, and pictures are made when its button is pressed."""
    with gr.Accordion("photographs: the opposite of shapes", open=True, elem_id=NAME):
        gr.Markdown(
            "In `shapes` a texture says nothing about the solid. In photographs fur, metal and "
            "tiles do tell what is there, and networks of ImageNet learn to go by them. Here six "
            "of the example photographs are given one another's textures, as Geirhos et al. made "
            "their pictures: by the style transfer of [Gatys et al. "
            "2016](https://arxiv.org/abs/1508.06576), through the layers of `imagenet`. What do "
            "you take each for? `imagenet`, and `photo-clip` which shares its layers, may find a "
            "texture too easily that was made through them; `imagenet-lite2` is another network "
            "and had no part in it. Six photographs are few: the intervals are wide."
        )
        with gr.Row(elem_classes="rl-buttons"):
            many = gr.Dropdown(
                list(COUNTS), value=COUNTS[0], label="Pictures", elem_id=f"{NAME}-count"
            )
            button = gr.Button(
                "make them and ask", size="sm", variant="primary", elem_id=f"make-{NAME}"
            )
            stop = stop_button(NAME)
        refused = notice(f"{NAME}-notice")
        with figure(NAME):
            view = conflict_view("photograph")
            chart = plot("photo-cue-conflict")
            origin = stamp(f"{NAME}-stamp")
        code = code_panel(f"{NAME}-code")

    def shipped_photographs() -> Shown:
        try:
            biases = photo_biases()
        except ReplearnError as error:
            return {chart: {"traces": []}, origin: {"text": str(error)}}
        return {
            chart: shape_bias_figure(biases, published_biases()),
            origin: {"text": f"{_said(biases)} | counted before; the pictures don't ship"},
            code: photographs_code(next(iter(biases.values())).stamp.n, MODELS),
        }

    def photographs_in_conflict(
        count: int,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (how Gradio injects it)
    ) -> Iterator[Shown]:
        try:
            told = _stops.progress(request, progress)
            for found in growing_biases(int(count), progress=told):
                # of the pictures after these only the counts are seen
                if len(found.pictures) <= SHOWN or len(found.pictures) == found.total:
                    yield {
                        **view.values(found.biases, found.pictures),
                        chart: shape_bias_figure(found.biases, published_biases()),
                        origin: {"text": _stamp(found)},
                        code: photographs_code(len(found.pictures), MODELS),
                        refused: None,
                    }
        except ReplearnError as error:
            yield {refused: str(error)}

    draws(
        NAME,
        [button.click],
        photographs_in_conflict,
        [many],
        [*view.outputs, chart, origin, code, refused],
        refused,
        concurrency_limit=1,
        show_progress_on=[chart],
    )
    stop.click(_stops.wish, None, refused, **QUIET)
    shipped = turns.first("shape").change(shipped_photographs, None, [chart, origin, code], **QUIET)
    shows(NAME, shipped)


def _stamp(found: PhotoBiases) -> str:
    first = found.biases[MODELS[0]].stamp
    return (
        f"{_said(found.biases)} | {len(found.pictures)} of {found.total} pictures, made through "
        f"{first.model} {first.fingerprint[:6]}"
    )


def _said(biases: Mapping[str, ShapeBias]) -> str:
    said = [
        f"{name} {bias.stamp.fingerprint[:6]} shape bias {bias.overall}, by either cue "
        f"{bias.either.value:.2f}"
        for name, bias in biases.items()
    ]
    n = next(iter(biases.values())).stamp.n
    return f"{' | '.join(said)} | n = {n} from six photographs | 95 % intervals (Wilson)"
