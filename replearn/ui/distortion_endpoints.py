"""HTTP endpoints for distortions: one picture, and a data set's curve."""

from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError, ReplearnError
from replearn.data.labels import parse_labels
from replearn.distortions.stack import NOTHING
from replearn.encoders.registry import has_capability
from replearn.studies.distorted_answer import distorted_answer, distorted_picture
from replearn.studies.robustness import PICTURES, robustness
from replearn.ui.subject import PictureInput

MOST_PICTURES, MOST_LEVELS = 2000, 50


def add_distortion_endpoints(default_model: str) -> None:
    """Add `/distort` and `/robustness`."""
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    labels = gr.Textbox("", label="labels")
    model = gr.Textbox(default_model, label="model")
    distortion = gr.Textbox("uniform-noise", label="distortion")
    level = gr.Number(0, label="level")
    seed = gr.Number(0, precision=0, label="seed")
    dataset = gr.Textbox("emoji", label="dataset")
    levels = gr.JSON(None, label="levels")
    pictures = gr.Number(PICTURES, precision=0, label="pictures")
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


def _distort(
    image: str | None, labels: str, model: str, distortion: str, level: float, seed: float = 0
) -> tuple[Image.Image, dict[str, Any] | None]:
    """Return the distorted picture, at the size it is asked about, and answers before and after.

    A model that reads text answers where labels are given, one a line; another always.
    """
    if image is None:
        raise gr.Error("Give a picture.", print_exception=False)
    try:
        stack = NOTHING.then(distortion, _number(level, "level"))
        picture = distorted_picture(image, stack, int(_number(seed, "seed")))
        names = parse_labels(labels).names if labels.strip() else None
        if names is None and has_capability(model, "text"):
            return picture, None
        found = distorted_answer(image, distortion, level, model, names, int(seed))
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return picture, {
        "clean": found.clean.to_dict(),
        "changed": found.changed.to_dict(),
        "cosine_to_clean": found.cosine_to_clean,
        "stamp": str(found.stamp),
    }


def _robustness(
    dataset: str,
    model: str,
    distortion: str,
    levels: list[float] | None = None,
    seed: float = 0,
    pictures: float = PICTURES,
) -> dict[str, Any]:
    """Return a data set's accuracy over the levels; null takes the distortion's own."""
    try:
        n = int(_number(pictures, "pictures"))
        if n > MOST_PICTURES or len(levels or ()) > MOST_LEVELS:
            raise InputError(
                f"Ask for at most {MOST_PICTURES:,} pictures and {MOST_LEVELS} levels at a time."
            )
        found = robustness(dataset, model, distortion, levels, int(_number(seed, "seed")), n)
    except ReplearnError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return found.to_dict()


def _number(given: float | None, name: str) -> float:
    if given is None:
        raise InputError(f"The {name} is a number.")
    return float(given)
