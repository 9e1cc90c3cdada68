"""The knobs of a run: what is trained, on which pictures, seen how, and for how long."""

from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from replearn.core.settings import from_environment
from replearn.data.places import downloaded
from replearn.training import ON_OTHER_MODELS, RECIPES

RECIPE_NAMES = [name for name in RECIPES if name not in ON_OTHER_MODELS]
DEFAULT_RECIPE = "supcon"
ROUND = 768  # pictures: on two cores a round of the default run ends within two seconds
WORLDS = ["shapes-easy", "shapes", "shapes-free", "emoji"]
USUAL = ("temperature", "crop", "colour", "grey", "flip", "blur")
OF_SOME = ("views", "side", "width", "balance")  # what not every recipe has
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
        info="or folder:PATH, torchvision:NAME, hf:NAME"
        if from_environment().opens_folders
        else None,
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
        found["balance"] = gr.Textbox(
            "",
            label="Drawn evenly by",
            info="a column of the pictures, such as region; empty takes them as they are",
            max_lines=1,
            elem_id="training-balance",
        )
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
    names = ("dataset", "views", *USUAL, "balance", "batch", "side", "width", "epochs", "seed")
    recipe, *rest = values
    found = dict(zip(names, rest, strict=True))
    if recipe in _WITHOUT_TEMPERATURE:
        del found["temperature"]
    for name in ("batch", "side", "width", "epochs", "seed"):
        found[name] = int(found[name] or 0)
    found["balance"] = str(found["balance"] or "").strip()
    if not found["balance"]:
        del found["balance"]
    found["width"] *= 4 if recipe in _CLIP else 1
    found["epoch_pictures"] = ROUND
    has = setting_names(recipe)
    return recipe, {name: value for name, value in found.items() if name in has}


def setting_names(recipe: str) -> set[str]:
    """Return which settings a recipe has."""
    from replearn.training import configured

    return {field.name for field in fields(configured(recipe, {}))}  # type: ignore[arg-type]


def usual_values(recipe: str) -> dict[str, float]:
    """Return the recipe's own temperature and augmentation, where it has them."""
    from replearn.training import configured

    usual: Any = configured(recipe, {})
    return {name: getattr(usual, name) for name in USUAL if hasattr(usual, name)}


def fitting(recipe: str) -> dict[str, Any]:
    """Return the knobs' updates: its own values, and only the knobs that change something."""
    values, has = usual_values(recipe), setting_names(recipe)
    shown: dict[str, Any] = {name: gr.update(visible=name in has) for name in (*USUAL, *OF_SOME)}
    return shown | {name: gr.update(visible=True, value=values[name]) for name in values}
