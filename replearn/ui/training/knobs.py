"""The knobs of a run: what is trained, on which pictures, seen how, and for how long."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from replearn.data.places import downloaded
from replearn.training import RECIPES

RECIPE_NAMES = [name for name in RECIPES if name != "photo-clip"]
DEFAULT_RECIPE = "supcon"
ROUND = 768  # pictures: on two cores a round of the default run ends within two seconds
WORLDS = ["shapes-easy", "shapes", "shapes-free", "emoji"]
USUAL = ("temperature", "crop", "colour", "grey", "flip", "blur")
_WITHOUT_TEMPERATURE = {"supervised", "simsiam"}
_CLIP = {"clip", "siglip"}


@dataclass(frozen=True)
class Knobs:
    """The components by the name of the setting; "recipe" stands first."""

    by_name: dict[str, Any]

    @property
    def components(self) -> list[Any]:
        """All of them, in the order that `settings_of` reads."""
        return list(self.by_name.values())

    def some(self, *names: str) -> list[Any]:
        """Return those of some names."""
        return [self.by_name[name] for name in names]


def training_knobs() -> Knobs:
    """Build the knobs; the first are what an experiment turns, the rest is folded."""
    usual = usual_values(DEFAULT_RECIPE)
    found: dict[str, Any] = {}
    found["recipe"] = gr.Dropdown(
        RECIPE_NAMES, value=DEFAULT_RECIPE, label="Recipe", elem_id="recipe"
    )
    found["dataset"] = gr.Dropdown(
        [*WORLDS, *downloaded()],
        value=WORLDS[0],
        label="Pictures",
        info="or folder:PATH, torchvision:NAME, hf:NAME",
        allow_custom_value=True,
        elem_id="training-data",
    )
    found["views"] = gr.Radio(
        [("of one picture", "augment"), ("two pictures of one thing", "scene")],
        value="augment",
        label="Two views",
        elem_id="training-views",
    )
    found["temperature"] = _slider("Temperature", 0.01, 1, 0.01, usual["temperature"])
    found["crop"] = _slider("Crop: least share kept", 0.08, 1, 0.02, usual["crop"])
    found["colour"] = _slider("Colour changes", 0, 1, 0.05, usual["colour"])
    found["grey"] = _slider("Grey: probability", 0, 1, 0.05, usual["grey"])
    with gr.Accordion("more views, size and length", open=False):
        found["flip"] = _slider("Mirror image: probability", 0, 1, 0.05, usual["flip"])
        found["blur"] = _slider("Blur: probability", 0, 1, 0.05, usual["blur"])
        found["batch"] = gr.Dropdown([32, 64, 128, 256, 512], value=64, label="Batch")
        found["side"] = gr.Radio([32, 64], value=32, label="Picture side, pixels")
        found["width"] = gr.Slider(8, 64, value=8, step=8, label="Width: channels (ViT: x 4)")
        found["epochs"] = gr.Slider(1, 200, value=50, step=1, label=f"Rounds of {ROUND:,} pictures")
        found["seed"] = gr.Number(0, precision=0, label="Seed")
    return Knobs(found)


def _slider(label: str, low: float, high: float, step: float, value: float) -> gr.Slider:
    name = label.partition(":")[0].split()[0].lower()
    return gr.Slider(low, high, value=value, step=step, label=label, elem_id=f"training-{name}")


def settings_of(values: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    """Return the recipe and its settings from the values of `Knobs.components`."""
    names = ("dataset", "views", *USUAL, "batch", "side", "width", "epochs", "seed")
    recipe, *rest = values
    found = dict(zip(names, rest, strict=True))
    if recipe in _WITHOUT_TEMPERATURE:
        del found["temperature"]
    for name in ("batch", "side", "width", "epochs", "seed"):
        found[name] = int(found[name] or 0)
    found["width"] *= 4 if recipe in _CLIP else 1
    found["epoch_pictures"] = ROUND
    return recipe, found


def usual_values(recipe: str) -> dict[str, float]:
    """Return the recipe's own temperature and augmentation."""
    from replearn.training import configured

    usual: Any = configured(recipe, {})
    return {name: getattr(usual, name) for name in USUAL}
