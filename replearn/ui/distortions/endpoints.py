"""HTTP endpoints for distortions: one picture, and a data set's curve."""

from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.labels import parse_labels
from replearn.distortions.stack import NOTHING
from replearn.encoders.registry import has_capability
from replearn.studies.distortions.distorted_answer import distorted_answer, distorted_picture
from replearn.studies.distortions.robustness import PICTURES, robustness
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked
from replearn.ui.frame.picture_input import PictureInput, given_picture

MOST_PICTURES, MOST_LEVELS = 2000, 50


def add_distortion_endpoints(default_model: str) -> None:
    """Add `/distort` and `/robustness`."""
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    labels = TextInput("", label="labels")
    model = TextInput(default_model, label="model")
    distortion = TextInput("uniform-noise", label="distortion")
    level = NumberInput(0, label="level")
    seed = NumberInput(0, precision=0, label="seed")
    dataset = TextInput("emoji", label="dataset")
    levels = gr.JSON(None, label="levels")
    pictures = NumberInput(PICTURES, precision=0, label="pictures")
    button = gr.Button()
    button.click(
        _distort,
        [picture, labels, model, distortion, level, seed],
        [gr.Image(format="png"), gr.JSON()],
        api_name="distort",
    )
    button.click(
        _robustness,
        [dataset, model, distortion, levels, seed, pictures],
        gr.JSON(),
        api_name="robustness",
    )


@checked
def _distort(
    image: str | None, labels: str, model: str, distortion: str, level: float, seed: float = 0
) -> tuple[Image.Image, dict[str, Any] | None]:
    """Return the distorted picture, at the size it is asked about, and answers before and after.

    A model that reads text answers where labels are given, one a line; another always.
    """
    path = given_picture(image)
    picture = distorted_picture(path, NOTHING.then(distortion, level), int(seed))
    names = parse_labels(labels).names if labels.strip() else None
    if names is None and has_capability(model, "text"):
        return picture, None
    found = distorted_answer(path, distortion, level, model, names, int(seed))
    return picture, {
        "clean": found.clean.to_dict(),
        "changed": found.changed.to_dict(),
        "cosine_to_clean": found.cosine_to_clean,
        "stamp": str(found.stamp),
    }


@checked
def _robustness(
    dataset: str,
    model: str,
    distortion: str,
    levels: list[float] | None = None,
    seed: float = 0,
    pictures: float = PICTURES,
) -> dict[str, Any]:
    """Return a data set's accuracy over the levels; null takes the distortion's own."""
    n = int(pictures)
    if n > MOST_PICTURES or len(levels or ()) > MOST_LEVELS:
        raise InputError(
            f"Ask for at most {MOST_PICTURES:,} pictures and {MOST_LEVELS} levels at a time."
        )
    return robustness(dataset, model, distortion, levels, int(seed), n).to_dict()
