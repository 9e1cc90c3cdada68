"""Training: what happens while it learns?"""

from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.settings import from_environment
from replearn.plotting.lab_figures import round_map_figure, run_figure, similarity_figure
from replearn.training import RECIPES
from replearn.ui.code import train_code
from replearn.ui.components import described, notice, plot, stamp
from replearn.ui.loss_panel import loss_panel
from replearn.ui.subject import Subject, model_names

CHOICES = [name for name in RECIPES if name != "photo-clip"]
DEFAULT = "supcon"
POLL_SECONDS = 1.5


def training_tab(tab: gr.Tab, subject: Subject) -> None:
    """Build the tab."""
    described(
        "**What happens while it learns?** A small network from scratch, on pictures whose every "
        "factor is known.",
        "The loss of a contrastive run soon looks flat; what the features are good for goes on "
        "rising: accuracy by neighbours (kNN) and by a linear probe on pictures that were never "
        "trained on. In the matrix, orange squares mark the pairs that belong together.",
        "A map turns and shrinks 128 directions into two; accuracies are of 200 to 1,000 pictures "
        "and have intervals of a few points. A low loss at a low temperature isn't a better model.",
        ("Chen et al. 2020 (SimCLR)", "https://arxiv.org/abs/2002.05709"),
    )
    with gr.Row():
        with gr.Column(scale=1, min_width=260):
            recipe = gr.Dropdown(CHOICES, value=DEFAULT, label="Recipe", elem_id="recipe")
            dataset = gr.Dropdown(
                ["shapes", "shapes-free", "emoji"],
                value="shapes",
                label="Pictures",
                info="or folder:PATH",
                allow_custom_value=True,
                elem_id="training-data",
            )
            temperature = gr.Slider(
                0.01, 1, value=0.1, step=0.01, label="Temperature", elem_id="training-temperature"
            )
            crop = gr.Slider(0.08, 1, value=0.6, step=0.02, label="Crop: least share kept")
            colour = gr.Slider(0, 1, value=0.3, step=0.05, label="Colour changes")
            grey = gr.Slider(0, 1, value=0.1, step=0.05, label="Grey: probability")
            with gr.Accordion("size and length", open=False):
                batch = gr.Dropdown([32, 64, 128, 256, 512], value=128, label="Batch")
                side = gr.Radio([32, 64], value=32, label="Picture side, pixels")
                width = gr.Slider(8, 64, value=16, step=8, label="Width: channels (ViT: x 4)")
                epochs = gr.Slider(1, 100, value=12, step=1, label="Rounds of 4,096 pictures")
                seed = gr.Number(0, precision=0, label="Seed")
            name = gr.Textbox("my-run", label="Name", max_lines=1, elem_id="run-name")
            with gr.Row():
                start = gr.Button("train", variant="primary", elem_id="train")
                stop = gr.Button("stop", elem_id="stop-training")
            refused = notice("training-notice")
        with gr.Column(scale=2, min_width=300):
            views = gr.Gallery(
                label="A picture and its two views",
                columns=6,
                height=140,
                object_fit="contain",
                allow_preview=False,
                buttons=[],
                elem_id="views",
            )
            curve = plot("run-curve")
            with gr.Row():
                similarity = plot("similarity")
                with gr.Column():
                    canvas = plot("round-map")
                    which = gr.Slider(
                        0,
                        1,
                        value=1,
                        step=1,
                        label="Map after round",
                        elem_id="round",
                        visible=False,
                    )
            origin = stamp("training-stamp")
    loss_panel(subject)
    with gr.Accordion("code", open=False):
        code = gr.Code(language="python", interactive=False)

    settings: list[Any] = [
        recipe,
        dataset,
        temperature,
        crop,
        colour,
        grey,
        batch,
        side,
        width,
        epochs,
        seed,
    ]
    shown = [curve, similarity, canvas, which, origin, subject.model, refused]
    timer = gr.Timer(POLL_SECONDS, active=False)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on(
        [tab.select, *(knob.change for knob in settings[:6]), side.change],
        _preview,
        settings,
        [views, code, refused],
        trigger_mode="always_last",
        **quiet,
    )
    recipe.change(_usual, recipe, [temperature, crop, colour, grey], **quiet)
    start.click(_start, [name, *settings], [timer, refused, origin], **quiet)
    stop.click(_stop, name, refused, **quiet)
    timer.tick(_look, [name, subject.model], [*shown, timer], **quiet)
    which.input(_map_of, [name, which], canvas, trigger_mode="always_last", **quiet)


def _settings(  # noqa: PLR0913, PLR0917
    recipe: str,
    dataset: str,
    temperature: float,
    crop: float,
    colour: float,
    grey: float,
    batch: int,
    side: int,
    width: int,
    epochs: int,
    seed: float | None,
) -> dict[str, Any]:
    clip = recipe in {"clip", "siglip"}
    found: dict[str, Any] = {
        "dataset": dataset,
        "crop": crop,
        "colour": colour,
        "grey": grey,
        "batch": int(batch),
        "side": int(side),
        "width": int(width) * (4 if clip else 1),
        "epochs": int(epochs),
        "epoch_pictures": 4096,
        "seed": int(seed or 0),
    }
    if recipe not in {"supervised", "simsiam"}:
        found["temperature"] = temperature
    return found


def _usual(recipe: str) -> tuple[float, float, float, float]:
    """Return the recipe's own temperature and augmentation."""
    from replearn.training import configured

    usual: Any = configured(recipe, {})
    return usual.temperature, usual.crop, usual.colour, usual.grey


def _preview(recipe: str, *values: Any) -> tuple[Any, Any, str | None]:
    from replearn.studies.views import two_views

    settings = _settings(recipe, *values)
    try:
        rows = two_views(recipe, settings, 2)
    except ReplearnError as error:
        return gr.skip(), gr.skip(), str(error)
    titles = ("picture", "view 1", "view 2")
    pictures = [(p, title) for row in rows for p, title in zip(row, titles, strict=True)]
    return pictures, train_code(recipe, settings), None


def _start(name: str, recipe: str, *values: Any) -> tuple[Any, str | None, Any]:
    from replearn.studies.lab import start_run

    try:
        start_run(recipe, name.strip(), _settings(recipe, *values))
    except ReplearnError as error:
        return gr.skip(), str(error), gr.skip()
    return gr.Timer(active=True), None, {"text": "Starting."}


def _stop(name: str) -> str:
    from replearn.studies.lab import stop_run

    stop_run(name.strip())
    return "Stopping after this step."


def _look(name: str, model: str) -> tuple[Any, ...]:
    from replearn.studies.lab import run_state

    try:
        found = run_state(name.strip())
    except ReplearnError as error:
        return (*[gr.skip()] * 6, str(error), gr.Timer(active=False))
    going = found.state == "running"
    rounds = max(0, len(found.map_steps) - 1)
    slider = gr.Slider(maximum=max(1, rounds), value=rounds, visible=rounds > 0)
    if going:
        models, said = gr.skip(), None
    else:
        models = gr.Dropdown(list(dict.fromkeys([*model_names(from_environment()), model])))
        said = found.said if found.state == "failed" else None
    return (
        run_figure(found),
        similarity_figure(found),
        round_map_figure(found, rounds),
        slider,
        {"text": f"{name} | {found.state} | {found.said}"},
        models,
        said,
        gr.Timer(active=going),
    )


def _map_of(name: str, which: int) -> Any:
    from replearn.studies.lab import run_state

    try:
        return round_map_figure(run_state(name.strip()), int(which))
    except ReplearnError:
        return gr.skip()
