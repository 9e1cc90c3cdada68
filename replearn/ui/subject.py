"""The left column: one picture, one model, one data set, chosen once and kept in every tab."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from replearn.core.errors import ReplearnError
from replearn.core.settings import Settings, from_environment
from replearn.data.emoji_redrawn import HANDS
from replearn.data.images import open_image
from replearn.data.photos import Photos
from replearn.data.places import downloaded
from replearn.data.shapes.shifted import SHIFTS
from replearn.encoders import lab
from replearn.encoders.registry import ModelInfo, models
from replearn.ui.components import notice

NO_COMPARISON = "none"
DATA = (
    "emoji",
    "photos",
    "shapes",
    "shapes-free",
    "shapes-easy",
    *(f"shapes-shifted:{name}" for name in SHIFTS),
    *(f"emoji-redrawn:{name}" for name in HANDS),
)


class PictureInput(gr.Image):
    """A picture that reaches Python as the path of the uploaded file, unopened.

    gr.Image would decode it first, whatever its size; here `open_image` looks at the header.
    """

    is_template = True  # Gradio: the browser draws it as the parent class

    def preprocess(self, payload: Any) -> str | None:
        """Return the uploaded file's path."""
        return None if payload is None else payload.path


@dataclass(frozen=True)
class Subject:
    """The components that every tab reads."""

    picture: PictureInput
    model: gr.Dropdown
    compare: gr.Dropdown
    dataset: gr.Dropdown
    examples: gr.Gallery


def subject_column(settings: Settings) -> Subject:
    """Build the left column."""
    photos = Photos()
    names = model_names(settings)
    with gr.Column(scale=1, min_width=280, elem_id="subject"):
        picture = PictureInput(
            value=str(photos.path(default_photo(photos))),
            type="filepath",
            sources=["upload", "clipboard", "webcam"],
            label="Subject",
            elem_id="picture",
            height=260,
            image_mode=None,
        )
        refused = notice("picture-notice")
        examples = gr.Gallery(
            label="Examples",
            columns=5,
            height=132,
            object_fit="cover",
            allow_preview=False,
            elem_id="examples",
            buttons=[],
        )
        model = gr.Dropdown(names, value=names[0], label="Model", elem_id="model")
        card = gr.Markdown(model_line(names[0]), elem_id="model-card", elem_classes="rl-card")
        compare = gr.Dropdown(
            [NO_COMPARISON, *names], value=NO_COMPARISON, label="Compare with", elem_id="compare"
        )
        dataset = gr.Dropdown(
            [*DATA, *downloaded()],
            value="emoji",
            label="Data set",
            info="or type folder:PATH",
            allow_custom_value=True,
            elem_id="dataset",
        )
    model.change(model_line, model, card, api_visibility="private", show_progress="hidden")
    picture.upload(
        refusal, picture, [refused, picture], api_visibility="private", show_progress="hidden"
    )
    picture.clear(lambda: None, None, refused, api_visibility="private", queue=False)
    examples.select(
        _example,
        None,
        [picture, refused],
        api_visibility="private",
        show_progress="hidden",
    )
    return Subject(picture, model, compare, dataset, examples)


def model_names(settings: Settings) -> list[str]:
    """Return the models to choose from: those of the launch, the lab's, a user's own runs."""
    runs = [f"{lab.RUN}{run}" for run in lab.run_names()]
    return list(dict.fromkeys([*settings.models, *lab.SHIPPED, *runs]))


def current_choices() -> tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown]:
    """Return the lists of models, of models to compare with and of data sets, as of now."""
    names = model_names(from_environment())
    compared, data = [NO_COMPARISON, *names], [*DATA, *downloaded()]
    return gr.Dropdown(names), gr.Dropdown(compared), gr.Dropdown(data)


def _example(event: gr.SelectData) -> tuple[str, None]:
    return str(Photos().path(event.index)), None


def default_photo(photos: Photos) -> int:
    """Return the example that is shown first."""
    ids = [photos[i].id for i in range(len(photos))]
    return ids.index("cheetah1") if "cheetah1" in ids else 0


def example_thumbnails() -> list[tuple[Any, str]]:
    """Return the example photographs, reduced, with their captions."""
    photos = Photos()
    shown = []
    for i in range(len(photos)):
        sample = photos[i]
        small = sample.image.copy()
        small.thumbnail((160, 160))
        shown.append((small, sample.caption))
    return shown


def refusal(path: str | None) -> tuple[str | None, Any]:
    """Say why an uploaded file can't be the subject, and take it away; nothing if it can."""
    if path is None:
        return None, gr.skip()
    try:
        open_image(Path(path))
    except ReplearnError as error:
        return str(error), None
    return None, gr.skip()


def model_line(name: str) -> str:
    """Return what a user should know of a model in one line."""
    row = next((row for row in models() if row.name == name), None)
    return describe(row) if row else f"`{name}`"


def describe(row: ModelInfo) -> str:
    """Return a model's line for the list."""
    size = f"{row.parameters / 1e6:.1f} M parameters; " if row.parameters else ""
    where = "" if row.on_disk else f" Download: {row.download_megabytes} MB."
    return f"{row.summary}. {size}{row.licence}. {row.published}.{where}"
