"""HTTP endpoints for made pictures, bounded for strangers."""

from typing import Any

import gradio as gr
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.data.labels import parse_labels
from replearn.studies.dreams.dream import DeepDreamChoice, dream
from replearn.studies.dreams.dream_choice import USUAL, DreamChoice
from replearn.studies.dreams.fool import ANYTHING, FoolChoice, fool
from replearn.studies.dreams.visualise import visualise
from replearn.ui.frame.endpoint_inputs import NumberInput, TextInput, checked
from replearn.ui.frame.picture_input import PictureInput, given_picture

MOST_STEPS = 256  # of any kind: some 20 seconds of two cores


def add_dream_endpoints(default_model: str) -> None:
    """Add `/visualise`, `/dream` and `/fool`."""
    picture = PictureInput(type="filepath", image_mode=None, label="image")
    model = TextInput(default_model, label="model")
    target = TextInput("", label="target")
    layer = TextInput("", label="layer")
    unit = NumberInput(-1, precision=0, label="unit")
    steps = NumberInput(192, precision=0, label="steps")
    each = NumberInput(8, precision=0, label="steps")
    seed = NumberInput(0, precision=0, label="seed")
    prior = TextInput("", label="prior")
    epsilon = NumberInput(4, label="epsilon")
    labels = TextInput("", label="labels")
    drawn, answer = gr.Image(format="png"), gr.JSON()
    button = gr.Button()
    button.click(
        _visualise,
        [target, model, layer, unit, steps, seed, prior],
        [drawn, answer],
        api_name="visualise",
        concurrency_id="dreams",
        concurrency_limit=1,
    )
    button.click(
        _dream,
        [picture, model, layer, each],
        [drawn, answer],
        api_name="dream",
        concurrency_id="dreams",
    )
    button.click(
        _fool,
        [picture, target, model, epsilon, labels],
        [drawn, answer],
        api_name="fool",
        concurrency_id="dreams",
    )


@checked
def _visualise(
    target: str, model: str, layer: str, unit: float, steps: float, seed: float, prior: str
) -> tuple[Image.Image, dict[str, Any]]:
    """Draw a class, a text, or (`unit` of 0 or more) a unit; returns the picture and `to_dict`.

    `prior` names a decoder that ships, or a run of this computer; nothing draws without one.
    """
    choice = DreamChoice(USUAL, _bounded(steps), int(seed), prior=prior.strip())
    number = None if unit < 0 else int(unit)
    found = visualise(target, model, layer=layer, unit=number, choice=choice)
    return found.image, found.to_dict()


@checked
def _dream(
    image: str | None, model: str, layer: str, steps: float
) -> tuple[Image.Image, dict[str, Any]]:
    """Dream a picture on; `steps` are those of each octave."""
    choice = DeepDreamChoice(steps=_bounded(4 * steps) // 4)
    found = dream(given_picture(image), model, layer, choice=choice)
    return found.image, found.to_dict()


@checked
def _fool(
    image: str | None, target: str, model: str, epsilon: float, labels: str
) -> tuple[Image.Image, dict[str, Any]]:
    """Change a picture, or noise where there is none, until the model says `target`."""
    question = Question(parse_labels(labels).names) if labels.strip() else None
    choice = FoolChoice(ANYTHING if image is None else epsilon)
    found = fool(image, target, model, question=question, choice=choice)
    return found.image, found.to_dict()


def _bounded(steps: float) -> int:
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(f"Choose 1 to {MOST_STEPS} steps in all; more run on your own computer.")
    return int(steps)
